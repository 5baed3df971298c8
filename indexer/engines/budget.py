"""What a query may cost: a budget in candidates, the same in every engine, whatever the machine and its load.

Wildcards and ``NEAR`` are bounded; runs and quotations never are, so that their counts are exact. A candidate of such a
leaf is a passage whose text holds all its pieces, in any order. Each leaf has an equal share of the budget, and beyond
its share, by document id and ordinal, a passage counts as what makes fewer hits: as not holding the leaf where it is
asked for, as holding it where it is negated. Then the counts of the answer are lower bounds, and it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from indexer.model import (
    And,
    Glob,
    Literal,
    Not,
    OfDocuments,
    OnePassage,
    Or,
    QueryNode,
    QueryWarning,
    Tier,
    Wild,
    Within,
    Years,
    Zone,
)
from indexer.model.choices import MAX_CANDIDATES

BoundedLeaf: TypeAlias = Glob | Within

WARNING = QueryWarning(
    "query_budget",
    f"查询的范围太大：通配符和 NEAR 合起来最多检查 {MAX_CANDIDATES} 个候选段落，其余的没有检查，"
    "所以命中数只是“至少”。请把通配符旁的字写长一些，或少用几个。",
)


def bounded_leaves(tiers: Iterable[tuple[Tier, QueryNode]]) -> tuple[BoundedLeaf, ...]:
    """The leaves of a request's trees that are bounded, each once."""
    return tuple(dict.fromkeys(leaf for _, tree in tiers for leaf in _bounded(tree)))


def share(leaves: Sequence[BoundedLeaf]) -> int:
    """How many candidates each of them may have."""
    return MAX_CANDIDATES // max(1, len(leaves))


def pieces(leaf: BoundedLeaf) -> list[tuple[str, ...]]:
    """What a candidate holds: of each piece one of its spellings."""
    match leaf:
        case Glob():
            return [(piece,) for piece in leaf.pieces if not isinstance(piece, Wild)]
        case Within():
            return [leaf.left.spellings, leaf.right.spellings]


def _bounded(node: QueryNode) -> Iterator[BoundedLeaf]:
    """The bounded leaves in order, those under negations too."""
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from _bounded(child)
        case Not(child):
            yield from _bounded(child)
        case Within():
            yield node
        case Glob(_, _, _, zones):
            if Zone.TEXT in zones:
                yield node
        case Literal() | Years() | OfDocuments() | OnePassage():
            pass
