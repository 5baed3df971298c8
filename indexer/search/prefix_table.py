"""Texts found by how they begin: by characters, by pinyin, by the initials of pinyin, and by any mixture of these.

All texts stand end to end in one array of characters. What is typed is read as a row of steps, of which each takes one
character of a text: a character itself, or letters that one of its readings is (``shu``), begins with at the end of
what is typed (``sh…``), or has as its initial (``s``, ``sh``). All ways to cut the letters into steps are followed at
once, each with the positions in the array that it has led to so far.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from string import ascii_lowercase
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.pinyin import readings

Positions: TypeAlias = NDArray[np.signedinteger[Any]]
Mask: TypeAlias = NDArray[np.bool_]
# How far in what is typed, how many characters of a text are taken, whether any of them was spelt.
_State: TypeAlias = tuple[int, int, bool]

# Parts texts in the array; folded texts hold no lone surrogate.
_END = "\udfff"
# Letters of the longest syllables: zhuang, chuang, shuang.
_LONGEST_SYLLABLE = 6
_LETTERS = re.compile("[a-z]*")
_INITIALS = frozenset({*ascii_lowercase, "zh", "ch", "sh"})
# May part syllables: xi'an, shu ju.
_SEPARATORS = frozenset(" '’")


@dataclass(frozen=True, slots=True)
class Found:
    """Where what was typed stands: parallel arrays.

    Attributes:
        begins: numbers of the beginnings that it stands at.
        sizes: characters from there on that it takes.
        ways: 0 where it stands literally; else the characters it takes: the fewer, the more fully they are spelt.
    """

    begins: Positions
    sizes: Positions
    ways: Positions


class PrefixTable:
    """Folded texts and the beginnings in them, at which a match may begin.

    Args:
        texts: the texts.
        numbers: for each beginning the number of its text; ascending.
        offsets: and its offset there.

    Attributes:
        texts, offsets: ``numbers`` and ``offsets``.
    """

    def __init__(self, texts: Sequence[str], numbers: Positions, offsets: Positions) -> None:
        joined = "".join(text + _END for text in texts)
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        self._alphabet, chars = np.unique(codes, return_inverse=True)
        self._chars = chars.astype(np.min_scalar_type(len(self._alphabet)))
        lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
        self.texts: Positions = numbers.astype(np.int32)
        self.offsets: Positions = offsets.astype(np.int32)
        firsts = (np.cumsum(lengths) - lengths).astype(np.int32)
        self._positions: Positions = firsts[self.texts] + self.offsets
        self._read = lru_cache(maxsize=256)(self._characters_read)

    def find(self, typed: str) -> Found:
        """Where ``typed``, folded, stands at one of the beginnings."""
        waiting: dict[_State, Positions] = {(0, 0, False): np.arange(len(self._positions))}
        ends: list[tuple[Positions, int, bool]] = []
        while waiting:
            state = min(waiting)
            begins = waiting.pop(state)
            at, size, spelt = state
            if at == len(typed):
                ends.append((begins, size, spelt))
                continue
            for following, mask in self._steps(typed, state):
                kept = begins if mask is None else begins[mask[self._chars[self._positions[begins] + size]]]
                if len(kept):
                    waiting[following] = np.union1d(waiting[following], kept) if following in waiting else kept
        return _gathered([end for end in ends if end[1]])

    def _steps(self, typed: str, state: _State) -> Iterator[tuple[_State, Mask | None]]:
        """What may follow a state, and which characters lead there; None where nothing is taken."""
        at, size, spelt = state
        char = typed[at]
        if char in _SEPARATORS:
            yield (at + 1, size, spelt), None
        yield (at + 1, size + 1, spelt), self._alphabet == ord(char)
        letters = _LETTERS.match(typed.replace("ü", "v"), at, at + _LONGEST_SYLLABLE)
        for end in range(at + 1, letters.end() + 1 if letters else 0):
            mask = self._read(typed[at:end].replace("ü", "v"), end == len(typed))
            if mask is not None:
                yield (end, size + 1, True), mask

    def _characters_read(self, letters: str, last: bool) -> Mask | None:
        """The characters that ``letters`` stand for; None if there are none."""
        shortened = last or letters in _INITIALS
        syllables = [each for each in self._by_reading if each == letters or (shortened and each.startswith(letters))]
        if not syllables:
            return None
        mask = np.zeros(len(self._alphabet), dtype=bool)
        for syllable in syllables:
            mask[self._by_reading[syllable]] = True
        return mask

    @cached_property
    def _by_reading(self) -> dict[str, list[int]]:
        """Syllable → the characters, as numbers in the alphabet, that may be read so; ``lve`` is also typed ``lue``."""
        found: dict[str, list[int]] = {}
        for number, code in enumerate(self._alphabet.tolist()):
            for reading in readings(chr(code)):
                found.setdefault(reading, []).append(number)
                if reading.endswith("ve"):
                    found.setdefault(reading.replace("v", "u"), []).append(number)
        return found


def _gathered(ends: Sequence[tuple[Positions, int, bool]]) -> Found:
    counts = [len(begins) for begins, _, _ in ends]
    return Found(
        begins=np.concatenate([np.empty(0, dtype=np.int64), *(begins for begins, _, _ in ends)]),
        sizes=np.repeat(np.array([size for _, size, _ in ends], dtype=np.int64), counts),
        ways=np.repeat(np.array([size if spelt else 0 for _, size, spelt in ends], dtype=np.int64), counts),
    )
