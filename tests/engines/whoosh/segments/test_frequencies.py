"""In how many members terms stand: what a segment tells of them is what counting finds, before and after commits."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.contract import Removal
from indexer.engines.whoosh.commits import merge_policy
from indexer.engines.whoosh.segments import frequencies, layout
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.snapshot import level_postings
from indexer.engines.whoosh.snapshot.level_postings import LevelPostings
from indexer.engines.whoosh.snapshot.levels import Levels
from indexer.model import AnalyzedDocument
from tests.support import MANIFEST, count_calls, documents, make_document, make_engine


def terms_of(reader: SegmentReader, field: str) -> list[str]:
    """All terms of a field."""
    if field == layout.WORDS:
        return list(reader.words.terms())
    keys = reader.field(field).keys.tolist()
    if field == layout.CHARS:
        return [chr(key) for key in keys]
    return [chr(key >> layout.CODE_BITS) + chr(key & ((1 << layout.CODE_BITS) - 1)) for key in keys]


def told_and_counted(reader: SegmentReader) -> list[tuple[tuple[str, str, str], int | None, int, int]]:
    """Of each term and level what is stored, what is made of that, and what is counted where nothing is stored."""
    made, bare = LevelPostings(Levels(reader)), reader.with_deletions_of(reader.segment)
    bare.__dict__["_frequencies"] = {field: frequencies.Frequencies(reader.file, "none") for field in layout.FIELDS}
    counting = LevelPostings(Levels(bare))
    asked = [
        (level, field, term)
        for field, found in layout.COUNTED.items()
        for level in found
        for term in terms_of(reader, field)
    ]
    return [(each, reader.stored_frequency(*each), made.frequency(*each), counting.frequency(*each)) for each in asked]


@pytest.mark.parametrize(("width", "few"), [(6, 32), (2, 32), (6, 0)])
@given(first=st.lists(documents(), min_size=1, max_size=3), changed=documents(), gone=st.integers(0, 2))
def test_what_is_stored_is_what_is_counted(
    width: int, few: int, first: list[AnalyzedDocument], changed: AnalyzedDocument, gone: int
) -> None:
    """After an update and a removal, with segments merged (``width`` 2) and not; deleted members taken off."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(frequencies, "FREQUENT", 1)
        patch.setattr(merge_policy, "TIER_WIDTH", width)
        patch.setattr(level_postings, "_FEW", few)
        engine = make_engine("whoosh", Path(folder) / "index")
        engine.apply(first, MANIFEST)
        engine.apply([changed, Removal(first[min(gone, len(first) - 1)].document.id)], MANIFEST)
        for reader in engine._snapshot.searched:  # type: ignore[attr-defined]
            for term, stored, made, counted in told_and_counted(reader):
                assert made == counted, term
                assert stored is not None
                assert stored >= made
                assert stored == made or not reader.all_live
        engine.close()


def test_rare_terms_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "FREQUENT", 3)
    engine = make_engine("whoosh", tmp_path / "index")
    engine.apply([make_document("a", ["渔船渔港", "渔船"])], MANIFEST)
    (reader,) = engine._snapshot.searched  # type: ignore[attr-defined]
    told = [reader.stored_frequency(layout.PASSAGES, layout.CHARS, char) for char in "渔船鲸"]
    engine.close()
    assert told == [2, None, None]


def test_what_is_stored_is_not_counted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "FREQUENT", 1)
    engine = make_engine("whoosh", tmp_path / "index")
    engine.apply([make_document("a", ["渔船渔港", "渔船"])], MANIFEST)
    snapshot = engine._snapshot  # type: ignore[attr-defined]
    found = snapshot.postings_of(snapshot.searched[0])
    decoded = count_calls(monkeypatch, SegmentReader, "rows_of_term")
    assert found.frequency(layout.SECTIONS, layout.CHARS, "渔") == 1
    assert decoded == []
    engine.close()
