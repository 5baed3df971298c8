"""Draw where the hits are: chapters in reading order become bars of a drawing and rows of its table.

The drawing is scaled to whatever width there is, so its units mean nothing but proportion: a bar is ``SLOT`` wide with
its gap, documents are parted by ``GAP``, and the longest bar is ``HEIGHT`` high.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import indexer
from webui.strings import say
from webui.urls.state import SearchState

# Chapters drawn at most; on a wide screen each has the 24 pixels that a finger needs.
MOST = 24
SLOT, BAR, GAP, HEIGHT = 10, 8, 8, 60
# Bars at most that have their names below them, and characters of such a name.
LABELLED, SHORT = 12, 6
# Height of a bar that would be too low to see.
LOWEST = 3


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
        short = number[0] if number and number[0].startswith("第") else self.chapter
        return short if len(short) <= SHORT else f"{short[: SHORT - 1]}…"


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing.

    Attributes:
        width: in its units.
        documents: how many the chapters belong to.
        is_cut: whether there are hits in chapters that are left out.
        slot: from one bar to the next of the same document.
    """

    bars: tuple[Bar, ...]
    width: int
    documents: int
    is_cut: bool
    slot: int = SLOT

    @property
    def is_labelled(self) -> bool:
        """Whether there is room for names below the bars."""
        return len(self.bars) <= LABELLED


def chart(results: indexer.Results, state: SearchState) -> Chart | None:
    """Make the drawing for a page of hits; None where there is nothing to compare."""
    counted = [(each, each.count if results.total else each.some) for each in results.chapters]
    chapters, counts = [each for each, count in counted if count], [count for _, count in counted if count]
    if len(chapters) < 2:
        return None
    bars = []
    for chapter, count, x in zip(chapters, counts, _offsets(chapters), strict=True):
        height = max(LOWEST, round(HEIGHT * count / max(counts)))
        alone, is_chosen = _alone(state, chapter)
        heading = chapter.chapter or say("chapter_none")
        bars.append(Bar(chapter.document.title, heading, count, alone, is_chosen, x, HEIGHT - height, height))
    documents = len({chapter.document.id for chapter in chapters})
    is_cut = sum(counts) < (results.total or results.tiers["some"])
    return Chart(tuple(bars), bars[-1].x + SLOT, documents, is_cut)


def _offsets(chapters: Sequence[indexer.ChapterCount]) -> Iterator[int]:
    x = 0
    yield x
    for before, after in pairwise(chapters):
        x += SLOT + GAP * (before.document.id != after.document.id)
        yield x


def _alone(state: SearchState, chapter: indexer.ChapterCount) -> tuple[str, bool]:
    """Return the address of the page with one chapter alone, or, if that is this page, of the one with all."""
    section = (indexer.section_value([chapter.chapter]),) if chapter.chapter is not None else ()
    document = (chapter.document.path,)
    chosen = state.filters.get("section", ()) == section and state.filters.get("document", ()) == document
    wanted = {"section": (), "document": ()} if chosen else {"section": section, "document": document}
    return replace(state, filters={**state.filters, **wanted}, offset=0).url(), chosen
