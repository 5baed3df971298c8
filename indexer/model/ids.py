"""How documents and passages are named from outside."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence

from indexer.errors import NotFound
from indexer.model import Document, Passage

_PERMALINK = re.compile(
    r"[0-9A-Za-z_-]+-[0-9]+(?:\.[0-9a-f]{6}(?![0-9a-z]))?(?![0-9A-Za-z_.-]*[0-9A-Za-z_-])", re.ASCII
)
# Hexadecimal digits of the digest of a file's bytes.
_CONTENT_DIGITS = 32
# Bytes that are read at a time: most files have fewer, for which ``hashlib.file_digest`` clears four times as many.
_PIECE = 1 << 16


def document_id(path: str, salt: int = 0) -> str:
    """Id of a new document: digest of its path; ``salt`` above 0 where a renamed document still holds that id."""
    return hashlib.sha256(f"{path}\0{salt or ''}".encode()).hexdigest()[:16]


def content_digest(content: bytes) -> str:
    """Digest of a file's bytes, as documents carry it."""
    return hashlib.sha256(content).hexdigest()[:_CONTENT_DIGITS]


def file_digest(descriptor: int) -> str:
    """As ``content_digest``, of a file that is open, read in pieces to its end."""
    digest = hashlib.sha256()
    while piece := os.read(descriptor, _PIECE):
        digest.update(piece)
    return digest.hexdigest()[:_CONTENT_DIGITS]


def permalink(passage: Passage) -> str:
    """A passage's id and a short digest of its text, which finds it again after insertions."""
    return f"{passage.id}.{hashlib.sha256(passage.text.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def by_path(documents: Sequence[Document]) -> dict[str, Document]:
    """Documents by their path; of several with the same one the first."""
    return {document.path: document for document in reversed(documents)}


def find_document(wanted: str, *lookups: Callable[[str], Document | None]) -> Document:
    """The document of that id or path.

    Args:
        wanted: an id or a path.
        lookups: what tells the document of an id, and of a path; the first that knows one is believed.

    Raises:
        NotFound: there is none.
    """
    for look_up in lookups:
        if found := look_up(wanted):
            return found
    raise NotFound(f"索引里没有文档“{wanted}”。", "用 xunzhang list 看看有哪些文档。")


def without_marks(wanted: str) -> str:
    """An id or a permalink without what a sentence or a message has glued to it: ``a-3.0f3a5c）。``."""
    found = _PERMALINK.match(wanted.strip())
    return found[0] if found else wanted


def find_passage(passages: Sequence[Passage], wanted: str) -> Passage:
    """The passage of an id, or of a permalink: with its content, nearest to its ordinal.

    Args:
        passages: those of the document that the id names.
        wanted: an id or a permalink.

    Raises:
        NotFound: there is none.
    """
    digits, _, digest = wanted.rpartition("-")[2].partition(".")
    if digits.isdecimal() and digits.isascii() and len(digits) < 12:
        ordinal = int(digits)
        fitting = [
            each for each in passages if (permalink(each).endswith(f".{digest}") if digest else each.id == wanted)
        ]
        if fitting:
            return min(fitting, key=lambda passage: abs(passage.ordinal - ordinal))
    raise NotFound(f"索引里没有段落“{wanted[:100]}”。", "文档可能已经改动；请重新检索。")
