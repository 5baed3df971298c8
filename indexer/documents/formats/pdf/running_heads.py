"""What stands on every page and belongs to none: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from indexer.documents.formats.pdf.lines import Line

_PAGE_NUMBER = re.compile(
    r"[-—–―－·•\s]*第?\s*[0-9０-９ivxlcIVXLC]{1,5}\s*页?(?:[/／共，,\s]*[0-9０-９]{1,4}\s*页?)?[-—–―－·•\s]*"
)
_COUNTED = re.compile(r"[0-9０-９ivxIVX零〇一二三四五六七八九十百]+")
# Text and height → the pages that have it there.
_Seen: TypeAlias = defaultdict[tuple[str, int], set[int]]
# Lines from the top and from the bottom of a page that may be running heads.
_EDGE_LINES = 3
_LEAST_PAGES = 3
# Of so few pages, left and right ones have no three; what is longer than a number repeats on two not by chance.
_FEW_PAGES, _LONGEST_NUMBER = 6, 6
# Share of the pages that has a running head; chapters have their own, left and right pages too.
_LEAST_SHARE = 0.1
# Share of the height from either edge: what surely is, and what may be, outside the text.
_MARGIN, _WIDE_MARGIN = 0.12, 0.2
_OFTEN = 0.5
# Points in which heights are told apart.
_STEP = 6.0


def without_running_heads(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], list[str]]:
    """Return the pages without running heads and page numbers, and the texts of these.

    A running head is a text that stands, but for its numbers, at one height on three pages or more.
    """
    seen: _Seen = defaultdict(set)
    edges = [_edge(page) for page in pages]
    for number, edge in enumerate(edges):
        for line in edge:
            for text in (line.text, _masked(line)):
                seen[text, round(line.bottom / _STEP)].add(number)
    kept: list[list[Line]] = []
    dropped: list[str] = []
    for page, edge, height in zip(pages, edges, heights, strict=True):
        out = {id(line) for line in edge if _is_outside(line, height, seen, len(pages))}
        dropped += [line.text for line in page if id(line) in out]
        kept.append([line for line in page if id(line) not in out])
    return kept, list(dict.fromkeys(dropped))


def _edge(page: Sequence[Line]) -> list[Line]:
    by_height = sorted((line for line in page if not line.cells), key=lambda line: -line.bottom)
    return list(dict.fromkeys((*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:])))


def _masked(line: Line) -> str:
    return _COUNTED.sub("#", re.sub(r"\s", "", line.text))


def _count(seen: _Seen, text: str, line: Line) -> int:
    """On how many pages a text stands at about the height of a line."""
    place = round(line.bottom / _STEP)
    return len(set().union(*(seen.get((text, place + step), set()) for step in (-1, 0, 1))))


def _is_outside(line: Line, height: float, seen: _Seen, pages: int) -> bool:
    near = line.bottom > (1 - _MARGIN) * height or line.top < _MARGIN * height
    if near and _PAGE_NUMBER.fullmatch(line.text):
        return True
    least = 2 if pages <= _FEW_PAGES and len(line.text) > _LONGEST_NUMBER else _LEAST_PAGES
    if near and _count(seen, _masked(line), line) >= max(least, _LEAST_SHARE * pages):
        return True
    nearly = line.bottom > (1 - _WIDE_MARGIN) * height or line.top < _WIDE_MARGIN * height
    return nearly and _count(seen, line.text, line) >= max(_LEAST_PAGES, _OFTEN * pages)
