"""The ``exact`` tier's grades: what stands as typed comes first, then other spellings, then parts of what is longer.

A number is part of a longer one (``五年`` in ``十五年``), letters are of a longer word (``ai`` in ``email``). Hits of a
better grade come first within their tier, and count alike. Without numbers, letters and spellings there is one grade.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import is_
from string import ascii_lowercase, digits

from indexer.analysis.numerals import DIGITS
from indexer.model import And, Literal, Not, Or, QueryNode, Within

# Ends that a longer word would go on at, or a longer number: a unit alone (万元) is no number, nor is 一.
_LATIN = frozenset(ascii_lowercase + digits)
_NUMERALS = frozenset(f"零两十{DIGITS}")


def grades(exact: QueryNode, better: QueryNode | None = None) -> tuple[QueryNode, ...]:
    """Return the trees of the tier ``exact``, best first; the last is true wherever any is.

    Args:
        exact: the whole tier.
        better: what of it comes before the rest: what a space parts (``GB 18030``) joined.
    """
    trees = [better, exact] if better else [exact]
    graded = [each for tree in trees for each in _as_typed_and_spelled(tree)]
    return (exact,) if all(tree is exact for tree in graded) else distinct((*graded, exact))


def _as_typed_and_spelled(tree: QueryNode) -> tuple[QueryNode, ...]:
    """Return a tree as typed, and in all spellings if that changes anything."""
    typed = _map(tree, _typed)
    return (tree,) if typed is tree else (typed, _map(tree, _spelled))


def distinct(trees: Iterable[QueryNode]) -> tuple[QueryNode, ...]:
    """Return each of some trees once, in order."""
    found = tuple(trees)
    return tuple(dict.fromkeys(found)) if len(found) > 1 else found


def _map(node: QueryNode, change: Callable[[Literal], Literal]) -> QueryNode:
    """Return a tree with every literal changed that is not under a negation."""
    match node:
        case And(children) | Or(children):
            changed = tuple([_map(child, change) for child in children])
            return node if all(map(is_, changed, children)) else replace(node, children=changed)
        case Literal():
            return change(node)
        case Within(left, right):
            return replace(node, left=change(left), right=change(right))
        case Not():
            return node
        case other:
            return other


def _typed(literal: Literal) -> Literal:
    """Return the literal as typed only, and whole if an end of it is of a number or of letters."""
    (typed, *_) = literal.alternatives
    if not _may_go_on(typed):
        return replace(literal, whole=()) if literal.whole else literal
    return replace(literal, alternatives=(), whole=(typed,))


def _spelled(literal: Literal) -> Literal:
    """Return the literal in all its spellings, whole if an end of it is of a number or of letters."""
    (typed, *_) = literal.alternatives
    return replace(literal, alternatives=(), whole=literal.spellings) if _may_go_on(typed) else literal


def _may_go_on(text: str) -> bool:
    if not text:
        return False
    first, last = text[0], text[-1]
    return first in _LATIN or last in _LATIN or (len(text) > 1 and (first in _NUMERALS or last in _NUMERALS))
