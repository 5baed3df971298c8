"""What holds a term at each level, and how often some members do, against going through all."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import pytest

from indexer.engines.whoosh.segments import layout, postings
from indexer.engines.whoosh.segments.layout import CHAPTERS, DOCUMENTS, PASSAGES, SECTIONS
from indexer.engines.whoosh.segments.postings import PostingField
from indexer.engines.whoosh.snapshot.level_postings import LevelPostings
from indexer.engines.whoosh.snapshot.levels import HEADINGS, Levels
from tests.support import count_calls, make_document, make_index

DOCUMENTS_OF_INDEX = [
    make_document("a", [("渔船渔港", ("一", "甲")), ("渔船", ("一", "乙")), ("港口", ("二",))]),
    make_document("b", [("渔业", ("一",)), ("渔船", ("一",))]),
]


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
        found = snapshot.postings_of(snapshot.readers[0])
        posting = found.posting(level, field, term)
        held = dict(zip(posting.members.tolist(), posting.counts.tolist(), strict=False))
        if posting.is_full:
            held = {member: count for member, count in enumerate(posting.counts.tolist()) if count}
        assert held == counts
        assert found.frequency(level, field, term) == len(counts)


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
        levels, held = snapshot.levels_of(snapshot.readers[0]), snapshot.postings_of(snapshot.readers[0])
        members = levels.members_of(level, np.array([1, 3, 4, 9]))
        (whole,) = held.counts_in(members, level, field, [term])
        monkeypatch.setattr(postings, "_SKIPPED", 0)
        index.warm()
        decoded = count_calls(monkeypatch, PostingField, "near")
        again = levels.members_of(level, members.numbers)
        assert [each.tolist() for each in held.counts_in(again, level, field, [term])] == [whole.tolist()]
        assert whole.any()
        assert len(decoded) == 1


def test_what_is_decoded_around_sections_serves_their_passages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [("渔船入渔港。" * (at % 3), (f"第{at // 100}章", f"第{at // 2}节")) for at in range(1_000)]
    with make_index("whoosh", tmp_path, [make_document("a", texts)]) as index:
        snapshot = index._engine._snapshot  # type: ignore[attr-defined]
        levels, held = snapshot.levels_of(snapshot.readers[0]), snapshot.postings_of(snapshot.readers[0])
        rows = np.array([5, 6, 300])
        by_themselves = held.counts_in(levels.rows_as_members(rows), PASSAGES, layout.CHARS, ["渔", "港"])
        monkeypatch.setattr(postings, "_SKIPPED", 0)
        index.warm()
        decoded = count_calls(monkeypatch, PostingField, "near")
        sections = levels.members_of(SECTIONS, snapshot.readers[0].nodes.take(rows))
        held.counts_in(sections, SECTIONS, layout.CHARS, ["渔", "港"])
        found = held.counts_in(levels.rows_as_members(rows, sections), PASSAGES, layout.CHARS, ["渔", "港"])
        assert [each.tolist() for each in found] == [each.tolist() for each in by_themselves]
        assert len(decoded) == 2


def test_a_list_that_is_asked_for_again_and_again_is_decoded_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one that is too long to be kept; and at once where there is no skip data."""
    monkeypatch.setattr(postings, "_SKIPPED", 0)
    texts = [("渔船入渔港。" * (at % 3), (f"第{at // 2}节",)) for at in range(1_000)]
    with make_index("whoosh", tmp_path, [make_document("a", texts)]) as index:
        snapshot = index._engine._snapshot  # type: ignore[attr-defined]
        levels, held = snapshot.levels_of(snapshot.readers[0]), snapshot.postings_of(snapshot.readers[0])
        decoded = count_calls(monkeypatch, PostingField, "near")

        def asked() -> list[int]:
            (counts,) = held.counts_in(levels.members_of(SECTIONS, np.array([3])), SECTIONS, layout.CHARS, ["渔"])
            found: list[int] = counts.tolist()
            return found

        counts = [asked()]
        assert decoded == []
        index.warm()
        counts += [asked() for _ in range(5)]
        assert len(decoded) == 1
        monkeypatch.setattr(postings, "LONG", 0)
        counts += [asked() for _ in range(3)]
        assert len(decoded) == 4
        assert counts == [counts[0]] * 9


def test_deleted_members_hold_no_term_any_more(tmp_path: Path) -> None:
    with make_index("whoosh", tmp_path, DOCUMENTS_OF_INDEX) as index:
        reader = index._engine._snapshot.readers[0]  # type: ignore[attr-defined]
        segment = copy.deepcopy(reader.segment)
        segment.delete_rows(reader.documents[0].rows)
        held = LevelPostings(Levels(reader.with_deletions_of(segment)))
        asked = [(PASSAGES, layout.CHARS, "渔"), (SECTIONS, layout.CHARS, "渔"), (DOCUMENTS, layout.PAIRS, "渔船")]
        assert [held.frequency(*each) for each in asked] == [2, 1, 1]


@pytest.mark.parametrize(
    ("level", "field", "term"),
    [(SECTIONS, layout.CHARS, "渔"), (CHAPTERS, layout.WORDS, "渔船"), (DOCUMENTS, layout.PAIRS, "渔船")],
)
def test_how_many_hold_a_term_is_known_once_its_postings_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: str, field: str, term: str
) -> None:
    with make_index("whoosh", tmp_path, DOCUMENTS_OF_INDEX) as index:
        snapshot = index._engine._snapshot  # type: ignore[attr-defined]
        found = snapshot.postings_of(snapshot.readers[0])
        number = found.posting(level, field, term).number()
        decoded = count_calls(monkeypatch, PostingField, "_gaps")
        assert found.frequency(level, field, term) == number > 0
        assert decoded == []
