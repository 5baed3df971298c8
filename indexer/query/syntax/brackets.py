"""Which brackets group. A bracket groups if it opens a term, its partner closes one, and there is something to group
between them: terms parted by white space or ``|``. All others are text, so that ``（一）总则``, ``( )`` and ``:)`` find
what they say.

Everything here reads a query's half-width twin (``half_width``), in which operators have one form only.
"""

from __future__ import annotations

import re
from itertools import accumulate

from indexer.model import QueryWarning
from indexer.model.choices import FIELD_NAMES, MAX_DEPTH

OPEN, CLOSE = "(", ")"
OR_BAR = "|"
MINUS = "-"
QUOTES = {'"': '"', "“": "”"}

# Upper case of ASCII alone: beyond it ``ſ`` would be an s, and no key of ``FIELD_NAMES``.
_NAME = rf"(?ai:{'|'.join(FIELD_NAMES)})"
FIELD = re.compile(rf"({_NAME}):(?=\S)")
_FIELD_END = re.compile(rf"{_NAME}:\Z")
_LONGEST_FIELD = max(map(len, FIELD_NAMES)) + 1
# Full-width forms; ``？`` is never a wildcard and ``＼`` protects nothing, so they have no twin.
_TWINS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "？＼"}


def half_width(text: str) -> str:
    """Return ``text``, character by character, with full-width forms made their half-width twins."""
    return text.translate(_TWINS)


def begins_term(text: str, at: int) -> bool:
    """Tell whether a term, a quotation or a group may begin at ``at``: at a gap, after a negation, a field, or both."""
    if at and text[at - 1] == MINUS:
        return _after_gap(text, at - 1) or _after_field(text, at - 1)
    return _after_gap(text, at) or _after_field(text, at)


def _after_gap(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in OPEN + OR_BAR


def _after_field(text: str, at: int) -> bool:
    if not at or text[at - 1] != ":":
        return False
    start = max(0, at - _LONGEST_FIELD)
    match = _FIELD_END.search(text[start:at])
    if not match:
        return False
    start += match.start()
    return _after_gap(text, start) or (text[start - 1] == MINUS and _after_gap(text, start - 1))


def closing_quote(text: str, at: int) -> int:
    r"""Return where the quotation that opens at ``at`` closes, -1 if nowhere; ``\\`` protects what follows it."""
    position = at + 1
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] == QUOTES[text[at]]:
            return position
        position += 1
    return -1


def find_groups(text: str) -> tuple[dict[int, int], list[QueryWarning]]:
    """Return the brackets that group, each with its partner, and warnings about those that have none."""
    if OPEN not in text and CLOSE not in text:
        return {}, []
    somethings = list(accumulate((char.isspace() or char == OR_BAR for char in text), initial=0))
    groups: dict[int, int] = {}
    warnings: list[QueryWarning] = []
    stack: list[tuple[int, bool]] = []
    position, open_quote_failed = 0, False
    while position < len(text):
        char = text[position]
        if char in QUOTES and not open_quote_failed and begins_term(text, position):
            closing = closing_quote(text, position)
            open_quote_failed = closing < 0  # looking again from every further quotation mark would be quadratic
            position = max(position, closing)
        elif char == OPEN:
            stack.append((position, begins_term(text, position)))
        elif char == CLOSE and stack:
            opening, at_start = stack.pop()
            parts = somethings[position] > somethings[opening + 1] and not text[opening + 1 : position].isspace()
            if at_start and parts and _ends_term(text, position):
                groups[opening], groups[position] = position, opening
        elif char == CLOSE and _ends_term(text, position) and somethings[-1]:
            warnings.append(_unmatched(position))
        position += 1
    if somethings[-1]:
        warnings.extend(_unmatched(at) for at, at_start in stack if at_start)
    return _bounded(groups, warnings), warnings


def _ends_term(text: str, at: int) -> bool:
    following = text[at + 1 : at + 2]
    return not following or following.isspace() or following in CLOSE + OR_BAR


def _bounded(groups: dict[int, int], warnings: list[QueryWarning]) -> dict[int, int]:
    """Return the groups down to ``MAX_DEPTH``."""
    kept: dict[int, int] = {}
    depth, warned = 0, False
    for at in sorted(groups):
        opens = groups[at] > at
        depth += opens
        if depth <= MAX_DEPTH:
            kept[at] = groups[at]
        elif not warned:
            warned = True
            message = f"括号套了 {MAX_DEPTH} 层以上，更里面的括号按文字处理。"
            warnings.append(QueryWarning("too_deep", message, at, at + 1))
        depth -= not opens
    return kept


def _unmatched(at: int) -> QueryWarning:
    return QueryWarning("unmatched_bracket", "这个括号没有配对，按文字处理。", at, at + 1)
