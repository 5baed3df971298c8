"""What the speed of a run is held against: the goals of each figure that somebody waits for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure of a run, and what it should be.

    Attributes:
        name: what is measured, with its unit.
        now: the figure.
        goal: the most that it should be; the least, if ``more_is_better``.
    """

    name: str
    now: float
    goal: float
    more_is_better: bool = False

    @property
    def is_met(self) -> bool:
        """Whether it is what it should be."""
        return self.now >= self.goal if self.more_is_better else self.now <= self.goal


# What is measured, the goal, whether more is better, and where the figures of ``bench.speed`` have it.
_GOALS: Sequence[tuple[str, float, bool, Callable[[Mapping[str, Any]], float]]] = (
    ("mixed words, ten best, ms", 3, False, lambda run: run["queries"]["mixed words"]["寻章"]),
    ("mixed words, whole answer, ms", 5, False, lambda run: run["queries"]["mixed words"]["whole"]),
    ("frequent pairs, ten best, × stock Whoosh", 10, True, lambda run: _ratio(run["queries"]["2 words, frequent"])),
    ("question of 30 characters, whole answer, ms", 9, False, lambda run: _question(run)["whole"]),
    ("mixed whole answers, median, ms", 5, False, lambda run: run["mixed"]["median"]),
    ("worst of the mixed whole answers, ms", 40, False, lambda run: run["mixed"]["worst"]),
    ("first answer of the command, s", 0.35, False, lambda run: run["cold"]["first answer s"]),
    ("build, × stock Whoosh", 8, True, lambda run: _build(run["build"])),
    ("large: mixed words, ten best, ms", 12, False, lambda run: run["large"]["ten"]["median"]),
    ("large: mixed words, whole answer, ms", 20, False, lambda run: run["large"]["whole"]["median"]),
    ("large: whole answer, 95 of 100, ms", 120, False, lambda run: run["large"]["whole"]["p95"]),
    ("large: first answer of the command, s", 0.4, False, lambda run: run["large"]["first answer s"]),
    ("large: anonymous after 1,000 queries, MB", 450, False, lambda run: run["large"]["anonymous MB"]),
)


def goals(run: Mapping[str, Any]) -> list[Goal]:
    """The goals of whatever a run has measured: older ones have fewer figures."""
    found = []
    for name, goal, more_is_better, figure in _GOALS:
        try:
            found.append(Goal(name, figure(run), goal, more_is_better))
        except KeyError:
            continue
    return found


def print_goals(found: Sequence[Goal]) -> None:
    """Print a line for each."""
    print(f"\n{'':<48}{'now':>8}{'goal':>8}")
    for each in found:
        print(f"{each.name:<48}{each.now:>8.2f}{each.goal:>8.2f}{'' if each.is_met else '  not met'}")


def _ratio(row: Mapping[str, float]) -> float:
    return row["stock Whoosh"] / row["寻章"]


def _question(run: Mapping[str, Any]) -> Mapping[str, float]:
    row: Mapping[str, float] = run["queries"]["question, 30 characters"]
    return row


def _build(rows: Mapping[str, Mapping[str, float]]) -> float:
    return rows["stock Whoosh"]["seconds"] / rows["寻章"]["seconds"]
