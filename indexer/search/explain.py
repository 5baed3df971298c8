"""How a query is understood, for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from indexer.analysis import expand
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import fold
from indexer.model import (
    TIER_NAMES,
    And,
    Explanation,
    Glob,
    Literal,
    Not,
    OfDocuments,
    OnePassage,
    Or,
    QueryLeaf,
    QueryNode,
    QueryWarning,
    Within,
    Years,
    Zone,
)
from indexer.query.planner import Plan
from indexer.query.spans import is_typed

_ZONE_NAMES = {
    Zone.TEXT: "原文",
    Zone.SECTION: "章节",
    Zone.TITLE: "标题",
    Zone.TOPIC: "主题",
    Zone.DOCUMENT: "文档",
    Zone.TAG: "标签",
    Zone.WORK: "著作",
    Zone.FIELD: "字段",
}
# Spellings of a literal that are drawn.
_SPELLINGS = 3


def explain(query: str, plan: Plan, warnings: tuple[QueryWarning, ...]) -> Explanation:
    """The explanation of a query and its plan."""
    expansions = {run: expand(run)[1:] for run in plan.runs}
    return Explanation(
        query=query,
        folded=fold(query).text,
        runs=plan.runs,
        words=plan.words,
        uninformative=tuple(word for word in plan.words if word in uninformative_words()),
        expansions={run: others for run, others in expansions.items() if others},
        regional=plan.regional,
        synonyms=plan.synonyms,
        tree="\n".join(_draw_tiers(plan)),
        warnings=warnings,
    )


def _draw_tiers(plan: Plan) -> Iterator[str]:
    """Yield the lines of each tier; of its grades the last, which holds the others."""
    for tier, node in dict(plan.tiers).items():
        yield from (TIER_NAMES[tier], *_indented(_draw(node)))


def _draw(node: QueryNode) -> list[str]:
    """A tree as lines; levels of one part, and parts said twice, are drawn once."""
    match node:
        case And(()):
            return ["任何段落"]
        case And(children):
            return _draw_parts("全部满足", _flat(And, children))
        case Or(children):
            return _draw_parts("任一满足", _flat(Or, children))
        case Not(child):
            return ["不含", *_indented(_draw(child))]
        case leaf:
            return [_draw_leaf(leaf)]


def _draw_parts(name: str, nodes: Iterable[QueryNode]) -> list[str]:
    parts = list(dict.fromkeys(tuple(_draw(node)) for node in nodes))
    return list(parts[0]) if len(parts) == 1 else [name, *_indented([line for part in parts for line in part])]


def _flat(operator: type[And[QueryLeaf] | Or[QueryLeaf]], children: Sequence[QueryNode]) -> Iterator[QueryNode]:
    """Children, those of the same operator replaced by their own."""
    for child in children:
        if isinstance(child, operator) and child.children:
            yield from _flat(operator, child.children)
        else:
            yield child


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _draw_leaf(leaf: QueryLeaf) -> str:
    match leaf:
        case Literal(_, zones) | Glob(_, _, _, zones):
            return f"{'、'.join(_ZONE_NAMES[zone] for zone in zones)}有{_how(leaf)}：{_sought(leaf)}"
        case Within(left, right, distance):
            return f"原文有，最多隔 {distance} 个字：{_sought(left)} 与 {_sought(right)}"
        case OfDocuments(_, True):
            return "查询所指文档的开头"
        case OfDocuments():
            return "在查询所指的文档里"
        case OnePassage(document_id, ordinal):
            return f"段落 {document_id}-{ordinal}"
        case Years(_, _, True):
            return "没有日期"
        case Years(first, last):
            return f"年份：{first or ''}..{last or ''}" if first != last else f"年份：{first}"


def _how(leaf: Literal | Glob) -> str:
    if is_typed(leaf):
        return "（字形照写）"
    return "（独立成词）" if isinstance(leaf, Literal) and not leaf.alternatives else ""


def _sought(leaf: Literal | Glob) -> str:
    match leaf:
        case Glob():
            return str(leaf)
        case Literal(original=original):
            spellings = leaf.spellings
            more = f" 等 {len(spellings)} 种写法" if len(spellings) > _SPELLINGS else ""
            return original or " / ".join(spellings[:_SPELLINGS]) + more
