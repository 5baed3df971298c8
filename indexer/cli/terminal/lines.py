"""Lines with styles, as answers to a query are printed: whoever searches does not wait for ``rich``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import click

from indexer.cli.stdio import harmless, one_line
from indexer.model import Range

Style: TypeAlias = dict[str, Any]
# A piece of a line, and how it looks.
Part: TypeAlias = tuple[str, Style]

# Failures and warnings named one by one; beyond it their number is said.
LISTED = 20

PLAIN: Style = {}
DIM: Style = {"dim": True}
MARK: Style = {"fg": "yellow", "bold": True}
WARNING: Style = {"fg": "yellow"}


def print_line(*parts: str | Part, stderr: bool = False) -> None:
    """Print one line; the terminal wraps it. What stands in a piece does not command the terminal."""
    pieces = ((part, PLAIN) if isinstance(part, str) else part for part in parts)
    written = "".join(click.style(harmless(text), **style) if style else harmless(text) for text, style in pieces)
    click.echo(written, file=sys.stderr if stderr else sys.stdout, color=_color(os.environ))


def in_line(text: str, style: Style = PLAIN) -> Part:
    """A name or title, which stays in its line whatever stands in it."""
    return one_line(text), style


def marked(text: str, ranges: Sequence[Range]) -> Iterator[Part]:
    """The pieces of a name or title; those in ``ranges`` (in order, not overlapping) are marked."""
    position = 0
    for start, end in ranges:
        yield in_line(text[position:start])
        yield in_line(text[start:end], MARK)
        position = end
    yield in_line(text[position:])


def joined(texts: Iterable[Iterable[Part]], between: Part) -> Iterator[Part]:
    """The pieces of several texts, with one between any two."""
    for number, text in enumerate(texts):
        if number:
            yield between
        yield from text


def _color(environment: os._Environ[str]) -> bool | None:
    """Whether styles are written; None where it is for the terminal to say, that is wherever there is one."""
    if environment.get("NO_COLOR") or environment.get("TERM") in {"dumb", "unknown"}:
        return False
    return True if environment.get("FORCE_COLOR") else None
