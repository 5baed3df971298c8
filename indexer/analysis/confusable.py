"""Words that are easily typed for each other: the same sound (pypinyin), or a character of nearly the same shape."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources

from indexer.analysis.fold import HAN

# Words of so many characters are compared; shorter ones have too many neighbours, longer ones hardly any.
SHORTEST, LONGEST = 2, 4
_HAN_WORD = re.compile(rf"[{HAN}]{{{SHORTEST},{LONGEST}}}")
# Sounds that many speakers do not tell apart.
_BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


class ConfusableWords:
    """The words of a corpus by sound."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = {word for word in words if _HAN_WORD.fullmatch(word)}
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            self._by_sound[sound(word)].append(word)

    def of(self, word: str) -> Iterator[str]:
        """Words of the corpus that ``word`` may have been typed for, those of the same sound first."""
        if not _HAN_WORD.fullmatch(word):
            return
        yield from (other for other in self._by_sound.get(sound(word), ()) if other != word)
        for at, char in enumerate(word):
            for shape in _shapes().get(char, ""):
                other = word[:at] + shape + word[at + 1 :]
                if other in self._words:
                    yield other


def sound(word: str) -> str:
    """How a word sounds, without tones and with blurred sounds made one."""
    return " ".join(map(_syllable, word))


@lru_cache(maxsize=30_000)
def _syllable(char: str) -> str:
    from pypinyin import lazy_pinyin

    syllable = lazy_pinyin(char)[0]
    for clear, blurred in _BLURRED:
        syllable = syllable.replace(clear, blurred)
    return syllable


@cache
def _shapes() -> dict[str, str]:
    """Character → characters of nearly the same shape (``data/shapes.txt``)."""
    lines = resources.files("indexer.analysis").joinpath("data/shapes.txt").read_text("utf-8").splitlines()
    groups = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    found: dict[str, str] = defaultdict(str)
    for group in groups:
        for char in group:
            found[char] += group.replace(char, "")
    return dict(found)
