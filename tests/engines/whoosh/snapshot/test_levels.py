"""How often terms stand in a few members of a level, and which rows these are of, against going through all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import numbers_between
from indexer.engines.whoosh.snapshot import levels as module
from indexer.engines.whoosh.snapshot.levels import CHAPTERS, DOCUMENTS, SECTIONS, counts_of
from indexer.model import Document, Passage
from tests.support import ANALYZER, count_calls, make_document, make_index

DOCUMENTS_OF_INDEX = [
    make_document("a", [("渔船渔港", ("一", "甲")), ("渔船", ("一", "乙")), ("港口", ("二",))]),
    make_document("b", [("渔业", ("一",)), ("渔船", ("一",))]),
]
NUMBERS = st.lists(st.integers(0, 30), max_size=20)


@given(occurrences=NUMBERS, wanted=NUMBERS)
def test_counts_are_those_of_the_occurrences(occurrences: list[int], wanted: list[int]) -> None:
    counted = Counter(occurrences)
    rows = sorted(counted)
    counts = [counted[row] for row in rows]
    found = counts_of(*(np.array(each, dtype=np.int64) for each in (wanted, rows, counts)))
    assert found.tolist() == [counted[row] for row in wanted]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=6))
def test_numbers_between_are_those_of_each_range(ranges: list[tuple[int, int]]) -> None:
    begins = np.array([begin for begin, _ in ranges], dtype=np.int64)
    ends = begins + np.array([width for _, width in ranges], dtype=np.int64)
    expected = [number for begin, width in ranges for number in range(begin, begin + width)]
    assert numbers_between(begins, ends).tolist() == expected


@pytest.mark.parametrize("engine", ["memory", "whoosh"])
def test_a_heading_that_few_sections_are_under_finds_all_their_passages(tmp_path: Path, engine: str) -> None:
    """Sections that a text comes back to, so that their rows are not in a line, among many others."""
    others = [(f"第{at}章", f"第{at}节") for at in range(100)]
    sections = [("渔业", "船只"), *others[:50], ("渔业",), ("渔业", "船只"), *others[50:], ("渔业", "船只")]
    passages = [Passage("a", at, f"正文{at}", section) for at, section in enumerate(sections)]
    index = make_index(engine, tmp_path / engine, [ANALYZER.analyze(Document("a", "a.md", "甲"), passages)])
    found = {hit.passage.ordinal for hit in index.search("章节:渔业", limit=20).hits}
    nearer = {hit.passage.ordinal for hit in index.search("章节:船只", limit=20).hits}
    index.close()
    assert found == {at for at, section in enumerate(sections) if section[0] == "渔业"}
    assert nearer == {at for at, section in enumerate(sections) if section == ("渔业", "船只")}


@pytest.mark.parametrize(("level", "members"), [(SECTIONS, 3), (CHAPTERS, 2), (DOCUMENTS, 2)])
def test_how_many_hold_a_term_is_known_once_its_postings_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: str, members: int
) -> None:
    with make_index("whoosh", tmp_path, DOCUMENTS_OF_INDEX) as index:
        snapshot = index._engine._snapshot  # type: ignore[attr-defined]
        levels = snapshot.levels_of(snapshot.readers[0])
        assert levels.frequency(level, layout.PAIRS, "渔") == members
        assert len(levels.posting(level, layout.PAIRS, "渔")[0]) == members
        counted = count_calls(monkeypatch, module, "_distinct")
        summed = count_calls(monkeypatch, type(levels), "_aggregated")
        assert levels.frequency(level, layout.PAIRS, "渔") == members
        assert counted == summed == []
