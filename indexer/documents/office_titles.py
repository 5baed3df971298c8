"""Which title an office file has: what is set in the style of titles, else what its properties say if it is shown."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.documents.blocks import BlockBuilder
from indexer.documents.structure.titles import names_document
from indexer.model import Block

# A title that the properties name counts only where the document shows it among its first blocks.
_REACH = 8


class TitleLines:
    """The paragraphs in the style of titles: those that open the document are its title, others open chapters."""

    def __init__(self, builder: BlockBuilder) -> None:
        self._builder = builder
        self._lines: list[int] = []

    def level_of_next(self) -> int | None:
        """Return the level of a paragraph in the style of titles that is about to end: None of a title.

        One without text is no line of a title, and ends none.
        """
        if not self._builder.is_open:
            return None
        if self._builder.count != len(self._lines):
            return 1
        self._lines.append(self._builder.count)
        return None

    def title(self) -> str | None:
        """Return the title, its lines joined."""
        lines = [self._builder.paragraph(index) for index in self._lines]
        return " ".join(" ".join(lines).split()) or None


def shown_title(title: str, blocks: Iterable[Block]) -> str | None:
    """Return the title of the properties if the document shows it: it is often that of another document.

    One that only says what its first line does, the number of a letter or 1 引言, is none.
    """
    if not names_document(title):
        return None
    wanted = "".join(title.split())
    first = [block.text for block in blocks][:_REACH]
    return title if wanted and any("".join(text.split()) == wanted for text in first) else None
