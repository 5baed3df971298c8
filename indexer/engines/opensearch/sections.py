"""``scope="section"``: trees over sections, of which a leaf is true as soon as it is for any passage.

Each leaf is asked for by itself and gives the names of the sections that hold it; what a tree says of these is worked
out here, in sets.
"""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property

from indexer.engines.opensearch.cluster import Json
from indexer.engines.opensearch.lowering import Lowering
from indexer.engines.opensearch.queries import EVERYTHING, any_of, filter_queries, one_of
from indexer.engines.opensearch.snapshot import Snapshot
from indexer.engines.requests import Request
from indexer.model import And, Not, Or, QueryNode, Tier


class SectionTiers:
    """The sections that a request finds, by their tiers."""

    def __init__(self, snapshot: Snapshot, request: Request, lowering: Lowering) -> None:
        self._snapshot = snapshot
        self._request = request
        self._lowering = lowering
        self._known: dict[str, Set[str]] = {}

    def counts(self) -> dict[Tier, int]:
        """How many there are of each tier that have a passage which passes the filters."""
        counted = dict.fromkeys(Tier, 0)
        filters = filter_queries(self._request.filters)
        for tier, sections in self._tiers:
            counted[tier] += len(sections & self._holding(*filters) if filters and sections else sections)
        return counted

    def passages(self) -> Json:
        """A query for all passages of these sections, whatever the filters."""
        found = sorted({section for _, sections in self._tiers for section in sections})
        return self._snapshot.passages(one_of("section", found) if found else any_of([]))

    @cached_property
    def _tiers(self) -> list[tuple[Tier, Set[str]]]:
        found: list[tuple[Tier, Set[str]]] = []
        seen: set[str] = set()
        for tier, tree in self._request.tiers:
            sections = self._sections(tree, negated=False) - seen
            seen |= sections
            found.append((tier, sections))
        return found

    def _sections(self, node: QueryNode, *, negated: bool) -> Set[str]:
        match node:
            case And(children):
                sets = [self._sections(child, negated=negated) for child in children]
                return frozenset.intersection(*map(frozenset, sets)) if sets else self._holding()
            case Or(children):
                return frozenset[str]().union(*(self._sections(child, negated=negated) for child in children))
            case Not(child):
                return self._holding() - self._sections(child, negated=not negated)
            case leaf:
                return self._holding(self._lowering.leaf(leaf, negated=negated))

    def _holding(self, *queries: Json) -> Set[str]:
        """The sections with a passage that passes all queries."""
        wanted = self._snapshot.passages(*(query for query in queries if query != EVERYTHING))
        key = repr(wanted)
        if key not in self._known:
            self._known[key] = frozenset(self._snapshot.values("section", wanted))
        return self._known[key]
