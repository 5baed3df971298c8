"""The facade that asks: query string and filters → request → engine → highlighted results."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from indexer.analysis import Analyzer, SynonymFile, Synonyms
from indexer.analysis.fold import other_scripts
from indexer.engines.contract import Engine
from indexer.engines.per_commit import PerCommit
from indexer.engines.requests import Answer, Counts, Request, Scored
from indexer.engines.scoring import contributions, weights_of_parts
from indexer.model import (
    NOTHING,
    ChapterCount,
    Document,
    DocumentGroup,
    Filters,
    Hit,
    Or,
    OtherMatch,
    Passage,
    QueryWarning,
    Range,
    Results,
    SyntaxNode,
    Tier,
    Weights,
)
from indexer.model.choices import FACETS, MAX_FACET, MAX_OFFSET
from indexer.query.options import Options, check_query
from indexer.query.planner import Plan, make_plan
from indexer.query.syntax import parse
from indexer.search.facet_values import FacetValues
from indexer.search.filter_check import FilterCheck
from indexer.search.highlighter import Highlighter
from indexer.search.searched_corpus import SearchedCorpus
from indexer.search.snippets import snippet
from indexer.search.suggestions import FEW, MOST, Suggester

if TYPE_CHECKING:
    from indexer.embedding.model import EmbeddingModel
    from indexer.model import Completion, Diagnosis, Explanation, UnfoundWord
    from indexer.search.completion import Completable, Completer

# Questions that reach what is derived once for each way of asking.
_EVERYWHERE = " OR ".join(f"{field}的" for field in ("", "标题:", "章节:", "主题:", "文档:"))
_WARMING = (
    ("第三十九条 数据龘龘", Options()),
    ("不满十八周岁的人依照人民法院的规定第12条(一)项有几年时间可以提起诉讼吗？", Options()),  # as questions are put
    (_EVERYWHERE, Options(facets=FACETS, chapters=1, facet_depth=MAX_FACET)),  # of which those of any depth are parts
    ("的", Options(scope="section", collapse="text")),
    ("的", Options(sort="date")),
)

# Values of ``match`` with which meaning counts.
_WITH_MEANING = ("auto", "relax", "near")


class Searcher:
    """Asks one engine, with the analyzer its index was built with."""

    def __init__(
        self,
        engine: Engine,
        analyzer: Analyzer,
        model: EmbeddingModel | None = None,
        standing: Sequence[QueryWarning] = (),
        synonyms: SynonymFile | None = None,
    ) -> None:
        """Ask ``engine``.

        Args:
            engine: what holds the index.
            analyzer: what its index was built with.
            model: likewise, what its vectors were made with; without one, words alone decide.
            standing: what every answer warns of.
            synonyms: a file whose synonyms are used instead of those that the index keeps.
        """
        self.analyzer = analyzer
        self._model, self._standing = model, tuple(standing)
        self._synonym_file = synonyms
        self._engine = engine
        self._corpus = SearchedCorpus(engine)
        self._filter_check = FilterCheck(engine)
        self._completer = PerCommit(engine, self._make_completer)
        self._columns = PerCommit(engine, engine.columns)
        self._suggester = Suggester(engine, analyzer, self._corpus, self._completer)
        # Documents by id, each looked up once: facets name the same ones again and again.
        self._document_of: PerCommit[Callable[[str], Document | None]] = PerCommit(
            engine, lambda: cache(engine.document)
        )

    def search(self, query: str, filters: Filters, options: Options) -> Results:
        """See ``Index.search``."""
        with self._engine.one_commit():
            return self._search(query, filters, options)

    def similar(self, passage: Passage, filters: Filters, options: Options) -> Results:
        """See ``Index.search``: the likes of a passage, all of them in ``near``."""
        with self._engine.one_commit():
            started = time.perf_counter()
            asked = self._request_like(passage, filters, options)
            answer = self._engine.search(asked)
            warnings = (*self._filter_check.warnings(filters, found=_has_any(answer)), *answer.warnings)
            return self._results(answer, asked, options, started, like=passage.id, warnings=warnings)

    def _request_like(self, passage: Passage, filters: Filters, options: Options) -> Request:
        from indexer.search import similar  # as all that is no search, which nobody who searches waits for

        wanted = similar.example(passage, self.analyzer, self._corpus)
        request = _request(
            Plan(((Tier.NEAR, wanted.tree),), (passage.text,), (), {}, wanted.terms),
            filters,
            replace(options, without=(*options.without, *similar.LEFT_OUT)),
        )
        meaning = similar.meaning_of(passage, self._engine) if request.weights.dense else None
        if meaning is None:
            return request
        tiers = (*request.tiers, (Tier.NEAR, meaning.tree))
        return replace(
            request, tiers=tiers, vector=meaning.vector, weights=replace(request.weights, dense=similar.WEIGHT)
        )

    def _search(self, query: str, filters: Filters, options: Options) -> Results:
        started = time.perf_counter()
        tree, warnings = parse(check_query(query), self._columns())
        synonyms, problems = self.synonyms()
        plan = self._plan(query, tree, options, synonyms)
        asked = self._request(plan, filters, options)
        answer = self._engine.search(asked)
        return self._results(
            answer,
            asked,
            options,
            started,
            query=query,
            has_runs=bool(plan.runs),
            named=tuple(self._named(plan)),
            warnings=(
                *warnings,
                *problems,
                *plan.warnings,
                *self._filter_check.warnings(filters, found=_has_any(answer)),
                *answer.warnings,
                *self._standing,
            ),
            suggestions=self._suggestions(query, tree, answer, filters, options),
            synonyms=plan.synonyms,
        )

    def _results(
        self, answer: Answer, asked: Request, options: Options, started: float, *, query: str = "", **others: Any
    ) -> Results:
        """What was answered, and ``others`` that are known of what was asked; ``started`` is when, in seconds."""
        hits = tuple(self._hits(answer, asked, options))
        return Results(
            query=query,
            total=_total(answer.counts),
            at_least=answer.at_least,
            tiers={tier.value: answer.counts[tier] for tier in Tier},
            hits=hits,
            entries=answer.entries,
            next_offset=_next_offset(answer, options),
            groups=tuple(_groups(answer, hits)),
            facets=FacetValues(answer.facets, self._document_of()),
            truncated=_truncated(answer, options),
            chapters=tuple(self._chapters(answer)),
            generation=self._engine.generation,
            took_ms=round((time.perf_counter() - started) * 1_000, 3),
            lists_near=asked.lists_near and any(tier is Tier.NEAR for tier, _ in asked.tiers),
            **others,
        )

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        """See ``Index.complete``."""
        return self._completer().complete(prefix, limit)

    def warm(self) -> Iterator[None]:
        """See ``Engine.warm``: what a question needs first comes first."""
        self.analyzer.load()
        for query, options in _WARMING:
            self.search(query, Filters(), options)
            yield
        yield from self._engine.warm()
        self._completer()
        yield
        yield from self._suggester.warm()

    def completables(self) -> tuple[Completable, ...]:
        """See ``Index.completables``."""
        from indexer.search.completion import completables

        return tuple(completables(self._engine, self.analyzer))

    def _make_completer(self) -> Completer:
        from indexer.search.completion import Completer

        return Completer(self._engine, self.analyzer)

    def explain(self, query: str) -> Explanation:
        """How a query is understood. Raises as ``search`` does."""
        from indexer.search.explain import explain

        tree, warnings = parse(check_query(query), self._columns())
        synonyms, problems = self.synonyms()
        plan = self._plan(query, tree, Options(), synonyms)
        return explain(query, plan, (*warnings, *problems, *plan.warnings))

    def unfound_words(self, queries: Iterable[str]) -> tuple[UnfoundWord, ...]:
        """See ``Index.unfound_words``."""
        from indexer.search.unfound_words import unfound_words

        with self._engine.one_commit():
            return unfound_words(self._engine, self.analyzer, self.synonyms()[0], queries)

    def diagnose(self, query: str, filters: Filters, options: Options) -> Diagnosis:
        """See ``Index.diagnose``."""
        from indexer.search.diagnosis import Totals, diagnose

        counted = replace(options, match="all" if options.match == "auto" else options.match)
        total = Totals(partial(self._counts, options=counted))
        tree, _ = parse(check_query(query), self._columns())
        plan = self._plan(query, tree, Options(), self.synonyms()[0])
        with self._engine.one_commit():
            return diagnose(self._engine, self.analyzer, query, self._columns(), plan, filters, total)

    def synonyms(self) -> tuple[Synonyms, tuple[QueryWarning, ...]]:
        """Return the synonyms in force, and what is wrong with their file."""
        return self._synonym_file.read() if self._synonym_file else (self.analyzer.synonyms, ())

    def _plan(self, query: str, tree: SyntaxNode, options: Options, synonyms: Synonyms) -> Plan:
        used = synonyms if options.synonyms == "on" else Synonyms()
        return make_plan(query, tree, self.analyzer, options.match, options.script, self._corpus, used)

    def _counts(self, query: str, filters: Filters, options: Options) -> Counts:
        plan = self._plan(query, parse(query, self._columns())[0], options, self.synonyms()[0])
        return self._engine.count(_request(plan, filters, options))

    def _request(self, plan: Plan, filters: Filters, options: Options) -> Request:
        """A request that also asks for what is near in meaning, where that can be told."""
        request = _request(plan, filters, options)
        if self._model is None or not plan.meant or options.match not in _WITH_MEANING:
            return request
        weights = request.weights
        if self._model.weight is not None and weights.dense:
            weights = replace(weights, dense=self._model.weight)
        return replace(
            request,
            tiers=(*request.tiers, (Tier.NEAR, plan.near)),
            vector=self._model.query(plan.meant),
            lists_near=options.match == "near",
            weights=weights,
        )

    def _suggestions(
        self, query: str, tree: SyntaxNode, answer: Answer, filters: Filters, options: Options
    ) -> tuple[str, ...]:
        """Other queries, if few passages hold this one: in the other script if only one was wanted, and look-alikes.

        Each is counted as a whole, under the same filters; of look-alikes only those are offered that find more, or
        more that hold them as they stand: words apart (劳动, 和, 同法) are in many passages by chance.
        """
        if answer.counts[Tier.EXACT] >= FEW:
            return ()
        scripts = other_scripts(query) if options.script == "exact" else ()
        offered = self._suggester.suggest(query, tree)
        if not (scripts or offered):
            return ()
        counted = replace(options, match="exact" if options.match == "exact" else "all")
        counts = partial(self._counts, filters=filters, options=counted)
        others = (other for other in scripts if _total(counts(other).tiers))
        alike = (other for other in offered if _finds_more(counts(other), answer))
        return tuple(dict.fromkeys((*others, *islice(alike, MOST))))

    def _named(self, plan: Plan) -> Iterator[Document]:
        """The documents that a query names, in the order in which it does."""
        return filter(None, map(self._document_of(), plan.named))

    def _chapters(self, answer: Answer) -> Iterator[ChapterCount]:
        document_of = self._document_of()
        for counted in answer.chapters.values:
            document_id, *heading = tuple(counted.key)
            if document := document_of(document_id):  # else it is of a commit made meanwhile
                chapter = heading[0] if heading else None
                yield ChapterCount(document, chapter, counted.count, counted.some)

    def _hits(self, answer: Answer, asked: Request, options: Options) -> Iterator[Hit]:
        # of a tier's grades the last is kept: it is true wherever any is and seeks every spelling, so it marks all
        trees = dict(asked.tiers) | {Tier.NEAR: NOTHING}
        of_tier: dict[Tier, Highlighter] = {}
        # the hits of a section that are shown as one may be of any tier
        of_any = Highlighter(Or(tuple(trees.values())), self.analyzer) if options.collapse == "section" else None
        weights = weights_of_parts(asked.weights)
        for scored in answer.hits:
            if scored.tier not in of_tier:
                of_tier[scored.tier] = Highlighter(trees[scored.tier], self.analyzer)
            own = of_tier[scored.tier]
            yield self._hit(scored, own, of_any or own, weights, options)

    def _hit(
        self,
        scored: Scored,
        highlighter: Highlighter,
        of_others: Highlighter,
        weights: Mapping[str, float],
        options: Options,
    ) -> Hit:
        found = highlighter.highlight(scored.passage, scored.document)
        return Hit(
            document=scored.document,
            passage=scored.passage,
            score=scored.score,
            tier=scored.tier,
            highlights=found.text,
            path_highlights=found.path,
            title_highlights=found.title,
            work_highlights=found.work,
            snippet=snippet(scored.passage.text, found.text),
            others=tuple(self._others(scored, of_others, options)),
            parts=contributions(scored.parts, weights),
            copies=() if options.collapse == "section" else scored.copies,
            copy_count=0 if options.collapse == "section" else scored.copy_count,
        )

    def _others(self, scored: Scored, highlighter: Highlighter, options: Options) -> Iterator[OtherMatch]:
        """The other passages of a hit's section: with ``scope`` those that hold something of the query, with
        ``collapse`` the hits that are folded into it, in their order.
        """
        if options.scope == "section":
            own, section = scored.passage.ordinal, scored.passage.section
            passages = self._engine.passages(scored.document.id, section)
            for passage in passages:
                if passage.ordinal != own and (found := highlighter.highlight_text(passage)):
                    yield _other(passage, found)
        elif options.collapse == "section":
            for place in scored.copies:
                yield _other(place.passage, highlighter.highlight_text(place.passage))


def _other(passage: Passage, found: tuple[Range, ...]) -> OtherMatch:
    return OtherMatch(passage, found, snippet(passage.text, found))


def _next_offset(answer: Answer, options: Options) -> int | None:
    """Where the page after this one begins."""
    following = options.offset + options.limit
    return following if options.limit and following < min(answer.entries, MAX_OFFSET + 1) else None


def _groups(answer: Answer, hits: Sequence[Hit]) -> Iterator[DocumentGroup]:
    start = 0
    for group in answer.groups:
        yield DocumentGroup(group.document, group.count, group.some, tuple(hits[start : start + group.hits]))
        start += group.hits


def _truncated(answer: Answer, options: Options) -> tuple[str, ...]:
    facets = [name for name in options.facets if answer.facets[name].truncated]
    return (*facets, "chapters") if answer.chapters.truncated else tuple(facets)


def _finds_more(counted: Counts, answer: Answer) -> bool:
    """Whether a query finds more than was answered, or more that hold it as it stands."""
    found = counted.tiers
    return _total(found) > _total(answer.counts) or found[Tier.EXACT] > answer.counts[Tier.EXACT]


def _has_any(answer: Answer) -> bool:
    """Whether an answer has hits of any tier, listed or not."""
    return any(answer.counts.values())


def _total(counts: Mapping[Tier, int]) -> int:
    return counts[Tier.EXACT] + counts[Tier.ALL]


def _weights(options: Options) -> Weights:
    return Weights().without(*options.without)


def _request(plan: Plan, filters: Filters, options: Options) -> Request:
    return Request(
        tiers=plan.tiers,
        terms=plan.terms,
        precedence=plan.precedence,
        weights=_weights(options),
        rank_headings=plan.names_headings,
        filters=filters,
        scope=options.scope,
        sort=options.sort if plan.runs or options.sort != "relevance" else "order",
        offset=options.offset,
        limit=options.limit,
        facets=tuple(options.facets),
        facet_depth=options.facet_depth,
        facet_limit=options.facet_limit,
        chapters=options.chapters,
        collapse=options.collapse,
        group=options.group,
        group_limit=options.group_limit,
    )
