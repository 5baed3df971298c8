"""``python -m bench.history``: the runs of ``bench.speed`` that ``bench/results`` keeps, as one picture, goal by goal.

Figures of one run are those of one machine at one time: a step between two runs of a day says more than one between
days.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from bench import ROOT
from bench.goals import Goal, goals

RESULTS = ROOT / "bench" / "results"
PICTURE = RESULTS / "history.svg"
_COLUMNS = 3
_WIDTH, _HEIGHT = 330, 150
_LEFT, _TOP, _RIGHT, _BOTTOM = 14, 40, 14, 40
# What the names of all runs have, and there is no room for.
_CORPUS = "-laws-large"

# A figure of a run: the run's name and the goal with what it was.
Point = tuple[str, Goal]


def runs(folder: Path = RESULTS) -> Iterator[tuple[str, list[Goal]]]:
    """The name and the goals of each run that is kept, in order."""
    for file in sorted(folder.glob("*.json"), key=_moment):
        kept = json.loads(file.read_text("utf-8"))
        if "queries" in kept and (found := goals(kept)):
            yield file.stem, found


def _moment(file: Path) -> tuple[str, bool, str]:
    """When a run was: its day, of those of a day the one before a change first, and the others by name."""
    return file.stem[:10], not file.stem.endswith("before"), file.stem


def by_goal(kept: Sequence[tuple[str, list[Goal]]]) -> dict[str, list[Point]]:
    """Name of a goal → the runs that have its figure."""
    found: dict[str, list[Point]] = {}
    for run, every in kept:
        for each in every:
            found.setdefault(each.name, []).append((run, each))
    return found


def picture(kept: Sequence[tuple[str, list[Goal]]]) -> str:
    """An SVG with a panel for each goal."""
    panels = by_goal(kept)
    lines = math.ceil(len(panels) / _COLUMNS)
    body = "".join(
        f'<g transform="translate({at % _COLUMNS * _WIDTH},{at // _COLUMNS * _HEIGHT})">{_panel(name, points)}</g>'
        for at, (name, points) in enumerate(panels.items())
    )
    width, height = _COLUMNS * _WIDTH, lines * _HEIGHT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' font-family="sans-serif" font-size="11"><rect width="{width}" height="{height}" fill="#fff"/>{body}</svg>\n'
    )


def _panel(name: str, points: Sequence[Point]) -> str:
    """One goal: a dashed line where it is, a mark and the figure for each run."""
    goal = points[0][1].goal
    most = 1.15 * max(goal, *(each.now for _, each in points))
    step = (_WIDTH - _LEFT - _RIGHT) / len(points)
    places = [(_LEFT + (at + 0.5) * step, _at(each.now, most), run, each) for at, (run, each) in enumerate(points)]
    path = " ".join(f"{x:.0f},{y:.0f}" for x, y, _, _ in places)
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{"#1a7f37" if each.is_met else "#b35900"}"/>'
        f'<text x="{x:.0f}" y="{y - 6:.0f}" text-anchor="middle">{each.now:.3g}</text>'
        f'<text x="{x:.0f}" y="{_HEIGHT - 24 + 11 * (at % 2)}" text-anchor="middle" font-size="8" fill="#666">'
        f"{escape(run.replace(_CORPUS, ''))}</text>"
        for at, (x, y, run, each) in enumerate(places)
    )
    line, end = _at(goal, most), _WIDTH - _RIGHT
    return (
        f'<text x="{_LEFT}" y="18" font-weight="bold">{escape(name)}</text>'
        f'<line x1="{_LEFT}" x2="{end}" y1="{line:.0f}" y2="{line:.0f}" stroke="#999" stroke-dasharray="4"/>'
        f'<text x="{end}" y="{line + 9:.0f}" text-anchor="end" font-size="8" fill="#666">goal {goal:g}</text>'
        f'<polyline points="{path}" fill="none" stroke="#0969da"/>{marks}'
    )


def _at(value: float, most: float) -> float:
    """How far down a value stands."""
    return _HEIGHT - _BOTTOM - value / most * (_HEIGHT - _TOP - _BOTTOM)


def main() -> None:
    """Draw it."""
    PICTURE.write_text(picture(list(runs())), "utf-8")
    print(PICTURE.relative_to(ROOT))


if __name__ == "__main__":
    main()
