"""What a table of contents of Word names is a heading, also where nothing else says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.model import Block, Kind, Role

_PAGE = re.compile(r"[.…·]*(?:[0-9]{1,4}|[ivxlcIVXLC]{1,6})$")
_LONGEST = 120


class Entry(NamedTuple):
    """An entry of a table of contents.

    Attributes:
        text: with the page at its end.
        level: from 1; None of one in a list of figures, or in a style of its own.
    """

    text: str
    level: int | None


def with_listed_levels(blocks: Sequence[Block], entries: Iterable[Entry], first: int) -> list[Block]:
    """Return the blocks, those with the level of their entry that the table of contents names and that have none.

    Entries and headings are in the same order; what has no paragraph of its own is passed over.

    Args:
        blocks: of the document.
        entries: of its tables of contents.
        first: index of a block before which no heading stands that they name.
    """
    result = list(blocks)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks[first:], first):
        if len(block.text) <= _LONGEST:
            places["".join(block.text.split())].append(index)
    position = first
    for entry in entries:
        found = _next(places, entry.text, position) if entry.level is not None else None
        if found is None:
            continue
        position = found + 1
        block = blocks[found]
        if block.level is None and block.kind is Kind.BODY and block.role is Role.BODY:
            result[found] = replace(block, level=entry.level)
    return result


def _next(places: dict[str, list[int]], text: str, position: int) -> int | None:
    """Return where what an entry says, with or without the number at its end, stands at or after a position."""
    whole = "".join(text.split())
    found = [*places.get(_PAGE.sub("", whole), ()), *places.get(whole, ())]
    return min((index for index in found if index >= position), default=None)
