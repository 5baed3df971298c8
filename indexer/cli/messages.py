"""What the library says, which is Chinese, in the language of the terminal."""

from __future__ import annotations

from indexer import translation
from indexer.cli import strings
from indexer.errors import XunzhangError


def of_error(error: XunzhangError) -> str:
    """What is wrong, and the way out."""
    return translated(str(error))


def translated(text: str) -> str:
    """A message of the library, or of the command line itself, in the language of the terminal."""
    return translation.translated(text, strings.spoken())
