"""Which fields of a document hide text: what stands between a field's begin and its result, and tables of contents.

A field is a row of marks in the text: begin, instruction, separate, result, end. One that is never ended hides nothing,
else a damaged document would end with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.documents.ooxml import W
from indexer.documents.xml_parts import Element

_CONTENTS = ("TOC", "TOA", "INDEX")
# What a program computes when it opens a document.
_DATES = ("DATE", "TIME", "PRINTDATE", "SAVEDATE", "CREATEDATE", "EDITTIME")


@dataclass(slots=True)
class _Field:
    mark: Element
    instruction: str = ""
    in_result: bool = False


class Fields:
    """The fields of some parts, followed mark by mark as the text is read.

    Args:
        roots: of the parts.
        without_dates: whether fields of dates are left out too: another program may have computed them anew.
    """

    def __init__(self, roots: Iterable[Element], *, without_dates: bool = False) -> None:
        self._hidden = (*_CONTENTS, *_DATES) if without_dates else _CONTENTS
        self._is_hidden: dict[Element, bool] = {}
        self._open: list[_Field] = []
        for root in roots:
            stack: list[_Field] = []
            for mark in root.iter(f"{W}fldChar", f"{W}instrText"):
                self._note(mark, stack)

    def _note(self, mark: Element, stack: list[_Field]) -> None:
        """Remember of a field that has an end whether its result is left out."""
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
            self._is_hidden[field.mark] = self.is_hidden(field.instruction)

    def meet(self, mark: Element) -> None:
        """Go past a ``w:fldChar``."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            if mark in self._is_hidden:
                self._open.append(_Field(mark))
        elif self._open and kind == "separate":
            self._open[-1].in_result = True
        elif self._open and kind == "end":
            self._open.pop()

    def hides(self) -> bool:
        """Tell whether text at this place is no result of a field, or one that is left out."""
        return any(not field.in_result or self._is_hidden[field.mark] for field in self._open)

    def leaves_out(self) -> bool:
        """Tell whether what is hidden at this place is the result of a field: an entry of a table of contents."""
        is_result = all(field.in_result for field in self._open)
        return is_result and any(self._is_hidden[field.mark] for field in self._open)

    def is_hidden(self, instruction: str) -> bool:
        """Tell by its instruction a field whose result is not read."""
        return (instruction.split() or [""])[0].upper() in self._hidden
