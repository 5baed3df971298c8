"""What highlighting costs: each spelling is sought once, however many leaves have it."""

from __future__ import annotations

import pytest

from indexer.model import Document, Literal, Or, Passage, Zone
from indexer.query.spans import Spelling
from indexer.search.highlighter import Highlighter
from tests.support import ANALYZER, count_calls

PASSAGE = Passage("a", 0, "渔船发證：漁船登记")
DOCUMENT = Document("a", "a.md", "渔船")
ANYWHERE = (Zone.TEXT, Zone.SECTION, Zone.TITLE)


def test_a_spelling_of_several_leaves_is_sought_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sought = count_calls(monkeypatch, Spelling, "spans")
    leaves = Literal(("渔船",)), Literal(("渔船", "登记"), ANYWHERE), Literal(("船", "港口"), ANYWHERE)
    found = Highlighter(Or(leaves), ANALYZER).highlight(PASSAGE, DOCUMENT)
    assert (found.text, found.title) == (((0, 2), (5, 9)), ((0, 2),))
    texts = [(value.chars, spelling.chars) for spelling, value in sought]  # type: ignore[attr-defined]
    assert sorted(texts) == sorted(
        [*(("渔船发证:渔船登记", chars) for chars in ("渔船", "登记", "船")), ("渔船", "渔船"), ("渔船", "船")]
    )


def test_spellings_that_differ_in_how_they_are_written_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    leaves = Literal(("渔船",), original="渔船"), Literal(("渔船",), original="漁船")
    highlighter = Highlighter(Or(leaves[:1]), ANALYZER)
    assert highlighter.highlight_text(PASSAGE) == ((0, 2),)
    sought = count_calls(monkeypatch, Spelling, "spans")
    assert Highlighter(Or(leaves), ANALYZER).highlight_text(PASSAGE) == ((0, 2), (5, 7))
    assert len(sought) == 2
