"""Tables of contents in plain lines: told from headings, and at a cost that grows with the lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import pytest

from indexer import documents
from indexer.documents.structure import headings
from indexer.documents.structure.evidence import Evidence, gather_evidence
from indexer.model import Kind
from tests.support import count_calls


def shown(text: str) -> list[tuple[str, Kind]]:
    """The texts of a file and what they are."""
    return [(block.text, block.kind) for block in documents.read(text.encode(), "船.txt").blocks]


def test_a_second_table_of_contents_after_running_text_is_one_too() -> None:
    parts = ["第一章 泊位", "第二章 引航", "第三章 灯塔"]
    body = "".join(f"{part}\n\n船长应当提前登记，由港务员保管登记簿。\n\n" for part in parts)
    listed = "".join(f"{part}\n\n" for part in parts)
    found = shown(f"目录\n\n{listed}本卷只有前三章，后面各章另印，购买的人可以向港务员索取。\n\n目录\n\n{listed}{body}")
    assert [text for text, kind in found if kind is Kind.HEADING and text != "目录"] == parts


def test_the_lines_below_the_word_are_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = count_calls(monkeypatch, headings, "is_line")
    shown("目录\n\n第一章 泊位\n\n" * 200)
    assert 0 < len(asked) <= 2 * 400


class NeverCopied(Sequence[Evidence]):
    """Evidence of a long text."""

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self._evidence = evidence

    @overload
    def __getitem__(self, at: int) -> Evidence: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Evidence]: ...
    def __getitem__(self, at: int | slice) -> Evidence | Sequence[Evidence]:
        assert isinstance(at, int)
        return self._evidence[at]

    def __len__(self) -> int:
        return len(self._evidence)


def test_what_follows_a_line_is_not_copied_for_each() -> None:
    blocks = documents.read("前言\n\n一、目标\n\n（一）总目标\n\n船长应当登记。".encode(), "船.txt").blocks
    evidence = NeverCopied([gather_evidence(block) for block in blocks])
    assert not headings._only_descends(evidence, 0)
    assert headings._only_descends(evidence, 1)
