"""The query string → tokens, each with its range."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import replace
from enum import Enum, auto

from indexer.model import Field, FieldName, QueryWarning, Run, Wildcard, Years
from indexer.model.choices import FIELD_NAMES, MAX_NEAR, MAX_NEARS, MAX_WILDCARDS
from indexer.model.records import record
from indexer.model.years import read_years
from indexer.query.syntax import wildcards
from indexer.query.syntax.brackets import (
    FIELD,
    MINUS,
    OR_BAR,
    QUOTES,
    begins_term,
    closing_quote,
    find_groups,
    half_width,
)

_NEAR = re.compile(r"NEAR/(\d{1,9})")
_GAP = re.compile(rf"[\s{OR_BAR}]")
_ESCAPED = re.compile(r'\\(["＂“”\\])')


class TokenKind(Enum):
    """What a token is."""

    OPERAND = auto()
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    NEAR = auto()


@record
class Token:
    """A piece of a query.

    Attributes:
        operand: of an OPERAND.
        name: of a FIELD, in English.
        distance: of a NEAR.
    """

    kind: TokenKind
    start: int
    end: int
    operand: Run | Wildcard | Field | Years | None = None
    name: str = ""
    distance: int = 0


_WORDS = {"OR": TokenKind.OR, "AND": TokenKind.AND, "NOT": TokenKind.NOT}


class Scanner:
    """Reads a query from left to right: operators from its half-width twin, all else as it was typed.

    Attributes:
        warnings: what was read otherwise than typed.
    """

    def __init__(self, text: str, columns: Collection[str] = ()) -> None:
        self._text = text
        self._columns = {f"{half_width(name)}:": name for name in columns}
        self._twin = half_width(text)
        self._groups, self.warnings = find_groups(self._twin)
        self._brackets = sorted(self._groups)
        self._tokens: list[Token] = []
        self._unclosed = False
        self._wildcards = 0
        self._nears = 0

    def tokens(self) -> list[Token]:
        """Return all tokens in order."""
        position = 0
        while position < len(self._text):
            position = self._next(position)
        if self._unclosed and not self._tokens:  # a quotation mark alone: it is looked for, not everything listed
            self._add_run(0, len(self._text))
        return self._tokens

    def _next(self, at: int) -> int:
        """Read one token at ``at``; where the next one may begin."""
        char = self._twin[at]
        if char.isspace():
            return at + 1
        if at in self._groups:
            return self._add(Token(TokenKind.OPEN if self._groups[at] > at else TokenKind.CLOSE, at, at + 1))
        if char == OR_BAR:
            return self._add(Token(TokenKind.OR, at, at + 1))
        if char == MINUS and self._is_negation(at):
            return self._add(Token(TokenKind.NOT, at, at + 1))
        if begins_term(self._twin, at):
            match = FIELD.match(self._twin, at)
            if match and not self._follows_field(at):
                return self._field(match)
            if (column := self._column(at)) and not self._follows_field(at):
                return self._in_column(at, column)
            if char in QUOTES and not self._unclosed:
                return self._quotation(at)
        return self._run(at)

    def _add(self, token: Token) -> int:
        self._tokens.append(token)
        return token.end

    def _warn(self, code: str, message: str, start: int, end: int) -> None:
        self.warnings.append(QueryWarning(code, message, start, end))

    def _is_negation(self, at: int) -> bool:
        following = self._twin[at + 1 : at + 2]
        return following not in ("", MINUS) and not following.isspace() and begins_term(self._twin, at)

    def _follows_field(self, at: int) -> bool:
        return bool(self._tokens) and self._tokens[-1].kind is TokenKind.FIELD and self._tokens[-1].end == at

    def _field(self, match: re.Match[str]) -> int:
        name = FIELD_NAMES[match[1].lower()]
        if name != "year":
            return self._add(Token(TokenKind.FIELD, match.start(), match.end(), name=name))
        end = self._run_end(match.end())
        years = read_years(self._twin[match.end() : end].lower())
        if years is None:
            message = "年份要写成 2020、2020-2021（先小后大）、2020.. 或 none，这里按文字处理。"
            self._warn("bad_year", message, match.start(), end)
            return self._add_run(match.start(), end)
        operand = replace(years, start=match.start(), end=end)
        return self._add(Token(TokenKind.OPERAND, match.start(), end, operand=operand))

    def _column(self, at: int) -> str | None:
        """Return the column of the user's own that is named at ``at``, with something after its colon; the longest."""
        found = [label for label in self._columns if self._twin.startswith(label, at)]
        label = max(found, key=len, default="")
        following = self._twin[at + len(label) : at + len(label) + 1]
        return label if following and not following.isspace() and following != OR_BAR else None

    def _in_column(self, at: int, label: str) -> int:
        """Read what must stand in a column: the run after its colon, or the quotation that this run is."""
        start = at + len(label)
        quoted = closing_quote(self._twin, start) + 1 if self._twin[start] in QUOTES else 0
        end = quoted if quoted > start + 2 and self._run_end(quoted) == quoted else self._run_end(start)
        text = self._text[start + 1 : end - 1] if end == quoted else self._text[start:end]
        value = Run(_ESCAPED.sub(r"\1", text) if end == quoted else text, end == quoted, start, end)
        operand = Field(FieldName.FIELD, value, at, end, self._columns[label])
        return self._add(Token(TokenKind.OPERAND, at, end, operand=operand))

    def _quotation(self, at: int) -> int:
        closing = closing_quote(self._twin, at)
        if closing < 0:
            self._unclosed = True
            self._warn("unclosed_quote", "引号没有合上，按没有引号处理。", at, at + 1)
            return at + 1
        end = closing + 1
        if self._run_end(end) > end:
            return self._add_run(at, self._run_end(end))
        inner = self._text[at + 1 : closing]
        if not inner.strip():
            self._warn("empty_quote", "引号里没有内容，按文字处理。", at, end)
            return self._add_run(at, end)
        operand = Run(_ESCAPED.sub(r"\1", inner), quoted=True, start=at, end=end)
        return self._add(Token(TokenKind.OPERAND, at, end, operand=operand))

    def _run(self, at: int) -> int:
        end = self._run_end(at)
        word = self._twin[at:end]
        alone = not self._tokens or self._tokens[-1].end < at or self._tokens[-1].kind is TokenKind.OPEN
        if alone and word in _WORDS:
            return self._add(Token(_WORDS[word], at, end))
        if alone and (match := _NEAR.fullmatch(word)):
            if int(match[1]) <= MAX_NEAR:
                return self._near(at, end, int(match[1]))
            self._warn("bad_near", f"NEAR/ 后面的距离最多 {MAX_NEAR}，这里按文字处理。", at, end)
        elif alone and (word == "NEAR" or word.startswith("NEAR/")):
            self._warn("bad_near", "NEAR 后面要写距离，例如 NEAR/10；这里按文字处理。", at, end)
        return self._add_run(at, end)

    def _near(self, at: int, end: int, distance: int) -> int:
        self._nears += 1
        if self._nears == MAX_NEARS + 1:
            self._warn("too_many_nears", f"一次查询最多 {MAX_NEARS} 个 NEAR，从这里起按文字处理。", at, end)
        if self._nears > MAX_NEARS:
            return self._add_run(at, end)
        return self._add(Token(TokenKind.NEAR, at, end, distance=distance))

    def _add_run(self, start: int, end: int) -> int:
        text = self._text[start:end]
        pieces = wildcards.split(text)
        wild = len(pieces) > 1 and self._allowed(wildcards.count(pieces), start, end)
        operand = Wildcard(pieces, text, start, end) if wild else Run(text, start=start, end=end)
        return self._add(Token(TokenKind.OPERAND, start, end, operand=operand))

    def _allowed(self, number: int, start: int, end: int) -> bool:
        """Tell whether a run's wildcards, that many, are to be read as such."""
        before, self._wildcards = self._wildcards, self._wildcards + number
        if before <= MAX_WILDCARDS < self._wildcards:
            message = f"一次查询最多 {MAX_WILDCARDS} 处通配符，从这里起按文字处理。"
            self._warn("too_many_wildcards", message, start, end)
        return 0 < number <= MAX_WILDCARDS - before

    def _run_end(self, at: int) -> int:
        gap = _GAP.search(self._twin, at)
        end = gap.start() if gap else len(self._twin)
        bracket = bisect_left(self._brackets, at)
        return min(end, self._brackets[bracket]) if bracket < len(self._brackets) else end
