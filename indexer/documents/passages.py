"""Classified blocks → a document's title and its passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.documents.structure.title_translations import is_translation
from indexer.model import Block, Kind, ParsedFile, Passage

# Asking an enumeration for a member takes several times as long as asking for a name, and every block is asked.
_TITLE, _HEADING = Kind.TITLE, Kind.HEADING


def build(document_id: str, file_stem: str, parsed: ParsedFile) -> tuple[str, tuple[Passage, ...]]:
    """Make the passages of one document, in reading order.

    A title that stands only in the front matter becomes a first passage of kind ``title``, so that it can be found.

    Args:
        document_id: id of the document, first part of every passage's id.
        file_stem: name of the file without its ending: without its date too, the title of last resort.
        parsed: the file as ``documents.read`` gives it, its blocks classified.

    Returns:
        The title (front matter, else ``<title>``, a sole h1, a centred first line, the file's name) and the passages.
    """
    metadata = parsed.metadata
    shown = _shown_title(parsed.blocks)
    title = metadata.title or metadata.head_title or shown or _title_of_name(file_stem)
    passages: list[Passage] = []
    if metadata.title and not _is_shown(metadata.title, parsed.blocks):
        passages.append(Passage(document_id, 0, metadata.title, kind=_TITLE))
    passages.extend(_passages(document_id, parsed.blocks, len(passages)))
    return title, tuple(passages)


def _passages(document_id: str, blocks: Iterable[Block], first: int) -> Iterable[Passage]:
    section: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    for ordinal, block in enumerate(blocks, first):
        if block.heading is not None:
            section = (*section[: block.depth - 1], block.heading)
            labels = (*labels[: block.depth - 1], block.label)
            topics = _deepest(labels)
        kind = block.kind
        is_title = kind is _TITLE
        yield Passage(
            document_id,
            ordinal,
            block.text,
            section=() if is_title else section,
            topics=() if is_title else block.topics or topics,
            kind=kind,
            page=block.page,
            page_end=block.page_end if block.page_end != block.page else None,
            anchor=block.anchor,
            role=block.role,
            emphasis=() if is_title or kind is _HEADING else block.bold,
            pictures=block.pictures,
        )


def _deepest(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the words of the deepest heading that has any: an article is about what its chapter is about."""
    for label in reversed(labels):
        if label:
            return (label,)
    return ()


def _shown_title(blocks: Iterable[Block]) -> str:
    """Return the title as the document shows it; one broken into several lines is joined."""
    lines = [line for block in blocks if block.kind is _TITLE for line in block.text.split("\n")]
    title = ""
    for line in (line.strip() for line in lines):
        if is_translation(line, title):
            continue
        needs_space = title[-1:].isascii() and line[:1].isascii() and title
        title += f" {line}" if needs_space else line
    return title


def _title_of_name(file_stem: str) -> str:
    from indexer.documents.dating import date_of_name  # with all that knows dates

    return date_of_name(file_stem)[1]


def _is_shown(title: str, blocks: Iterable[Block]) -> bool:
    wanted = "".join(title.split())
    return any("".join(block.text.split()) == wanted for block in blocks if len(block.text) <= 2 * len(title) + 20)
