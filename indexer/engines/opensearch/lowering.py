"""Trees → queries of the cluster, that find the very passages that ``definition.trees`` says.

Most leaves are queries over tokens. What tokens cannot tell is looked at here, by ``spans``: values of zones one by
one, as there are few different ones; passages, where the very characters typed are asked for or a wildcard has several
gaps, up to ``MOST_VERIFIED`` candidates, beyond which a passage counts as what is beyond the budget does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from indexer.engines import budget
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.cluster import Json
from indexer.engines.opensearch.queries import (
    all_of,
    any_of,
    in_text,
    in_years,
    in_zone,
    none_of,
    one_of,
    term,
    whole_in_text,
)
from indexer.engines.opensearch.records import passage_of
from indexer.engines.opensearch.snapshot import ORDER_OF_IDS, Snapshot
from indexer.model import (
    And,
    Glob,
    Literal,
    Not,
    OfDocuments,
    OnePassage,
    Or,
    QueryLeaf,
    QueryNode,
    TextLeaf,
    Tier,
    Wild,
    Within,
    Years,
    Zone,
)
from indexer.model.choices import GLOB_GAP
from indexer.query.spans import Value, holds, is_typed, may_be_wild

# Candidates of one leaf whose texts are looked at here.
MOST_VERIFIED = 20_000
# Clauses of intervals that are put to the cluster, which takes 1,024 in all.
_MOST_CLAUSES = 100


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a leaf holds in the text: what finds that, and the candidates that nobody looks at, if there are any."""

    query: Json
    beyond: Json | None = None


class Lowering:
    """Makes queries of the trees of one request.

    Attributes:
        exceeded: whether any leaf has more candidates than are looked at.
    """

    def __init__(self, snapshot: Snapshot, tiers: Sequence[tuple[Tier, QueryNode]]) -> None:
        self._snapshot = snapshot
        self._share = budget.share(budget.bounded_leaves(tiers))
        self._found: dict[QueryLeaf, _Found] = {}

    @property
    def exceeded(self) -> bool:
        """See the class."""
        return any(found.beyond is not None for found in self._found.values())

    def query(self, node: QueryNode, *, negated: bool = False) -> Json:
        """The query for a tree; ``negated`` tells whether it stands under an odd number of negations."""
        match node:
            case And(children):
                return all_of([self.query(child, negated=negated) for child in children])
            case Or(children):
                return any_of([self.query(child, negated=negated) for child in children])
            case Not(child):
                return none_of(self.query(child, negated=not negated))
            case leaf:
                return self.leaf(leaf, negated=negated)

    def leaf(self, leaf: QueryLeaf, *, negated: bool) -> Json:
        """The query for a leaf."""
        match leaf:
            case Years():
                return in_years(leaf)
            case OfDocuments(ids, opening):
                of_documents = one_of("document", [*map(mapping.keyword, ids)]) if ids else any_of([])
                return all_of([of_documents, term("opening", "true")]) if opening else of_documents
            case OnePassage(document_id, ordinal):
                return all_of([term("document", mapping.keyword(document_id)), term("ordinal", str(ordinal))])
            case Within():
                return self._in_text(leaf, negated=negated)
            case Literal(_, zones) | Glob(_, _, _, zones):
                parts = (
                    self._in_text(leaf, negated=negated) if zone is Zone.TEXT else self._in_zone(leaf, zone)
                    for zone in zones
                )
                return any_of([*parts])

    # ── in the text ──────────────────────────────────────────────────────────────────────────────────────────────

    def _in_text(self, leaf: TextLeaf, *, negated: bool) -> Json:
        if leaf not in self._found:
            self._found[leaf] = self._find(leaf)
        found = self._found[leaf]
        return any_of([found.query, found.beyond]) if negated and found.beyond else found.query

    def _find(self, leaf: TextLeaf) -> _Found:
        if isinstance(leaf, Literal) and not is_typed(leaf):
            return _Found(any_of([*map(in_text, leaf.alternatives), *map(whole_in_text, leaf.whole)]))
        intervals = None if is_typed(leaf) or isinstance(leaf, Literal) else _intervals(leaf)
        candidates = all_of([any_of(map(in_text, spellings)) for spellings in _pieces(leaf)])
        most = MOST_VERIFIED if isinstance(leaf, Literal) else self._share
        if intervals is None:
            most = min(most, MOST_VERIFIED)
        border = self._border(candidates, most)
        beyond = all_of([candidates, _after(border)]) if border else None
        if intervals is None:
            return _Found(self._verified(leaf, candidates, most), beyond)
        exact = all_of([candidates, {"intervals": {"chars": intervals}}])
        return _Found(all_of([exact], but=[_after(border)]) if border else exact, beyond)

    def _border(self, candidates: Json, most: int) -> tuple[str, int] | None:
        """The last of the first ``most`` candidates by document id and ordinal, where there are more."""
        if self._snapshot.totals.passages <= most:
            return None
        query = self._snapshot.passages(candidates)
        if self._snapshot.count(query) <= most:
            return None
        if most == 0:
            return "", -1
        document, ordinal = self._snapshot.last(query, ORDER_OF_IDS, most)
        return document, ordinal

    def _verified(self, leaf: TextLeaf, candidates: Json, most: int) -> Json:
        """The candidates that hold a leaf, as looking at each tells."""
        query = self._snapshot.passages(candidates)
        hits = self._snapshot.walk(query, ORDER_OF_IDS, most, docvalue_fields=["key"])
        keys = [hit["fields"]["key"][0] for hit in hits if _holds(hit["_source"], leaf)]
        return one_of("key", keys) if keys else any_of([])

    # ── in other zones ───────────────────────────────────────────────────────────────────────────────────────────

    def _in_zone(self, leaf: Literal | Glob, zone: Zone) -> Json:
        if isinstance(leaf, Literal) and not (leaf.whole or is_typed(leaf) or zone is Zone.FIELD):
            return any_of(in_zone(zone, spelling) for spelling in leaf.alternatives)
        return self._with_values(leaf, zone)

    def _with_values(self, leaf: Literal | Glob, zone: Zone) -> Json:
        """Passages of which a value of a zone holds a leaf, as looking at the values tells."""
        field = mapping.field_of(zone)
        column = f"{leaf.column}{mapping.PARTER}" if zone is Zone.FIELD else ""
        if column:
            candidates: Json = {"prefix": {field: column}}
        else:
            candidates = all_of([any_of(in_zone(zone, each) for each in pieces) for pieces in _pieces(leaf)])
        values = self._snapshot.values(field, self._snapshot.passages(candidates))
        kept = [value for value in values if value.startswith(column) and _value_holds(value[len(column) :], leaf)]
        return one_of(field, kept) if kept else any_of([])


