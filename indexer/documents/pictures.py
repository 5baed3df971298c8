"""Which pictures of a document are files beside it, and what becomes of them when paragraphs are cut or dropped.

Addresses of elsewhere are none: whoever reads a document asks nobody but who shows it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import unquote

from indexer.model import Block, Picture

# The endings of what browsers show.
SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp"))
# Code points of an address, a path and a description; longer ones are none that somebody wrote.
_LONGEST_ADDRESS, _LONGEST_SOURCE, _LONGEST_ALT = 5_000, 500, 1_000
# A scheme, or a drive of Windows.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")


def picture(address: str, alt: str = "", at: int = 0, folder: str = "") -> Picture | None:
    r"""Return the picture that an address names, or None where it is no picture's file of a relative path.

    Args:
        address: as written, with or without percent signs; ``\`` stands for ``/``, what follows ``?`` or ``#`` is
            left out.
        alt: what it shows in words.
        at: code points of the paragraph before it.
        folder: what the address counts from, for files that hold their pictures.
    """
    if len(address) > _LONGEST_ADDRESS:
        return None
    written = _UNSEEN.sub("", address).strip()
    if _SCHEME.match(written) or written.startswith(("/", "\\")):
        return None
    path = unquote(re.split(r"[?#]", written, maxsplit=1)[0]).replace("\\", "/")
    source = posixpath.normpath(posixpath.join(folder, path))
    if posixpath.splitext(source)[1].lower() not in SUFFIXES or _UNSEEN.search(source) or len(source) > _LONGEST_SOURCE:
        return None
    return None if source.startswith("/") else Picture(at, source, " ".join(alt.split())[:_LONGEST_ALT])


def within(pictures: Iterable[Picture], start: int, end: int, *, last: bool) -> tuple[Picture, ...]:
    """Return those of the part from ``start`` to ``end`` of a paragraph, counted from its start.

    Args:
        pictures: of the paragraph.
        start: where the part begins.
        end: where it ends; a picture there is of the next part.
        last: whether no part follows.
    """
    return tuple(
        replace(each, at=each.at - start) for each in pictures if start <= each.at < end or (last and each.at >= end)
    )


def above(block: Block, pictures: Sequence[Picture]) -> Block:
    """Return a block with more pictures that stand by themselves before it."""
    if not pictures:
        return block
    moved = (replace(each, at=0, alone=True) for each in pictures)
    return replace(block, pictures=(*moved, *block.pictures))


def below(block: Block, pictures: Sequence[Picture]) -> Block:
    """Return a block with more pictures that stand by themselves after it."""
    if not pictures:
        return block
    moved = (replace(each, at=len(block.text), alone=True) for each in pictures)
    return replace(block, pictures=(*block.pictures, *moved))


def without(blocks: Sequence[Block], dropped: frozenset[int]) -> list[Block]:
    """Return the blocks but those of some indexes, whose pictures that stand by themselves go to what follows them."""
    kept: list[Block] = []
    waiting: list[Picture] = []
    for index, block in enumerate(blocks):
        if index in dropped:
            waiting += [each for each in block.pictures if each.alone]
        else:
            kept.append(above(block, waiting))
            waiting = []
    if kept:
        kept[-1] = below(kept[-1], waiting)
    return kept
