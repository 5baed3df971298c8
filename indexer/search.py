"""The facade that asks: query string and filters → request → engine → highlighted results."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from indexer.analysis import Analyzer
from indexer.analysis.fold import other_scripts
from indexer.engines.base import Answer, Engine, Request, Scored
from indexer.engines.scoring import Weights, contributions
from indexer.explain import explain
from indexer.facets import facet_value
from indexer.filtering import FilterCheck
from indexer.highlight import highlight, snippet
from indexer.model import Completion, Document, Explanation, FacetValue, Filters, Hit, Node, OtherMatch, Results, Tier
from indexer.parameters import Options, check_query
from indexer.plan import Plan, make_plan
from indexer.query import parse
from indexer.suggest import FEW, MOST, Suggester

if TYPE_CHECKING:
    from indexer.completion import Completer


class Searcher:
    """Asks one engine, with the analyzer its index was built with."""

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._suggester = Suggester(engine, analyzer)
        self._filter_check = FilterCheck(engine)
        self._titles: tuple[str, dict[str, Document]] = ("", {})

    def search(self, query: str, filters: Filters, options: Options) -> Results:
        """See ``Index.search``."""
        self._analyzer.load()
        started = time.perf_counter()
        tree, warnings = parse(check_query(query))
        plan, answer = self._ask(query, tree, filters, options)
        return Results(
            query=query,
            total=_total(answer),
            tiers={tier.value: answer.counts[tier] for tier in Tier},
            hits=tuple(self._hits(answer, plan, options)),
            facets=self._facets(answer, options),
            truncated=tuple(name for name in options.facets if answer.facets[name].truncated),
            warnings=(*warnings, *plan.warnings, *self._filter_check.warnings(filters), *answer.warnings),
            suggestions=self._suggestions(query, tree, answer, filters, options),
            generation=self._engine.generation,
            took_ms=round((time.perf_counter() - started) * 1_000, 3),
        )

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        """See ``Index.complete``."""
        return self._completer.complete(prefix, limit)

    @cached_property
    def _completer(self) -> Completer:
        from indexer.completion import Completer

        return Completer(self._engine, self._analyzer)

    def explain(self, query: str) -> Explanation:
        """How a query is understood. Raises as ``search`` does."""
        tree, warnings = parse(check_query(query))
        plan = make_plan(query, tree, self._analyzer)
        return explain(query, plan, (*warnings, *plan.warnings))

    def _ask(self, query: str, tree: Node, filters: Filters, options: Options) -> tuple[Plan, Answer]:
        plan = make_plan(query, tree, self._analyzer, options.match, script_exact=options.script == "exact")
        return plan, self._engine.search(_request(plan, filters, options))

    def _suggestions(
        self, query: str, tree: Node, answer: Answer, filters: Filters, options: Options
    ) -> tuple[str, ...]:
        """Other queries, if few passages hold this one: in the other script if only one was wanted, and look-alikes.

        Each is counted as a whole, under the same filters; of look-alikes only those that find more are offered.
        """
        if answer.counts[Tier.EXACT] >= FEW:
            return ()
        match = "exact" if options.match == "exact" else "all"
        counted = replace(options, match=match, limit=0, offset=0, facets=())

        def total(other: str) -> int:
            return _total(self._ask(other, parse(other)[0], filters, counted)[1])

        others = filter(total, other_scripts(query)) if options.script == "exact" else ()
        alike = (other for other in self._suggester.suggest(query, tree) if total(other) > _total(answer))
        return tuple(dict.fromkeys((*others, *islice(alike, MOST))))

    def _facets(self, answer: Answer, options: Options) -> dict[str, tuple[FacetValue, ...]]:
        documents = self._documents() if "document" in options.facets else {}
        return {
            name: tuple(facet_value(name, counted, documents) for counted in answer.facets[name].values)
            for name in options.facets
        }

    def _hits(self, answer: Answer, plan: Plan, options: Options) -> Iterator[Hit]:
        trees, weights = dict(plan.tiers), _weights(options)
        for scored in answer.hits:
            yield self._hit(scored, trees[scored.tier], weights, options)

    def _hit(self, scored: Scored, tree: Node, weights: Weights, options: Options) -> Hit:
        found = highlight(scored.passage, scored.document, tree, self._analyzer)
        return Hit(
            document=scored.document,
            passage=scored.passage,
            score=scored.score,
            tier=scored.tier,
            highlights=found.text,
            path_highlights=found.path,
            title_highlights=found.title,
            snippet=snippet(scored.passage.text, found.text),
            others=tuple(self._others(scored, tree)) if options.scope == "section" else (),
            parts=contributions(scored.parts, weights),
        )

    def _others(self, scored: Scored, tree: Node) -> Iterator[OtherMatch]:
        """The other passages of a hit's section that hold something of the query."""
        for passage in self._engine.passages(scored.document.id, scored.passage.section):
            if passage.ordinal != scored.passage.ordinal:
                found = highlight(passage, scored.document, tree, self._analyzer)
                if found.text:
                    yield OtherMatch(passage, found.text, snippet(passage.text, found.text))

    def _documents(self) -> dict[str, Document]:
        """Documents by id, looked up once for each commit."""
        generation = self._engine.generation
        if self._titles[0] != generation or not self._titles[1]:
            self._titles = generation, {document.id: document for document in self._engine.documents()}
        return self._titles[1]


def _total(answer: Answer) -> int:
    return answer.counts[Tier.EXACT] + answer.counts[Tier.ALL]


def _weights(options: Options) -> Weights:
    return Weights().without(*options.without)


def _request(plan: Plan, filters: Filters, options: Options) -> Request:
    return Request(
        tiers=plan.tiers,
        terms=plan.terms,
        weights=_weights(options),
        headings_asked=plan.headings_asked,
        filters=filters,
        scope=options.scope,
        sort=options.sort if plan.runs or options.sort != "relevance" else "order",
        offset=options.offset,
        limit=options.limit,
        facets=tuple(options.facets),
        facet_depth=options.facet_depth,
        facet_limit=options.facet_limit,
    )
