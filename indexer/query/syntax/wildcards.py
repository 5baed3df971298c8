"""Which stars and question marks of a run are wildcards: those beside word characters. ``？`` never is one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from indexer.model import Wild

_SIGNS = frozenset("*＊?")


def split(run: str) -> tuple[str | Wild, ...]:
    """Return a run as its wildcards and the text between them; a row of stars is one."""
    if _SIGNS.isdisjoint(run):
        return (run,)
    wild = {**_many(run), **_one(run)}
    if not wild:
        return (run,)
    pieces: list[str | Wild] = []
    for kind, positions in groupby(range(len(run)), wild.get):
        if kind is None:
            pieces.append("".join(run[at] for at in positions))
        else:
            pieces.extend([kind] if kind is Wild.MANY else [kind for _ in positions])
    return tuple(pieces)


def count(pieces: Iterable[str | Wild]) -> int:
    """Count the places with wildcards; a row of question marks is one."""
    return sum(is_wild for is_wild, _ in groupby(pieces, lambda piece: isinstance(piece, Wild)))


def _many(run: str) -> dict[int, Wild]:
    """Return the stars beside a word character, whole rows of them."""
    stars: dict[int, Wild] = {}
    for match in re.finditer(r"[*＊]+", run):
        beside = run[match.start() - 1 : match.start()] + run[match.end() : match.end() + 1]
        if any(map(_is_word, beside)):
            stars |= dict.fromkeys(range(*match.span()), Wild.MANY)
    return stars


def _one(run: str) -> dict[int, Wild]:
    """Return the question marks between word characters, whole rows of them."""
    marks: dict[int, Wild] = {}
    for match in re.finditer(r"(?<=\w)\?+(?=\w)", run):
        marks |= dict.fromkeys(range(*match.span()), Wild.ONE)
    return marks


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
