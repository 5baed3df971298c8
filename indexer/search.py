"""The facade that asks: query string and filters → checked request → engine → highlighted results."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence

from indexer.analysis import Analyzer, expand
from indexer.analysis.analyze import uninformative_words
from indexer.analysis.fold import fold
from indexer.engines.base import FACETS, SCOPES, SORTS, Engine, Request, Scored
from indexer.errors import BadParameter, QueryTooLong
from indexer.facets import facet_values, is_truncated
from indexer.highlight import highlight, snippet
from indexer.model import (
    And,
    Document,
    Explanation,
    Filters,
    Glob,
    Hit,
    Kind,
    Literal,
    Node,
    Not,
    Or,
    Results,
    Tier,
    Within,
    Years,
)
from indexer.outline import section_path
from indexer.plan import MATCHES, Plan, make_plan
from indexer.query import parse

# Code points of a query, hits of a page, and hits that may be skipped, at most.
MAX_QUERY = 1_000
MAX_LIMIT = 100
MAX_OFFSET = 1_000_000
DEFAULT_FACETS = ("section", "topic", "document", "tag", "year")
DEFAULT_FACET_DEPTH = 2
DEFAULT_FACET_LIMIT = 50

_YEAR = re.compile(r"(?P<one>\d{4})|(?P<first>\d{4})?\.\.(?P<last>\d{4})?|none")


class Searcher:
    """Asks one engine, with the analyzer its index was built with."""

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._titles: tuple[str, dict[str, Document]] = ("", {})

    def search(
        self,
        query: str,
        filters: Filters,
        *,
        match: str = "auto",
        scope: str = "passage",
        sort: str = "relevance",
        offset: int = 0,
        limit: int = 10,
        facets: Sequence[str] = DEFAULT_FACETS,
        facet_depth: int = DEFAULT_FACET_DEPTH,
        facet_limit: int = DEFAULT_FACET_LIMIT,
    ) -> Results:
        """See ``Index.search``."""
        started = time.perf_counter()
        _check_choice("match", match, MATCHES)
        _check_choice("scope", scope, SCOPES)
        _check_choice("sort", sort, SORTS)
        for name in facets:
            _check_choice("facets", name, FACETS)
        for name, value, most in (("offset", offset, MAX_OFFSET), ("limit", limit, MAX_LIMIT)):
            _check_range(name, value, most)
        for name, value in (("facet_depth", facet_depth), ("facet_limit", facet_limit)):
            _check_range(name, value, 10_000, least=1)
        tree, warnings = parse(check_query(query))
        plan = make_plan(query, tree, self._analyzer, match)
        answer = self._engine.search(
            Request(
                tiers=plan.tiers,
                words=plan.words,
                grams=plan.grams,
                filters=filters,
                scope=scope,
                sort=sort if plan.runs or sort != "relevance" else "order",
                offset=offset,
                limit=limit,
                facets=tuple(facets),
            )
        )
        documents = self._documents() if "document" in facets else {}
        return Results(
            query=query,
            total=answer.counts[Tier.EXACT] + answer.counts[Tier.ALL],
            tiers={tier.value: answer.counts[tier] for tier in Tier},
            hits=tuple(self._hit(scored, plan) for scored in answer.hits),
            facets={
                name: facet_values(name, answer.facets[name], documents, depth=facet_depth, limit=facet_limit)
                for name in facets
            },
            truncated=tuple(name for name in facets if is_truncated(name, answer.facets[name], facet_limit)),
            warnings=(*warnings, *answer.warnings),
            generation=self._engine.generation,
            took_ms=round((time.perf_counter() - started) * 1_000, 3),
        )

    def explain(self, query: str) -> Explanation:
        """How a query is understood. Raises as ``search`` does."""
        tree, warnings = parse(check_query(query))
        plan = make_plan(query, tree, self._analyzer)
        expansions = {run: expand(run)[1:] for run in plan.runs}
        return Explanation(
            query=query,
            folded=fold(query).text,
            runs=plan.runs,
            words=plan.words,
            uninformative=tuple(word for word in plan.words if word in uninformative_words()),
            expansions={run: others for run, others in expansions.items() if others},
            tree="\n".join(f"{tier}\n{_draw(node, 1)}" for tier, node in plan.tiers),
            warnings=warnings,
        )

    def _hit(self, scored: Scored, plan: Plan) -> Hit:
        tree = dict(plan.tiers)[scored.tier]
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
        )

    def _documents(self) -> dict[str, Document]:
        """Documents by id, looked up once for each commit."""
        generation = self._engine.generation
        if self._titles[0] != generation or not self._titles[1]:
            self._titles = generation, {document.id: document for document in self._engine.documents()}
        return self._titles[1]


def check_query(query: str) -> str:
    """``query``, if it is not too long.

    Raises:
        QueryTooLong: more than ``MAX_QUERY`` code points.
    """
    if len(query) > MAX_QUERY:
        raise QueryTooLong(f"查询有 {len(query)} 个字，最多 {MAX_QUERY} 个。", "请截取其中最有特征的一句。")
    return query


def make_filters(
    section: Iterable[str | Sequence[str]] = (),
    topic: Iterable[str] = (),
    document: Iterable[str] = (),
    tag: Iterable[str] = (),
    kind: Iterable[str] = (),
    year: Iterable[str | int] = (),
) -> Filters:
    """Checked filters; a section is a path as a string (``section_value``) or as a sequence of headings.

    Raises:
        BadParameter: a kind or a year that is none.
    """
    for name, values in (("section", section), ("topic", topic), ("document", document), ("tag", tag), ("kind", kind)):
        if isinstance(values, str):
            raise BadParameter(f"{name} 要给一个列表，得到的是一个字符串。", f"请写成 {name}=[…]。")
    kinds = [str(value) for value in kind]
    for value in kinds:
        _check_choice("kind", value, [member.value for member in Kind])
    years = [str(value) for value in ([year] if isinstance(year, str | int) else year)]
    for value in years:
        if not _YEAR.fullmatch(value) or value == "..":
            raise BadParameter(f"年份“{value}”看不懂。", "请写成 2020、2020..2021、2020.. 或 none（没有日期的文档）。")
    return Filters(
        section=tuple(section_path(path) if isinstance(path, str) else tuple(path) for path in section),
        topic=tuple(topic),
        document=tuple(document),
        tag=tuple(tag),
        kind=tuple(map(Kind, kinds)),
        year=tuple(years),
    )


def _check_choice(name: str, value: str, choices: Iterable[str]) -> None:
    if value not in choices:
        raise BadParameter(f"{name} 没有“{value}”这个取值。", f"可用：{'、'.join(choices)}。")


def _check_range(name: str, value: int, most: int, least: int = 0) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadParameter(f"{name} 要是 {least} 到 {most} 之间的整数，得到的是 {value!r}。", f"请改小或改对 {name}。")


def _draw(node: Node, depth: int) -> str:
    """An analysed tree as indented lines, for people."""
    indent = "  " * depth
    match node:
        case And(children) | Or(children):
            name = type(node).__name__.upper()
            return "\n".join([f"{indent}{name}", *(_draw(child, depth + 1) for child in children)])
        case Not(child):
            return f"{indent}NOT\n{_draw(child, depth + 1)}"
    return f"{indent}{_draw_leaf(node)}"


def _draw_leaf(leaf: Node) -> str:
    match leaf:
        case Literal(spellings, zones):
            return f"{' | '.join(spellings)}  [{'+'.join(zones)}]"
        case Glob(pieces, starts, ends, zones):
            return f"{'*' * ends}{''.join(pieces)}{'*' * starts}  [{'+'.join(zones)}]"
        case Within(left, right, distance):
            return f"{_draw_leaf(left)} NEAR/{distance} {_draw_leaf(right)}"
        case Years(first, last, undated):
            return "YEAR none" if undated else f"YEAR {first or ''}..{last or ''}"
    return str(leaf)
