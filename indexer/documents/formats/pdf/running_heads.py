"""What stands on every page and belongs to none: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise, takewhile
from statistics import median
from typing import TypeAlias

from indexer.documents.formats.pdf.lines import Line

_PAGE_NUMBER = re.compile(
    r"[-—–―－·•\s]*第?\s*[0-9０-９ivxlcIVXLC]{1,5}\s*页?(?:[/／共，,\s]*[0-9０-９]{1,4}\s*页?)?[-—–―－·•\s]*"
)
# The number of its page at either end of a running head, and the line above an article in a journal.
_FIRST_NUMBER = re.compile(r"[-—·\s]*([0-9]{1,4})(?:\s{1,3}|$|·)")
_LAST_NUMBER = re.compile(r"(?:\s|[·第])([0-9]{1,4})(?:\s?页)?[-—·\s]*$")
_LAST_ROMAN = re.compile(r"(?:\s|(?<=[\u3400-\u9fff]))([ivxlc]{1,6})$")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NAMED = re.compile(r"(?:\s{2}|\u3000)第\s?([0-9]{1,4})\s?页$")
_JOURNAL = re.compile(r"第\s*[0-9０-９]+\s*卷.{0,3}第\s*[0-9０-９]+\s*期")
_CHAPTER = re.compile(r"第\s?[零〇一二三四五六七八九十百0-9]{1,5}\s?[章回节讲课篇]\s?[:：]?")
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
# The same for a part of one, beside which the chapter stands; the left and the right pages may have their own.
_PART_SHARE = 0.3
# Pages on which lines repeat at a height where running heads stand, times the usual distance of lines by which they are
# apart from the text, and points between two lines.
_LEAST_PLACED, _APART, _SAME_LINE = 8, 1.25, 2.0
# Share of the height from either edge: what surely is, and what may be, outside the text.
_MARGIN, _WIDE_MARGIN = 0.12, 0.2
_OFTEN = 0.5
# Share of the size of the text that small heads have at most.
_SMALL = 0.8
# Points in which heights are told apart.
_STEP = 6.0


def without_running_heads(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], *, slides: bool = False
) -> tuple[list[list[Line]], list[str]]:
    """Return the pages without running heads and page numbers, and the texts of these.

    A running head is a text that stands, but for its numbers, at one height on three pages or more, or where the first
    or last lines of most pages stand apart and repeat on the next: the name of a chapter may be on two. What does so on
    slides names them.
    """
    seen: _Seen = defaultdict(set)
    often = _small_and_often(pages)
    edges = [_edge(page, often) for page in pages]
    for number, edge in enumerate(edges):
        for line in edge:
            for text in (line.text, _masked(line.text), *map(_masked, _parts(line))):
                seen[text, _place(line)].add(number)
    offsets = _offsets(edges, heights)
    places = {} if slides else _places(pages, heights, seen)
    kept: list[list[Line]] = []
    dropped: list[str] = []
    for page, edge, height in zip(pages, edges, heights, strict=True):
        out = {
            id(line)
            for line in edge
            if _is_outside(line, height, seen, len(pages)) or _has_number(line, height, offsets)
        }
        out |= {id(line) for line in _apart(page, height) if line.size in places.get(_place(line), ())}
        dropped += [line.text for line in page if id(line) in out]
        kept.append([line for line in page if id(line) not in out])
    return kept, list(dict.fromkeys(dropped))


def _edge(page: Sequence[Line], often: Set[tuple[str, int]]) -> list[Line]:
    """Return the lines at the top and at the bottom of a page: few, or as many as slides have in their small heads."""
    by_height = sorted((line for line in page if not line.cells), key=lambda line: -line.bottom)
    below = takewhile(lambda line: (line.text, _place(line)) in often, by_height[_EDGE_LINES:])
    return list(dict.fromkeys((*by_height[:_EDGE_LINES], *below, *by_height[-_EDGE_LINES:])))


def _small_and_often(pages: Sequence[Sequence[Line]]) -> Set[tuple[str, int]]:
    """Return what is set much smaller than the text and stands at the same height on many pages: names of chapters."""
    lengths: Counter[float] = Counter()
    for text, size in {(line.text, line.size) for page in pages for line in page}:
        lengths[size] += sum(map(str.isalnum, text))
    usual = max(lengths, key=lambda size: (lengths[size], size), default=0.0)
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({(line.text, _place(line)) for line in page if line.size < _SMALL * usual})
    least = max(_LEAST_PAGES, _OFTEN * len(pages))
    return {what for what, count in counts.items() if count >= least}


def _apart(page: Sequence[Line], height: float) -> Iterator[Line]:
    """Yield the first and the last line of a page that stand in its margins, smaller than the text or far from it."""
    lines = sorted((line for line in page if not line.cells), key=lambda line: -line.bottom)
    gaps = [above.bottom - below.bottom for above, below in pairwise(lines)]
    least = _APART * median([gap for gap in gaps if gap > _SAME_LINE] or [0.0])
    for line, gap, beside in ((lines[0], gaps[0], lines[1]), (lines[-1], gaps[-1], lines[-2])) if gaps else ():
        if (gap > least or line.size < beside.size) and _is_near(line, height):
            yield line


def _places(pages: Sequence[Sequence[Line]], heights: Sequence[float], seen: _Seen) -> dict[int, set[float]]:
    """Return the heights at which most pages have a first or last line that repeats, with the sizes of these lines."""
    repeated: defaultdict[int, list[Line]] = defaultdict(list)
    for page, height in zip(pages, heights, strict=True):
        for line in _apart(page, height):
            if _is_near_another(line, seen):
                repeated[_place(line)].append(line)
    least = max(_LEAST_PLACED, _OFTEN * len(pages))
    near = {place: [line for step in (-1, 0, 1) for line in repeated.get(place + step, ())] for place in repeated}
    return {place: {line.size for line in lines} for place, lines in near.items() if len(lines) >= least}


def _is_near_another(line: Line, seen: _Seen) -> bool:
    """Tell whether the text stands at this height on the next page or the one before, be they left or right ones."""
    return any(0 < abs(page - (line.page - 1)) <= 2 for page in _pages(seen, line.text, line))


def _place(line: Line) -> int:
    return round(line.bottom / _STEP)


def _ends(line: Line) -> list[int]:
    """The numbers that stand at either end of a line, apart from its words."""
    found = _FIRST_NUMBER.match(line.text), _LAST_NUMBER.search(line.text)
    roman = _LAST_ROMAN.search(line.text)
    return [*(int(match[1]) for match in found if match), *([_roman(roman[1])] if roman else [])]


def _roman(letters: str) -> int:
    """Return the value of a Roman numeral."""
    values = [_ROMAN[letter] for letter in letters]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _offsets(edges: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[int]:
    """How many pages the printed numbers of running heads are behind; prefaces count by themselves."""
    counts: Counter[int] = Counter()
    for edge, height in zip(edges, heights, strict=True):
        offsets = {line.page - number for line in edge if _is_near(line, height) for number in _ends(line)}
        counts.update(offsets)
    return {
        offset for offset, count in counts.most_common(2) if count >= max(_LEAST_PAGES + 1, _LEAST_SHARE * len(edges))
    }


def _has_number(line: Line, height: float, offsets: set[int]) -> bool:
    """Tell a running head by the number of its page, or as that of a journal."""
    if not _is_near(line, height):
        return False
    return any(line.page - number in offsets for number in _ends(line)) or _JOURNAL.search(line.text) is not None


def _is_near(line: Line, height: float) -> bool:
    return line.bottom > (1 - _MARGIN) * height or line.top < _MARGIN * height


def _masked(text: str) -> str:
    return _COUNTED.sub("#", re.sub(r"\s", "", text))


def _parts(line: Line) -> list[str]:
    """What wide gaps part in a line, without what is no more than a number: its chapter, the title of the document."""
    if not line.parts:
        return []
    ends = [*(part.start for part in line.parts[1:]), len(line.text)]
    texts = [line.text[part.start : end].strip() for part, end in zip(line.parts, ends, strict=True)]
    return [text for text in texts if len(text) > _LONGEST_NUMBER]


def _count(seen: _Seen, text: str, line: Line) -> int:
    """On how many pages a text stands at about the height of a line."""
    return len(_pages(seen, text, line))


def _pages(seen: _Seen, text: str, line: Line) -> set[int]:
    """The pages, from 0, on which a text stands at about the height of a line."""
    place = _place(line)
    return set().union(*(seen.get((text, place + step), set()) for step in (-1, 0, 1)))


def _is_chapter(line: Line, seen: _Seen) -> bool:
    """Tell headings that happen to open pages, 第三章, 第七章, from a running head, which stands on several."""
    return _CHAPTER.fullmatch(line.text) is not None and _count(seen, line.text, line) == 1


def _is_outside(line: Line, height: float, seen: _Seen, pages: int) -> bool:
    near = _is_near(line, height)
    if near and (_PAGE_NUMBER.fullmatch(line.text) or _names_page(line)):
        return True
    if near and not _is_chapter(line, seen) and _repeats(line, line.text, seen, pages, _LEAST_SHARE):
        return True
    if near and any(_repeats(line, part, seen, pages, _PART_SHARE) for part in _parts(line)):
        return True
    nearly = line.bottom > (1 - _WIDE_MARGIN) * height or line.top < _WIDE_MARGIN * height
    return nearly and _count(seen, line.text, line) >= max(_LEAST_PAGES, _OFTEN * pages)


def _repeats(line: Line, text: str, seen: _Seen, pages: int, share: float) -> bool:
    """Tell whether a text, but for its numbers, stands at the height of a line on enough pages."""
    least = 2 if pages <= _FEW_PAGES and len(text) > _LONGEST_NUMBER else _LEAST_PAGES
    return _count(seen, _masked(text), line) >= max(least, share * pages)


def _names_page(line: Line) -> bool:
    """Tell a line that ends, apart from what it says, with the number of its page as such: 第 3 页."""
    match = _NAMED.search(line.text)
    return match is not None and int(match[1]) == line.page
