"""Draw the years of the hits, for the slider that chooses from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Units of the drawing: its height, and the least that can be seen.
HEIGHT, LOWEST = 30, 2
# Years drawn at most; of an index with a stray date of another millennium the latest.
MOST = 300


@dataclass(frozen=True, slots=True)
class YearBar:
    """A year with hits: where its bar is and how high, and whether it is among those that are chosen."""

    x: int
    height: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class YearChart:
    """The drawing, one unit a year.

    Attributes:
        first, last: the years that it reaches from and to.
        begin, end: the years that are chosen; where none are, these are all.
    """

    bars: tuple[YearBar, ...]
    first: int
    last: int
    begin: int
    end: int

    @property
    def width(self) -> int:
        """Years that it reaches over."""
        return self.last - self.first + 1


def year_chart(years: Sequence[tuple[str, int]], chosen: Sequence[str]) -> YearChart | None:
    """Make the drawing; None where there are not two years to choose between.

    Args:
        years: values of the filter with their hits, in any order.
        chosen: values of the filter; only one range or year is a range of the slider.
    """
    counts = {int(year): count for year, count in years if year.isdigit()}
    last = max(counts, default=0)
    counts = {year: count for year, count in counts.items() if year > last - MOST}
    if len(counts) < 2:
        return None
    first, most = min(counts), max(counts.values()) or 1
    begin, end = _range(chosen, first, last)
    bars = [
        YearBar(year - first, max(LOWEST, round(HEIGHT * count / most)), begin <= year <= end)
        for year, count in sorted(counts.items())
    ]
    return YearChart(tuple(bars), first, last, begin, end)


def _range(chosen: Sequence[str], first: int, last: int) -> tuple[int, int]:
    begin, dots, end = chosen[0].partition("..") if len(chosen) == 1 else ("", "..", "")
    ends = (begin, end if dots else begin)
    begun, ended = (int(year) if year.isdigit() else whole for year, whole in zip(ends, (first, last), strict=True))
    return min(max(begun, first), last), min(max(ended, first), last)
