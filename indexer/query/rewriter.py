"""A parsed query, rewritten by what the analyzer knows.

Runs of which nothing is visible, and marks that stand alone among words (``数据 & 安全``), are left out. Adjacent runs
become one that together are a word of the user's dictionary (``big data``) or a number with its measure (``第 39 条``).
A quotation with dots (``“对正在行凶……不负刑事责任”``) is that, or what stands before and behind them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.analysis import Analyzer
from indexer.analysis.fold import fold_key, is_han
from indexer.analysis.numerals import is_numeral
from indexer.analysis.patterns import lazy
from indexer.model import EVERYTHING, And, Field, Near, Not, Or, QueryWarning, Run, SyntaxNode, Wildcard, Years
from indexer.query.pieces import units_of

_MINUSES = ("-", "－")
_OPERATORS = ("and", "or", "not")
# Runs that together are a number with its measure, at most: 2021 年 3 月 5 日.
_UNIT_RUNS = 6
# Dots that stand for words left out of a quotation, and Han characters of each part that is left, at least.
_DOTS = lazy(r"[\[(（【]?(?:…+|⋯+|\.{3,}|。{3,})[\])）】]?")
_SHORTEST_LEFT = 2
# What no number goes on over.
_PARTED_DIGITS = lazy(r"\d \d")


def rewrite(query: str, tree: SyntaxNode, analyzer: Analyzer) -> tuple[SyntaxNode, tuple[QueryWarning, ...]]:
    """Return the tree to be analysed, and warnings about what was left out of it."""
    rewriting = _Rewriting(query, analyzer)
    return rewriting.node(tree) or EVERYTHING, tuple(rewriting.warnings)


class _Rewriting:
    def __init__(self, query: str, analyzer: Analyzer) -> None:
        self._query = query
        self._analyzer = analyzer
        self._words = analyzer.spaced_words
        self._most_runs = max([_UNIT_RUNS, *(word.count(" ") + 1 for word in self._words)])
        self._may_merge = bool(self._words) or _has_numeral(query)
        self.warnings: list[QueryWarning] = []

    def node(self, node: SyntaxNode) -> SyntaxNode | None:
        """Return ``node`` without what is invisible; None if nothing is left of it."""
        match node:
            case And(children):
                kept = tuple(self._without_lone_marks(list(self._merge_words(list(self._visible(children))))))
                return And(kept) if len(kept) > 1 else next(iter(kept), None)
            case Or(children):
                kept = tuple(self._visible(children))
                return Or(kept) if len(kept) > 1 else next(iter(kept), None)
            case Not(child):
                inner = self.node(child)
                return inner and Not(inner)
            case Near(left, right):
                kept = tuple(filter(None, map(self._run, (left, right))))
                return node if len(kept) > 1 else next(iter(kept), None)
            case Field(_, value):
                return node if isinstance(value, Wildcard) or self._run(value) else None
            case Run():
                run = self._run(node)
                return run and self._with_words_left_out(run)
            case Wildcard() | Years():
                return node

    def _run(self, run: Run) -> Run | None:
        if fold_key(run.text):
            return run
        self.warnings.append(QueryWarning("invisible", "这里只有看不见的字符，已略去。", run.start, run.end))
        return None

    def _with_words_left_out(self, quotation: Run) -> SyntaxNode:
        """Return a quotation with dots as it stands, or the parts of it that are left."""
        if not (quotation.quoted and _DOTS.search(quotation.text)):
            return quotation
        parts = list(filter(None, _DOTS.split(quotation.text)))
        if not parts or not all(sum(map(is_han, part)) >= _SHORTEST_LEFT for part in parts):
            return quotation
        message = "引文里的省略号先按原样查找，再按略去了文字理解。"
        self.warnings.append(QueryWarning("words_left_out", message, quotation.start, quotation.end))
        left = [Run(part, quoted=True, start=quotation.start, end=quotation.end) for part in parts]
        return Or((quotation, And(tuple(left)) if len(left) > 1 else left[0]))

    def _without_lone_marks(self, children: Sequence[SyntaxNode]) -> Iterator[SyntaxNode]:
        """Yield ``children`` without the marks among them, if there is anything else; hint at operators."""
        marks = [isinstance(child, Run) and not child.quoted and _is_marks(child.text) for child in children]
        for child, is_mark in zip(children, marks, strict=True):
            if isinstance(child, Run):
                self._hint_at_operator(child)
            if not is_mark or all(marks):
                yield child
            elif isinstance(child, Run):
                message = f"单独的符号“{child.text}”不作条件；要原样查找，请把整句放进引号。"
                self.warnings.append(QueryWarning("lone_mark", message, child.start, child.end))

    def _hint_at_operator(self, run: Run) -> None:
        """Say that operators are upper case, if a run among Chinese words is one but for that."""
        if run.text in _OPERATORS and not run.quoted and any(map(is_han, self._query)):
            message = f"小写的 {run.text} 按文字查找；要作运算符请写成大写的 {run.text.upper()}。"
            self.warnings.append(QueryWarning("lower_case_operator", message, run.start, run.end))

    def _visible(self, children: Sequence[SyntaxNode]) -> Iterator[SyntaxNode]:
        return filter(None, map(self.node, children))

    def _merge_words(self, rest: list[SyntaxNode]) -> Iterator[SyntaxNode]:
        """Yield nodes with those made one that together are a word, longer words first."""
        if not self._may_merge:
            yield from rest
            return
        while rest:
            sizes = range(min(self._most_runs, len(rest)), 1, -1)
            merged = next(((size, run) for size in sizes if (run := self._as_word(rest[:size]))), (1, rest[0]))
            yield merged[1]
            del rest[: merged[0]]

    def _as_word(self, nodes: Sequence[SyntaxNode]) -> Run | None:
        """Return plain runs with nothing but white space between them as one run, if it is a word, or if each of them
        goes on with a number in the next (``第 六 条``).
        """
        runs = [node for node in nodes if isinstance(node, Run) and not node.quoted]
        if len(runs) < len(nodes) or not (self._words or any(_has_numeral(run.text) for run in runs)):
            return None
        if not all(self._query[one.end : other.start].isspace() for one, other in pairwise(runs)):
            return None
        run = Run(self._query[runs[0].start : runs[-1].end], start=runs[0].start, end=runs[-1].end)
        return run if fold_key(run.text) in self._words or self._is_unit(run, runs) else None

    def _is_unit(self, run: Run, parts: Sequence[Run]) -> bool:
        """Tell whether each seam between parts of a run lies inside a number with its measure."""
        folded = fold_key(run.text)
        if not _has_numeral(folded) or _PARTED_DIGITS.search(folded):
            return False
        units = list(units_of(folded, self._analyzer))
        seams = (len(fold_key(self._query[run.start : each.end])) for each in parts[:-1])
        return all(any(unit.start < seam < unit.end for unit in units) for seam in seams)


def _has_numeral(text: str) -> bool:
    return any(map(is_numeral, fold_key(text)))


def _is_marks(text: str) -> bool:
    """Tell whether a text is nothing but marks; pictures, and signs that are read as words (℃), are none."""
    return all(unicodedata.category(char)[0] == "P" or unicodedata.category(char) in ("Sm", "Sk") for char in text)


def minus_as_text(tree: SyntaxNode, query: str) -> tuple[SyntaxNode, tuple[QueryWarning, ...]]:
    """Return a tree in which what is left out and begins with a digit (``-20``) is a negative number, and a warning for
    each.
    """
    warnings: list[QueryWarning] = []

    def read(node: SyntaxNode) -> SyntaxNode:
        match node:
            case And(children):
                return And(tuple(map(read, children)))
            case Or(children):
                return Or(tuple(map(read, children)))
            case Not(Run(text, False, start, end)) if text[0].isdecimal() and query[start - 1 : start] in _MINUSES:
                message = f"“-{text}”先按原样查找，再按“不含 {text}”理解；只要其中一种，请加引号或写 NOT。"
                warnings.append(QueryWarning("minus_number", message, start - 1, end))
                return Run(f"-{text}", start=start - 1, end=end)
            case other:
                return other

    as_text = read(tree)
    return (as_text, tuple(warnings)) if warnings else (tree, ())
