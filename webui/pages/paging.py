"""Links from one page of a long list to the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# Page numbers shown before and after the current one.
AROUND = 3


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Addresses of the other pages.

    Attributes:
        current: number of the page shown, from 1.
        numbered: numbers around the current one, with their addresses.
        previous: address of the page before; empty on the first.
        following: address of the page after; empty on the last.
    """

    current: int
    numbered: tuple[tuple[int, str], ...]
    previous: str
    following: str


def page_links(offset: int, size: int, total: int, address: Callable[[int], str]) -> PageLinks | None:
    """Make the links of the page that begins at ``offset``; None where there is no other page, or no such page.

    Args:
        offset: entries before this page.
        size: entries of a page.
        total: entries of the whole list.
        address: offset → address of the page that begins there.
    """
    if not size or total <= size or offset >= total:
        return None
    current, last = offset // size + 1, -(-total // size)
    numbers = range(max(1, current - AROUND), min(last, current + AROUND) + 1)
    return PageLinks(
        current,
        tuple((number, address((number - 1) * size)) for number in numbers),
        previous=address((current - 2) * size) if current > 1 else "",
        following=address(current * size) if current < last else "",
    )