def _pieces(leaf: TextLeaf) -> list[tuple[str, ...]]:
    return [leaf.spellings] if isinstance(leaf, Literal) else budget.pieces(leaf)


def _holds(source: Json, leaf: TextLeaf) -> bool:
    tokens = passage_of(source, "")
    return holds(Value(tokens.chars, tokens.passage.text, tokens.lengths), leaf)


def _value_holds(value: str, leaf: TextLeaf) -> bool:
    folded, _, original = value.partition(mapping.PARTER)
    return holds(Value(folded, original, (len(folded),)), leaf)


def _after(border: tuple[str, int]) -> Json:
    """What comes after a passage by document id and ordinal."""
    document, ordinal = border
    later = all_of([term("document", document), {"range": {"ordinal": {"gt": ordinal}}}])
    return any_of([{"range": {"document": {"gt": document}}}, later])


# ── intervals ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _whole_interval(spelling: str) -> Json:
    first, last = mapping.edges(spelling)
    chars = mapping.characters(spelling)
    chars[0] = f"{first}{chars[0]}"
    chars[-1] = f"{chars[-1]}{last}"
    return _phrase([*map(_character, chars)])


def _intervals(leaf: Glob | Within) -> Json | None:
    """Where a leaf stands, if few intervals can say it."""
    made = _within(leaf) if isinstance(leaf, Within) else _glob(leaf)
    return made if made is not None and _clauses(made) <= _MOST_CLAUSES else None


def _clauses(source: object) -> int:
    """How many clauses the cluster counts in intervals."""
    if isinstance(source, dict):
        return ("match" in source) + sum(map(_clauses, source.values()))
    return sum(map(_clauses, source)) if isinstance(source, list) else 0


def _within(leaf: Within) -> Json | None:
    if "" in (*leaf.left.spellings, *leaf.right.spellings):
        return None
    left, right = (
        [*map(_plain_interval, side.alternatives), *map(_whole_interval, side.whole)]
        for side in (leaf.left, leaf.right)
    )
    orders = [order for pair in product(left, right) for order in (pair, pair[::-1])]
    return _either([_ordered(order, leaf.distance) for order in orders])


def _plain_interval(spelling: str) -> Json:
    return _phrase([*map(_character, mapping.characters(spelling))])


def _glob(glob: Glob) -> Json | None:
    segments = [*_segments(glob)]
    if len(segments) > 2 or not all(segments):
        return None
    sources = [[_class("letters") if char is None else _character(char) for char in each] for each in segments]
    if glob.ends_word:
        sources[-1][-1] = _filtered(sources[-1][-1], "contained_by", _class("ends"))
    elif glob.starts_word:
        sources[0][0] = _filtered(sources[0][0], "contained_by", _class("starts"))
    if len(segments) == 1:
        return _phrase(sources[0])
    if not all(char is None or may_be_wild(char) for each in segments for char in each):
        return None  # marks in the pieces could not be told from those between them
    gap = _ordered([*map(_phrase, sources)], GLOB_GAP)
    return _filtered(gap, "not_containing", _class("marks"))


def _segments(glob: Glob) -> Iterator[list[str | None]]:
    """What stands between the stars, character by character; None for any."""
    segment: list[str | None] = []
    for piece in glob.pieces:
        if piece is Wild.MANY:
            yield segment
            segment = []
        else:
            segment.extend([None] if isinstance(piece, Wild) else mapping.characters(piece))
    yield segment


def _character(token: str) -> Json:
    return {"match": {"query": token, "analyzer": "whitespace"}}


def _class(field: str) -> Json:
    return {"match": {"query": mapping.HERE, "analyzer": "whitespace", "use_field": field}}


def _phrase(sources: Sequence[Json]) -> Json:
    return sources[0] if len(sources) == 1 else _ordered(sources, 0)


def _ordered(sources: Sequence[Json], gaps: int) -> Json:
    return {"all_of": {"mode": "ordered", "max_gaps": gaps, "intervals": [*sources]}}


def _either(sources: Sequence[Json]) -> Json:
    return sources[0] if len(sources) == 1 else {"any_of": {"intervals": [*sources]}}


def _filtered(source: Json, relation: str, other: Json) -> Json:
    return {"all_of": {"intervals": [source], "filter": {relation: other}}}
