"""How a query is understood, for a person to read."""

from __future__ import annotations

from indexer.analysis import expand
from indexer.analysis.analyze import uninformative_words
from indexer.analysis.fold import fold
from indexer.model import And, Explanation, Glob, Literal, Node, Not, Or, QueryWarning, Within, Years
from indexer.plan import Plan


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
        tree="\n".join(f"{tier}\n{_draw(node, 1)}" for tier, node in plan.tiers),
        warnings=warnings,
    )


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
        case Glob(_, _, _, zones):
            return f"{leaf}  [{'+'.join(zones)}]"
        case Within(left, right, distance):
            return f"{_draw_leaf(left)} NEAR/{distance} {_draw_leaf(right)}"
        case Years(first, last, undated):
            return "YEAR none" if undated else f"YEAR {first or ''}..{last or ''}"
    return str(leaf)
