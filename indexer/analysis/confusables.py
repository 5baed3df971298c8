"""Words that are easily typed for each other: the same sound (pinyin), or a character of nearly the same shape."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from indexer.analysis.fold import HAN
from indexer.analysis.patterns import lazy
from indexer.analysis.pinyin import readings
from indexer.analysis.tables import entries

# Words of so many characters are compared; shorter ones have too many neighbours, longer ones hardly any.
SHORTEST, LONGEST = 2, 4
_HAN_WORD = lazy(rf"^[{HAN}]{{{SHORTEST},{LONGEST}}}$", re.M)
# Sounds that many speakers do not tell apart.
_BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


class ConfusableWords:
    """The words of a corpus by sound."""

    def __init__(self, words: Iterable[str]) -> None:
        # in one text each: lists would be tens of thousands of objects for the garbage collector to look through
        self._by_sound: dict[str, str] = defaultdict(str)
        listed = sorted(_HAN_WORD.findall("\n".join(words)))
        for word, heard in zip(listed, sound("\n".join(listed)).splitlines(), strict=True):
            self._by_sound[heard] += f"{word} "

    def of(self, word: str) -> Iterator[str]:
        """Return words of the corpus that ``word`` may have been typed for, those of the same sound first."""
        if not _HAN_WORD.fullmatch(word):
            return
        yield from (other for other in self._sounding_like(word) if other != word)
        for at, char in enumerate(word):
            for shape in _shapes().get(char, ""):
                other = word[:at] + shape + word[at + 1 :]
                if other in self._sounding_like(other):
                    yield other

    def _sounding_like(self, word: str) -> list[str]:
        return self._by_sound.get(sound(word), "").split()


def sound(text: str) -> str:
    """Return how a text sounds: one character for each of its own, the same for all that are read alike.

    Tones and blurred sounds are left aside; what has no sound stays.
    """
    return text.translate(_SOUNDS)


def read_as(syllable: str) -> str:
    """Return a character that is read as a syllable without its tone, if one was met; ``sound`` makes it the others."""
    return _SOUNDS.met(syllable)


class _SoundTable(dict[int, str]):
    """Code point → what stands for its sound, filled as characters are met."""

    def __init__(self) -> None:
        super().__init__()
        self._syllables: dict[str, str] = {}

    def __missing__(self, code_point: int) -> str:
        self[code_point] = char = self._heard(chr(code_point))
        return char

    def _heard(self, char: str) -> str:
        """Return the first character that was met of those which sound like it."""
        if not (found := readings(char)):
            return char
        return self._syllables.setdefault(_blurred(found[0]), char)

    def met(self, syllable: str) -> str:
        """Return the first character that was met of those which are read as a syllable; empty for none."""
        return self._syllables.get(_blurred(syllable.replace("ü", "v")), "")


def _blurred(syllable: str) -> str:
    for clear, blurred in _BLURRED:
        syllable = syllable.replace(clear, blurred)
    return syllable


_SOUNDS = _SoundTable()


@cache
def _shapes() -> dict[str, str]:
    """Return the table: character → characters of nearly the same shape (``data/shapes.txt``)."""
    found: dict[str, str] = defaultdict(str)
    for group in entries("shapes.txt"):
        for char in group:
            found[char] += group.replace(char, "")
    return dict(found)
