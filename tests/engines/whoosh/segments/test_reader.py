"""A segment read again after some of its rows are deleted."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import indexer
from indexer.engines.contract import Removal
from indexer.engines.whoosh.commits import merge_policy
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments import reader as segment_reader
from indexer.engines.whoosh.segments.array_file import ArrayFile
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.model import AnalyzedDocument
from indexer.model.choices import FACETS
from tests.support import MANIFEST, count_calls, documents, make_engine, write

QUERIES = ("数据", "数*", "*法", "的", "章节:第一章", "标题:甲", "數據", "数据 OR 税")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("甲", "乙", "丙"):
        write(
            tmp_path / "文" / f"{name}.md",
            f"# {name}法\n\n## 第一章\n\n数据安全法，\n\n數據的处理\n\n## 第二章\n\n税收 5G\n",
        )
    with indexer.create_index(tmp_path / "index") as index:
        index.update([tmp_path / "文"])
    return tmp_path / "index"


def largest(index: indexer.Index) -> SegmentReader:
    reader: SegmentReader = index._engine._snapshot.readers[0]  # type: ignore[attr-defined]
    return reader


def test_what_is_of_the_file_is_known_after_a_deletion(folder: Path) -> None:
    with indexer.open_index(folder) as index:
        index.warm()
        before = largest(index)
        kept = before.positions("数据"), before.breaks, before.edges, before._texts, before.sections
        index.remove([index.documents()[0].id])
        index.search("数据")
        after = largest(index)
        assert after is not before
        assert after.file is before.file
        now = after.positions("数据"), after.breaks, after.edges, after._texts, after.sections
        assert all(new is old for new, old in zip(now, kept, strict=True))


def test_who_asks_once_prepares_for_no_others_and_who_is_warm_for_all(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_through = count_calls(monkeypatch, ArrayFile, "look_through")

    with indexer.open_index(folder) as index:
        index.search("数据")
        assert "_pairs" not in vars(largest(index).titles._joined)
        assert looked_through == []
        index.warm()
        assert "_pairs" in vars(largest(index).titles._joined)
    names = {name for _, name in looked_through}
    assert names == {f"{field}.{name}" for field in layout.FIELDS for name in ("data", "large")}


def test_what_is_of_live_rows_is_not(folder: Path) -> None:
    """Answers after a deletion are those of an index just opened, those to who asks the old reader the old ones."""
    with indexer.open_index(folder) as index:
        index.warm()
        before = largest(index)
        rows = before.rows_holding("数据").rows.tolist()
        for query in QUERIES:
            index.search(query, facets=FACETS, chapters=9)
        index.remove([index.documents()[0].id])

        def answers(asked: indexer.Index) -> list[object]:
            ways: list[dict[str, object]] = [{}, {"scope": "section"}, {"script": "exact"}, {"sort": "order"}]
            found = [
                indexer.results_to_dict(asked.search(query, facets=FACETS, chapters=9, **way))  # type: ignore[arg-type]
                for query in QUERIES
                for way in ways
            ]
            return [{**each, "took_ms": 0} for each in found]

        with indexer.open_index(folder) as fresh:
            assert answers(index) == answers(fresh)
        after = largest(index)
        assert after.rows_holding("数据").rows.tolist() == [row for row in rows if after.live[row]] != rows
        assert before.rows_holding("数据").rows.tolist() == rows


def totals_by_rows(reader: SegmentReader) -> dict[str, list[int]]:
    """Passages, words and characters under each heading, live rows one by one."""
    totals = {name: [0] * len(reader.sections) for name in (layout.PASSAGES, layout.WORDS, layout.CHARS)}
    for row in np.flatnonzero(reader.live).tolist():
        node = int(reader.nodes[row])
        totals[layout.PASSAGES][node] += 1
        totals[layout.WORDS][node] += int(reader.word_counts[row])
        totals[layout.CHARS][node] += len(reader.chars(row))
    return totals


@pytest.mark.parametrize(("width", "are_stored"), [(6, True), (2, True), (6, False)])
@given(first=st.lists(documents(), min_size=1, max_size=3), changed=documents(), gone=st.integers(0, 2))
def test_totals_of_sections_are_those_of_live_rows(
    width: int, are_stored: bool, first: list[AnalyzedDocument], changed: AnalyzedDocument, gone: int
) -> None:
    """After an update and a removal, with segments merged (``width`` 2) and not; stored, and in files without them."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(merge_policy, "TIER_WIDTH", width)
        if not are_stored:
            patch.setattr(segment_reader, "TOTALS", dict.fromkeys(segment_reader.TOTALS, "none"))
        engine = make_engine("whoosh", Path(folder) / "index")
        engine.apply(first, MANIFEST)
        engine.apply([changed, Removal(first[min(gone, len(first) - 1)].document.id)], MANIFEST)
        for reader in engine._snapshot.readers:  # type: ignore[attr-defined]
            for name, totals in totals_by_rows(reader).items():
                assert reader.section_totals(name).tolist() == totals
        engine.close()
