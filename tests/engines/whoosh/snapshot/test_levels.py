"""How often terms stand in a few members of a level, and which rows these are of, against going through all."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments import layout, postings
from indexer.engines.whoosh.segments.array_cache import numbers_between
from indexer.engines.whoosh.segments.layout import CHAPTERS, DOCUMENTS, PASSAGES, SECTIONS
from indexer.engines.whoosh.segments.postings import PostingField
from indexer.engines.whoosh.snapshot.levels import HEADINGS, Levels, MemberRanges, Members
from indexer.model import Document, Passage
from tests.support import ANALYZER, count_calls, make_document, make_index

DOCUMENTS_OF_INDEX = [
    make_document("a", [("渔船渔港", ("一", "甲")), ("渔船", ("一", "乙")), ("港口", ("二",))]),
    make_document("b", [("渔业", ("一",)), ("渔船", ("一",))]),
]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=6))
def test_numbers_between_are_those_of_each_range(ranges: list[tuple[int, int]]) -> None:
    begins = np.array([begin for begin, _ in ranges], dtype=np.int64)
    ends = begins + np.array([width for _, width in ranges], dtype=np.int64)
    expected = [number for begin, width in ranges for number in range(begin, begin + width)]
    assert numbers_between(begins, ends).tolist() == expected


@given(st.lists(st.integers(0, 2_999), unique=True, min_size=1, max_size=20), st.lists(st.integers(0, 2_999)))
def test_places_of_members_are_the_same_whether_few_are_sought_or_many(numbers: list[int], sought: list[int]) -> None:
    """In whatever order members are, and for one that is not among them, beside those that are, -1."""
    members = Members(3_000, np.array(numbers), np.arange(len(numbers)), lambda own: MemberRanges(own, own, None))
    wanted = np.array([*numbers, *sought])
    many = np.concatenate([wanted, np.zeros(3_000, dtype=wanted.dtype)])
    expected = [numbers.index(number) if number in numbers else -1 for number in wanted.tolist()]
    few = [int(members.places_of(wanted[at : at + 1])[0]) for at in range(len(wanted))]
    assert few == members.places_of(many)[: len(wanted)].tolist() == expected


@given(
    st.lists(st.integers(0, 20), max_size=30).map(sorted),
    st.lists(st.tuples(st.integers(0, 22), st.integers(0, 6)), max_size=8),
)
def test_occurrences_of_members_are_counted_however_many_they_are(
    postings: list[int], ranges: list[tuple[int, int]]
) -> None:
    begins = np.array([begin for begin, _ in ranges], dtype=np.int64)
    found = MemberRanges(begins, begins + [width for _, width in ranges], None)
    expected = [sum(begin <= each < begin + width for each in postings) for begin, width in ranges]
    assert found.counts(np.array(postings, dtype=np.int32)).tolist() == expected


@given(
    st.lists(st.lists(st.integers(0, 20), max_size=30).map(sorted), min_size=1, max_size=4),
    st.lists(st.lists(st.tuples(st.integers(0, 22), st.integers(0, 6)), max_size=3), max_size=5),
)
def test_what_several_lists_have_is_counted_together_as_one_by_one(
    lists: list[list[int]], members: list[list[tuple[int, int]]]
) -> None:
    begins = np.array([begin for ranges in members for begin, _ in ranges], dtype=np.int32)
    ends = begins + np.array([width for ranges in members for _, width in ranges], dtype=np.int32)
    of_members = MemberRanges(begins, np.minimum(ends, 21), np.array(list(map(len, members)), dtype=np.int64))
    arrays = [np.array(each, dtype=np.int32) for each in lists]
    found = of_members.counts_of_each(arrays, 21)
    assert [each.tolist() for each in found] == [of_members.counts(each).tolist() for each in arrays]


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


@pytest.mark.parametrize(
    ("level", "field", "term", "counts"),
    [
        (PASSAGES, layout.CHARS, "渔", {1: 2, 2: 1, 5: 1, 6: 1}),
        (SECTIONS, layout.CHARS, "渔", {2: 2, 3: 1, 6: 2}),
        (CHAPTERS, layout.WORDS, "渔船", {1: 2, 2: 1}),
        (DOCUMENTS, layout.PAIRS, "渔船", {0: 2, 1: 1}),
        (DOCUMENTS, layout.PAIRS, "船渔", {0: 1}),
        (HEADINGS, layout.PAIRS, "渔业", {}),
        (SECTIONS, layout.CHARS, "鲸", {}),
    ],
)
def test_what_holds_a_term_at_each_level(
    tmp_path: Path, level: str, field: str, term: str, counts: dict[int, int]
) -> None:
    with make_index("whoosh", tmp_path, DOCUMENTS_OF_INDEX) as index:
        snapshot = index._engine._snapshot  # type: ignore[attr-defined]
        levels = snapshot.levels_of(snapshot.readers[0])
        posting = levels.posting(level, field, term)
        held = dict(zip(posting.members.tolist(), posting.counts.tolist(), strict=False))
        if posting.is_full:
            held = {member: count for member, count in enumerate(posting.counts.tolist()) if count}
        assert held == counts
        assert levels.frequency(level, field, term) == len(counts)


@pytest.mark.parametrize(
    ("level", "field", "term"),
    [(PASSAGES, layout.CHARS, "渔"), (SECTIONS, layout.CHARS, "渔"), (CHAPTERS, layout.WORDS, "渔船")],
)
def test_of_a_long_list_as_much_is_decoded_as_a_few_members_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: str, field: str, term: str
) -> None:
    texts = [("渔船入渔港。" * (at % 3), (f"第{at // 100}章", f"第{at // 2}节")) for at in range(1_000)]
    with make_index("whoosh", tmp_path, [make_document("a", texts)]) as index:
        snapshot = index._engine._snapshot  # type: ignore[attr-defined]
        levels = snapshot.levels_of(snapshot.readers[0])
        members = levels.members_of(level, np.array([1, 3, 4, 9]))
        (whole,) = levels.counts_in(members, level, field, [term])
        monkeypatch.setattr(postings, "_SKIPPED", 0)
        decoded = count_calls(monkeypatch, PostingField, "near")
        again = levels.members_of(level, members.numbers)
        assert [each.tolist() for each in levels.counts_in(again, level, field, [term])] == [whole.tolist()]
        assert whole.any()
        assert len(decoded) == 1


def test_what_is_decoded_around_sections_serves_their_passages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [("渔船入渔港。" * (at % 3), (f"第{at // 100}章", f"第{at // 2}节")) for at in range(1_000)]
    with make_index("whoosh", tmp_path, [make_document("a", texts)]) as index:
        snapshot = index._engine._snapshot  # type: ignore[attr-defined]
        levels, rows = snapshot.levels_of(snapshot.readers[0]), np.array([5, 6, 300])
        by_themselves = levels.counts_in(levels.rows_as_members(rows), PASSAGES, layout.CHARS, ["渔", "港"])
        monkeypatch.setattr(postings, "_SKIPPED", 0)
        decoded = count_calls(monkeypatch, PostingField, "near")
        sections = levels.members_of(SECTIONS, snapshot.readers[0].nodes.take(rows))
        levels.counts_in(sections, SECTIONS, layout.CHARS, ["渔", "港"])
        found = levels.counts_in(levels.rows_as_members(rows, sections), PASSAGES, layout.CHARS, ["渔", "港"])
        assert [each.tolist() for each in found] == [each.tolist() for each in by_themselves]
        assert len(decoded) == 2


def test_deleted_members_hold_no_term_any_more(tmp_path: Path) -> None:
    with make_index("whoosh", tmp_path, DOCUMENTS_OF_INDEX) as index:
        reader = index._engine._snapshot.readers[0]  # type: ignore[attr-defined]
        segment = copy.deepcopy(reader.segment)
        segment.delete_rows(reader.documents[0].rows)
        levels = Levels(reader.with_deletions_of(segment))
        asked = [(PASSAGES, layout.CHARS, "渔"), (SECTIONS, layout.CHARS, "渔"), (DOCUMENTS, layout.PAIRS, "渔船")]
        assert [levels.frequency(*each) for each in asked] == [2, 1, 1]


@pytest.mark.parametrize(
    ("level", "field", "term"),
    [(SECTIONS, layout.CHARS, "渔"), (CHAPTERS, layout.WORDS, "渔船"), (DOCUMENTS, layout.PAIRS, "渔船")],
)
def test_how_many_hold_a_term_is_known_once_its_postings_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: str, field: str, term: str
) -> None:
    with make_index("whoosh", tmp_path, DOCUMENTS_OF_INDEX) as index:
        snapshot = index._engine._snapshot  # type: ignore[attr-defined]
        levels = snapshot.levels_of(snapshot.readers[0])
        held = levels.posting(level, field, term).number()
        decoded = count_calls(monkeypatch, PostingField, "_gaps")
        assert levels.frequency(level, field, term) == held > 0
        assert decoded == []
