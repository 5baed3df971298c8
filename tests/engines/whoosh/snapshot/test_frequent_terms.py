"""What most queries ask for is decoded when an index is warm, as far as there is room for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engines.whoosh.segments.postings import PostingField
from indexer.engines.whoosh.snapshot import frequent_terms
from indexer.engines.whoosh.snapshot.frequent_terms import decode_frequent
from tests.support import count_calls, make_document, make_index

TEXTS = [
    ("渔船入渔港，渔民卖鱼。", ("一",)),
    ("渔船出海。", ("二",)),
    ("海鸥飞过渔港。", ("三",)),
    ("鲸", ("四",)),
] * 20


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A mark for each posting list that is decoded."""
    return count_calls(monkeypatch, PostingField, "of_number")


def test_after_it_is_warm_frequent_words_are_found_without_decoding(tmp_path: Path, decoded: list[object]) -> None:
    with make_index("whoosh", tmp_path, [make_document("a", TEXTS)]) as index:
        snapshot = index._engine._snapshot  # type: ignore[attr-defined]
        reader = snapshot.readers[0]
        list(decode_frequent(reader, snapshot.postings_of(reader), 1.0))
        assert decoded
        decoded.clear()
        assert len(reader.rows_holding("渔船")) == 40
        assert snapshot.postings_of(reader).posting("sections", "chars", "渔").counts.sum() == 100
        assert decoded == []


def test_no_more_is_decoded_than_there_is_room_for(tmp_path: Path) -> None:
    """Of a cache as large as what would be decoded, a third is for the characters and a third for the words."""
    steps, kept = [], []
    for name in ("all", "some"):
        with make_index("whoosh", tmp_path / name, [make_document("a", TEXTS)]) as index:
            snapshot = index._engine._snapshot  # type: ignore[attr-defined]
            reader = snapshot.readers[0]
            budget = reader.stored.budget
            budget.limit = kept[0] if kept else budget.limit
            steps.append(len(list(decode_frequent(reader, snapshot.postings_of(reader), 1.0))))
            kept.append(budget.bytes)
    assert 0 < steps[1] < steps[0]
    assert kept[0] / 3 < kept[1] < kept[0]


def test_so_many_words_are_decoded_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequent_terms, "_WORDS", 1)
    monkeypatch.setattr(frequent_terms, "_CHARACTERS", 2)
    with make_index("whoosh", tmp_path, [make_document("a", TEXTS)]) as index:
        snapshot = index._engine._snapshot  # type: ignore[attr-defined]
        reader = snapshot.readers[0]
        assert len(list(decode_frequent(reader, snapshot.postings_of(reader), 1.0))) == 3
