"""Which fields of a document hide text: what stands between a field's begin and its result, and tables of contents.

A field is a row of marks in the text: begin, instruction, separate, result, end. One that is never ended hides nothing,
else a damaged document would end with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.documents.ooxml import W
from indexer.documents.zip_package import Element

_CONTENTS = ("TOC", "TOA", "INDEX")


@dataclass(slots=True)
class _Field:
    mark: Element
    instruction: str = ""
    in_result: bool = False


class Fields:
    """The fields of some parts, followed mark by mark as the text is read."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._contents: dict[Element, bool] = {}
        self._open: list[_Field] = []
        for root in roots:
            stack: list[_Field] = []
            for mark in root.iter(f"{W}fldChar", f"{W}instrText"):
                self._note(mark, stack)

    def _note(self, mark: Element, stack: list[_Field]) -> None:
        """Remember of a field that has an end whether it is a table of contents."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            stack.append(_Field(mark))
        elif mark.tag == f"{W}instrText":
            if stack and not stack[-1].in_result:
                stack[-1].instruction += mark.text or ""
        elif stack and kind == "separate":
            stack[-1].in_result = True
        elif stack and kind == "end":
            field = stack.pop()
            self._contents[field.mark] = is_contents(field.instruction)

    def meet(self, mark: Element) -> None:
        """Go past a ``w:fldChar``."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            if mark in self._contents:
                self._open.append(_Field(mark))
        elif self._open and kind == "separate":
            self._open[-1].in_result = True
        elif self._open and kind == "end":
            self._open.pop()

    def hides(self) -> bool:
        """Tell whether text at this place is not shown, or is in a table of contents."""
        return any(not field.in_result or self._contents[field.mark] for field in self._open)


def is_contents(instruction: str) -> bool:
    """Tell the instruction of a table of contents or an index."""
    return (instruction.split() or [""])[0].upper() in _CONTENTS
