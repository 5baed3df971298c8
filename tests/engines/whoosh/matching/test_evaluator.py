"""What a tree's evaluation costs: nothing is looked into of which it is known already what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines.requests import Request
from indexer.engines.whoosh.matching import evaluator, positions
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.section_tree import Sections
from indexer.index.index import Index
from indexer.model import And, Glob, Literal, Or, QueryNode, Tier, Wild, Within, Zone
from tests.support import count_calls, make_document, make_index

TEXTS = [("渔船入港", ("第一章 渔港",)), ("渔船出海", ("第二章 航道",)), ("發展渔业", ()), ("渔业发展 稳定", ())]
ANYWHERE = (Zone.TEXT, Zone.SECTION, Zone.TITLE)
IN_TEXT, ANY_FISH = Literal(("渔",)), Literal(("渔",), ANYWHERE)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with make_index("whoosh", tmp_path, [make_document("a", TEXTS)]) as made:
        yield made


def rows(index: Index, tree: QueryNode) -> list[str]:
    answer = index._engine.search(Request(((Tier.EXACT, tree),), sort="order", limit=10))
    return [hit.passage.id for hit in answer.hits]


@pytest.mark.parametrize("tree", [And((ANY_FISH, IN_TEXT)), And((IN_TEXT, ANY_FISH))])
def test_headings_are_not_asked_for_what_all_texts_hold(
    index: Index, monkeypatch: pytest.MonkeyPatch, tree: QueryNode
) -> None:
    looked = count_calls(monkeypatch, Sections, "containing")
    assert rows(index, tree) == ["a-0", "a-1", "a-2", "a-3"]
    assert looked == []


def test_headings_are_asked_for_what_texts_leave(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = count_calls(monkeypatch, Sections, "containing")
    assert rows(index, And((Literal(("渔船",)), Literal(("航道",), ANYWHERE)))) == ["a-1"]
    assert looked


def test_of_alternatives_none_is_looked_for_after_all_rows_are_found(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = count_calls(monkeypatch, evaluator, "literal_rows")
    rare, either = Literal(("入港",)), Or((Literal(("船入",)), Literal(("出海",)), Literal(("发展",))))
    assert rows(index, And((rare, either))) == ["a-0"]
    assert [chars for _, chars in looked] == ["入港", "船入"]


def test_of_alternatives_all_are_looked_for_while_a_row_is_left(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = count_calls(monkeypatch, evaluator, "literal_rows")
    assert rows(index, And((Literal(("入港",)), Or((Literal(("发展",)), Literal(("出海",))))))) == []
    assert len(looked) == 3


def test_trees_that_ask_for_the_same_are_evaluated_once(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    united = count_calls(monkeypatch, evaluator, "difference")
    exact, same, wider = And((IN_TEXT, ANY_FISH)), Or((IN_TEXT, And((ANY_FISH, IN_TEXT)))), ANY_FISH
    for third, found in ((IN_TEXT, 1), (wider, 2)):
        united.clear()
        tiers = ((Tier.EXACT, exact), (Tier.ALL, same), (Tier.SOME, third))
        assert index._engine.count(Request(tiers)).tiers[Tier.EXACT] == 4
        assert len(united) == found


def test_where_nothing_need_follow_nothing_is_looked_at_between(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = count_calls(monkeypatch, positions, "_unbroken")
    assert rows(index, Glob(("渔船",), starts_word=True)) == ["a-0", "a-1"]
    assert rows(index, Glob(("船",), starts_word=True)) == []
    assert looked == []
    assert rows(index, Glob(("渔", Wild.MANY, "港"))) == ["a-0"]
    assert looked


@pytest.mark.parametrize(
    ("leaf", "found", "pieces", "texts"),
    [
        (Literal(("发展",), original="发展"), ["a-3"], 1, 0),
        (Literal(("发展",), original="發展"), ["a-2"], 1, 0),
        (Glob(("渔", Wild.ONE, "发"), originals=("渔", "发")), ["a-3"], 2, 0),
        (Within(Literal(("渔",), original="渔"), Literal(("发",), original="发"), 5), ["a-3"], 2, 0),
        (Literal(("渔",)), ["a-0", "a-1", "a-2", "a-3"], 0, 0),
    ],
)
def test_a_piece_is_sought_as_typed_once_and_no_text_is_read_where_positions_tell(
    index: Index, monkeypatch: pytest.MonkeyPatch, leaf: QueryNode, found: list[str], pieces: int, texts: int
) -> None:
    sought = count_calls(monkeypatch, positions, "_begins_as_typed")
    read = count_calls(monkeypatch, SegmentReader, "text")
    assert rows(index, leaf) == found
    assert (len(sought), len(read)) == (pieces, texts)


def test_texts_are_read_where_positions_do_not_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["发展", "發\u200b展㎡", "发\u200b展㎡", "收成㎡"]  # two characters of one, and none of another: apart
    with make_index("whoosh", tmp_path, [make_document("a", texts)]) as index:
        read = count_calls(monkeypatch, SegmentReader, "text")
        assert rows(index, Literal(("发展",), original="发展")) == ["a-0", "a-2"]
        assert [row - 1 for _, row in read if isinstance(row, int)] == [1, 2]
