"""Rules drawn on a page: lines that lie or stand, or are the sides of rectangles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Points: a rule is thinner than this; ends this near to each other meet.
THICKEST, NEAR = 2.5, 3.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, or what several that hang together take; lengths in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def lies(self) -> bool:
        """Whether it is no higher than thick."""
        return self.top - self.bottom <= THICKEST

    def meets(self, other: Rule) -> bool:
        """Tell whether two rules touch."""
        return (
            self.left <= other.right + NEAR
            and other.left <= self.right + NEAR
            and self.bottom <= other.top + NEAR
            and other.bottom <= self.top + NEAR
        )


def apart(places: Iterable[float]) -> list[float]:
    """Return places in order, those near to one before left out."""
    result: list[float] = []
    for place in sorted(places):
        if not result or place - result[-1] > NEAR:
            result.append(place)
    return result
