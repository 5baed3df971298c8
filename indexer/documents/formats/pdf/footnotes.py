"""Notes at the foot of a page, in smaller type below its text: they interrupt what goes on over the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from indexer.documents.formats.pdf.lines import Line

# Share of the size of the text that a note has at most, of the height of a page above which none begins and below which
# the last one ends, and of the lines of the page.
_SMALLER, _HIGHEST, _LOWEST, _MOST = 0.94, 0.5, 0.25, 0.5
# What opens a note: a mark that opens nothing else, or a number that counts on.
_MARK = re.compile(
    r"\s*(?:[①-⑳❶-❿➀-➉*＊†‡※]|[\[〔［【][0-9一二三四五六七八九十]{1,3}[\]〕］】]|收稿日期|基金项目|作者简介|通[讯信]作者"
    r"|(?P<number>[0-9]{1,3})(?![0-9.．、)）:：/%]))"
)
# A note says something; the lines of a listing have numbers too.
_WORDS = re.compile(r"[\u4e00-\u9fff]|https?:|www\.|[A-Z][a-z]+[,.]")
# What stands above a list of works, which may be set like notes.
_LIST = re.compile(
    r"(?:[一二三四五六七八九十0-9]+[、.．\s]*)?(?:主要)?(?:参考(?:文献|资料|书目)|注释|附注|References|Bibliography)[:：]?"
)


def without_footnotes(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], list[list[Line]]]:
    """Return the lines of each page without its notes, and the notes of the document, each as its lines.

    A note is set in smaller type than the text and stands below it, on the lower part of a page, and opens with a mark
    (①, *, [1]) or with a number that counts on from the note before.
    """
    body = _size_of_text(pages)
    notes: list[list[Line]] = []
    kept: list[list[Line]] = []
    last = 0
    for page, height in zip(pages, heights, strict=True):
        found = _notes_of(_below_text(page, body, height), last)
        out = {id(line) for note in found for line in note}
        if not found or len(out) > _MOST * len(page) or found[-1][-1].bottom > _LOWEST * height:
            kept.append(list(page))
            continue
        kept.append([line for line in page if id(line) not in out])
        notes += found
        last = _number(found[-1][0]) or last
    return kept, notes


def _notes_of(lines: Iterable[Line], last: int) -> list[list[Line]]:
    """Part lines at those that open a note, ``last`` being the number of the one before; those above the first go."""
    found: list[list[Line]] = []
    for line in lines:
        number = _opens(line, last)
        if number is not None:
            found.append([line])
            last = number or last
        elif found:
            found[-1].append(line)
    return found


def _size_of_text(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _below_text(page: Sequence[Line], body: float, height: float) -> Iterator[Line]:
    """Yield the smaller lines of a page that stand low on it, with text above them and none below."""
    text = [line for line in page if line.size > _SMALLER * body]
    for line in page:
        if line.size > _SMALLER * body or line.cells or line.bottom > _HIGHEST * height:
            continue
        beside = [other for other in text if other.left < line.right and line.left < other.right]
        lowest = min(beside, key=lambda other: other.bottom, default=None)
        if lowest is not None and lowest.bottom > line.bottom and not _LIST.fullmatch("".join(lowest.text.split())):
            yield line


def _opens(line: Line, last: int) -> int | None:
    """Return the number of the note that a line opens, 0 for one with a mark, None where it opens none."""
    number = _number(line)
    return number if number in (0, 1, last + 1) else None


def _number(line: Line) -> int | None:
    match = _MARK.match(line.text)
    if match is None or not _WORDS.search(line.text):
        return None
    return int(match["number"] or 0)
