"""Draw where the hits are: chapters in reading order become bars, those of a document side by side over its name.

The drawings are scaled to whatever width there is, so their units mean nothing but proportion: a bar is ``SLOT`` wide
with its gap, and the longest bar is ``HEIGHT`` high.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import indexer
from webui.strings import say
from webui.urls.state import SearchState

# Chapters drawn at most.
MOST = 24
SLOT, HEIGHT = 10, 60
# Bars at most that have their names below them in a line, and characters of such a name; more have them upright.
LABELLED, SHORT = 12, 6
# Characters of a document's name, and bars that it needs to lie in a line.
TITLE, WIDE = 10, 3
# Height of a bar that would be too low to see.
LOWEST = 3
_EVERY_LAW = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Bar:
    """One chapter.

    Attributes:
        count: its hits; of partial matches, where there are no others.
        url: the page with this chapter alone.
        x, y, height: of its bar, in units of the drawing.
    """

    document: str
    chapter: str
    count: int
    url: str
    is_chosen: bool
    x: int
    y: int
    height: int

    @property
    def name(self) -> str:
        """Document, chapter and count."""
        return f"{self.document} › {self.chapter}{say('chart_bar', count=self.count)}"

    @property
    def label(self) -> str:
        """What fits below a bar of the chapter's heading: its number (第三章), else its first characters."""
        number = self.chapter.split(maxsplit=1)[:1]
        return _shortened(number[0] if number and number[0].startswith("第") else self.chapter, SHORT)


@dataclass(frozen=True, slots=True)
class BarGroup:
    """The bars of one document.

    Attributes:
        url: the page with this document alone.
    """

    document: str
    url: str
    bars: tuple[Bar, ...]

    @property
    def width(self) -> int:
        """Width of the drawing in its units."""
        return SLOT * len(self.bars)

    @property
    def label(self) -> str:
        """What fits below the bars of the document's title."""
        return _shortened(self.document.removeprefix(_EVERY_LAW) or self.document, max(TITLE, 2 * len(self.bars)))

    @property
    def is_wide(self) -> bool:
        """Whether the title lies in a line."""
        return len(self.bars) >= WIDE


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawings.

    Attributes:
        is_cut: whether there are hits in chapters that are left out.
    """

    groups: tuple[BarGroup, ...]
    is_cut: bool

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Those of all documents."""
        return tuple(bar for group in self.groups for bar in group.bars)

    @property
    def is_labelled(self) -> bool:
        """Whether the bars have names below them: where they are few, or of one document, which needs no name."""
        return len(self.bars) <= LABELLED or len(self.groups) == 1

    @property
    def is_upright(self) -> bool:
        """Whether these names stand upright."""
        return len(self.bars) > LABELLED


def chart(results: indexer.Results, state: SearchState) -> Chart | None:
    """Make the drawings for a page of hits; None where there is nothing to compare."""
    by_some = not results.total
    chapters = [each for each in results.chapters if _count(each, by_some=by_some)]
    if len(chapters) < 2:
        return None
    most = max(_count(each, by_some=by_some) for each in chapters)
    groups = tuple(
        _group(document, list(held), state, lambda chapter: _count(chapter, by_some=by_some), most)
        for document, held in groupby(chapters, key=lambda chapter: chapter.document)
    )
    drawn = sum(_count(each, by_some=by_some) for each in chapters)
    return Chart(groups, is_cut=drawn < (results.total or results.partial))


def _count(chapter: indexer.ChapterCount, *, by_some: bool) -> int:
    return chapter.some if by_some else chapter.count


def _group(
    document: indexer.Document,
    chapters: Sequence[indexer.ChapterCount],
    state: SearchState,
    count: Callable[[indexer.ChapterCount], int],
    most: int,
) -> BarGroup:
    bars = []
    for at, chapter in enumerate(chapters):
        height = max(LOWEST, round(HEIGHT * count(chapter) / most))
        alone, is_chosen = _alone(state, chapter)
        heading = chapter.chapter or say("chapter_none")
        bars.append(Bar(document.title, heading, count(chapter), alone, is_chosen, at * SLOT, HEIGHT - height, height))
    return BarGroup(document.title, state.without("section").only("document", document.path).url(), tuple(bars))


def _alone(state: SearchState, chapter: indexer.ChapterCount) -> tuple[str, bool]:
    """Return the address of the page with one chapter alone, or, if that is this page, of the one with all."""
    section = (indexer.section_value([chapter.chapter]),) if chapter.chapter is not None else ()
    document = (chapter.document.path,)
    filters = state.filters.get("section", ()), state.filters.get("document", ())
    chosen = bool(section) and filters == (section, document)
    wanted = {"section": (), "document": ()} if chosen else {"section": section, "document": document}
    return replace(state, filters={**state.filters, **wanted}, offset=0).url(), chosen


def _shortened(name: str, length: int) -> str:
    return name if len(name) <= length else f"{name[: length - 1]}…"
