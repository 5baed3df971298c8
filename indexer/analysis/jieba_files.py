"""What jieba brings as files: its dictionary and the tables of its hidden Markov model, without importing jieba."""

from __future__ import annotations

import mmap
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

# What jieba takes for the logarithm of 0.
NEVER = -3.14e100

# The first word in order.
_FIRST_IN_ORDER = "一"
# Comes after what any line begins with.
_END = b"\xff"


class DictionaryFile:
    """The words of jieba's dictionary, looked up in its file: microseconds, where reading all of it takes 0.1 s.

    The file holds a line ``word frequency tag`` for each word. Lines whose words begin with the same character stand
    together, in the order of those characters; but for some dozens of lines at its head, which are in no order.
    """

    def __init__(self) -> None:
        with dictionary_path().open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._ordered = self._bytes.find(_line_of(_FIRST_IN_ORDER))
        self._head = b"\n" + self._bytes[: self._ordered]
        self._lines_from = lru_cache(maxsize=1_000)(self._find_lines)

    def frequency(self, word: str) -> int | None:
        """Return how often ``word`` was counted; None for what is no word."""
        lines, line = self._lines_from(word[0]), _line_of(word)
        at = lines.find(line)
        return int(lines[at + len(line) : lines.index(b" ", at + len(line))]) if at >= 0 else None

    def begins_word(self, text: str) -> bool:
        """Tell whether a word begins with ``text``, or is it."""
        return b"\n" + text.encode() in self._lines_from(text[0])

    def _find_lines(self, first: str) -> bytes:
        """Return the lines of all words that begin with a character, and those at the head; a line feed before each."""
        begin = first.encode()
        after = begin[:-1] + bytes([begin[-1] + 1])  # in this encoding characters are in the order of their numbers
        return self._head + self._bytes[self._place_of(begin) : self._place_of(after)]

    def _place_of(self, begin: bytes) -> int:
        """Return where, in order, the first line ends that stands before words that begin so, or later."""

        def begins_after(place: int) -> bytes:
            line = self._bytes.find(b"\n", place) + 1
            return self._bytes[line : line + len(begin)] or _END

        last = len(self._bytes) - 1
        place = bisect_left(range(last), begin, self._ordered, last, key=begins_after)
        return self._bytes.find(b"\n", place)


def _line_of(word: str) -> bytes:
    """Return what the line of a word begins with, after the end of the one before."""
    return b"\n" + word.encode() + b" "


def dictionary_path() -> Path:
    """Return where jieba's own dictionary is."""
    return _folder() / "dict.txt"


@cache
def model_table(name: str) -> Any:
    """Return a table of the model: ``prob_start``, ``prob_trans`` or ``prob_emit``, all of logarithms."""
    spec = spec_from_file_location(name, _folder() / "finalseg" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.P


@cache
def _folder() -> Path:
    found = find_spec("jieba")
    if found is None or found.origin is None:
        raise ImportError("jieba")
    return Path(found.origin).parent
