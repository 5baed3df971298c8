"""How documents and passages are named from outside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from indexer.errors import NotFound
from indexer.model import Document, Passage

# Hexadecimal digits of the digest of a file's bytes.
CONTENT_DIGITS = 32


def digest(content: bytes) -> str:
    """Digest of a file's bytes, as documents carry it."""
    return hashlib.sha256(content).hexdigest()[:CONTENT_DIGITS]


def permalink(passage: Passage) -> str:
    """A passage's id and a short digest of its text, which finds it again after insertions."""
    return f"{passage.id}.{hashlib.sha256(passage.text.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def find_document(documents: Iterable[Document], wanted: str) -> Document:
    """The document of that id or path.

    Raises:
        NotFound: there is none.
    """
    for document in documents:
        if wanted in (document.id, document.path):
            return document
    raise NotFound(f"索引里没有文档“{wanted}”。", "用 xunzhang list 看看有哪些文档。")


def find_passage(passages: Sequence[Passage], wanted: str) -> Passage:
    """The passage of an id, or of a permalink: nearest to its place with its content.

    Args:
        passages: those of the document that the id names.
        wanted: an id or a permalink.

    Raises:
        NotFound: there is none.
    """
    place, _, digest = wanted.rpartition("-")[2].partition(".")
    if place.isdecimal() and place.isascii() and len(place) < 12:
        ordinal = int(place)
        fitting = [
            each for each in passages if (permalink(each).endswith(f".{digest}") if digest else each.id == wanted)
        ]
        if fitting:
            return min(fitting, key=lambda passage: abs(passage.ordinal - ordinal))
    raise NotFound(f"索引里没有段落“{wanted[:100]}”。", "文档可能已经改动；请重新检索。")
