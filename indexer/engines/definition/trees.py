"""What a tree means for a row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from indexer.engines import budget
from indexer.engines.budget import BoundedLeaf
from indexer.engines.definition.rows import Row, Section
from indexer.model import (
    AnalyzedPassage,
    And,
    Glob,
    Kind,
    Literal,
    Not,
    OfDocuments,
    OnePassage,
    Or,
    QueryLeaf,
    QueryNode,
    TextLeaf,
    Tier,
    Within,
    Years,
    Zone,
)
from indexer.model.years import is_in_years
from indexer.query.spans import Value, holds

# The rows beyond the budget's share of each leaf that has any (``budget``).
Beyond: TypeAlias = Mapping[QueryLeaf, Collection[Row]]


def grades_of(
    rows: Iterable[Row],
    tiers: Sequence[tuple[Tier, QueryNode]],
    sections: Mapping[Section, Sequence[Row]] | None,
    beyond: Beyond,
) -> dict[Row, int]:
    """The rows that any tier's tree is true for, whatever the filters, with the number of the first such tree.

    Args:
        rows: those that are looked at.
        tiers: trees, best tier first.
        sections: given, a leaf is true for a row as soon as it is true for any row of its section.
        beyond: what the budget does not reach.
    """
    found = {}
    for row in rows:
        scope = (row,) if sections is None else sections[row.group]
        for number, (_, tree) in enumerate(tiers):
            if matches(scope, tree, beyond):
                found[row] = number
                break
    return found


def beyond_budget(rows: Sequence[Row], tiers: Sequence[tuple[Tier, QueryNode]]) -> Beyond:
    """What a budget does not reach: of each bounded leaf the candidates after the first, by document id and ordinal."""
    leaves = budget.bounded_leaves(tiers)
    share = budget.share(leaves)
    if len(rows) <= share:
        return {}
    ordered = sorted(rows, key=lambda row: (row.owner.document.id, row.tokens.passage.ordinal))
    after = {leaf: frozenset([row for row in ordered if _is_candidate(row, leaf)][share:]) for leaf in leaves}
    return {leaf: beyond for leaf, beyond in after.items() if beyond}


def _is_candidate(row: Row, leaf: BoundedLeaf) -> bool:
    return all(any(each in row.tokens.chars for each in spellings) for spellings in budget.pieces(leaf))


def matches(scope: Sequence[Row], node: QueryNode, beyond: Beyond, *, negated: bool = False) -> bool:
    """Whether a tree is true where a leaf is as soon as it is for any row of ``scope``.

    ``negated`` tells whether it stands under an odd number of negations: what is beyond the budget makes fewer hits.
    """
    match node:
        case And(children):
            return all(matches(scope, child, beyond, negated=negated) for child in children)
        case Or(children):
            return any(matches(scope, child, beyond, negated=negated) for child in children)
        case Not(child):
            return not matches(scope, child, beyond, negated=not negated)
        case leaf:
            return any(_leaf_matches(row, leaf, row in beyond.get(leaf, ()), negated) for row in scope)


def _leaf_matches(row: Row, leaf: QueryLeaf, is_beyond: bool, negated: bool) -> bool:
    match leaf:
        case Literal(_, zones):
            return _holds_in(row, leaf, zones)
        case Glob(_, _, _, zones):
            outside = tuple(zone for zone in zones if zone is not Zone.TEXT)
            return _holds_in(row, leaf, outside) or negated if is_beyond else _holds_in(row, leaf, zones)
        case Within():
            return negated if is_beyond else _holds_in(row, leaf, (Zone.TEXT,))
        case Years():
            return is_in_years(row.owner.document.year, leaf)
        case OfDocuments(ids, opening):
            return row.owner.document.id in ids and (not opening or row.tokens is _opening(row))
        case OnePassage(document_id, ordinal):
            return row.owner.document.id == document_id and row.tokens.passage.ordinal == ordinal


def _opening(row: Row) -> AnalyzedPassage:
    """The passage that opens a row's document."""
    passages = row.owner.passages
    return next((tokens for tokens in passages if tokens.passage.kind is Kind.TITLE), passages[0])


def ranks_of(
    rows: Iterable[Row], precedence: Sequence[QueryNode], sections: Mapping[Section, Sequence[Row]] | None
) -> dict[Row, tuple[bool, ...]]:
    """For each row, of ``precedence`` which trees are not true for it: what is less leads."""
    return {
        row: tuple(not matches((row,) if sections is None else sections[row.group], tree, {}) for tree in precedence)
        for row in rows
    }


def _holds_in(row: Row, leaf: TextLeaf, zones: Iterable[Zone]) -> bool:
    column = "" if isinstance(leaf, Within) else leaf.column
    return any(holds(value, leaf) for zone in zones for value in _values(row, zone, column))


def _values(row: Row, zone: Zone, column: str = "") -> Sequence[Value]:
    owner, tokens = row.owner, row.tokens
    document, passage = owner.document, tokens.passage
    match zone:
        case Zone.TEXT:
            return (Value(tokens.chars, passage.text, tokens.lengths),)
        case Zone.SECTION:
            return _unsegmented(tokens.section, passage.section)
        case Zone.TITLE:
            return _unsegmented((owner.title,), (document.full_title,))
        case Zone.TOPIC:
            return _unsegmented(tokens.topics, passage.topics)
        case Zone.DOCUMENT:
            return _unsegmented((owner.path, owner.title), (document.path, document.full_title))
        case Zone.TAG:
            return _unsegmented(owner.tags, document.tags)
        case Zone.WORK:
            return _unsegmented((owner.work,), (document.work,)) if document.work else ()
        case Zone.FIELD:
            values = zip(owner.fields, document.fields, strict=True)
            return [Value(folded, value, (len(folded),)) for folded, (name, value) in values if name == column]


def _unsegmented(folded: Sequence[str], originals: Sequence[str]) -> Sequence[Value]:
    """Only the passage is segmented; elsewhere a word's boundary is an end of the value."""
    return [Value(chars, original, (len(chars),)) for chars, original in zip(folded, originals, strict=True)]
