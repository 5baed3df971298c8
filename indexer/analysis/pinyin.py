"""How a character is read: pinyin without tones, ü written v. The only user of pypinyin.

Its dictionary of characters is read from its file: importing the package loads its dictionary of phrases too, which
takes ten times as long and knows nothing about single characters.
"""

from __future__ import annotations

import json
import unicodedata
from array import array
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path


@lru_cache(maxsize=30_000)
def readings(char: str) -> tuple[str, ...]:
    """Return all readings of a character, the most frequent first; none for what is no Chinese character."""
    marked = _dictionary().of(char)
    return tuple(dict.fromkeys(map(without_tone, marked.split(",")))) if marked else ()


def without_tone(syllable: str) -> str:
    """Write ``lǜ`` as ``lv``."""
    letters = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class _Dictionary:
    """Readings with tone marks, joined by commas: those that characters share are kept once, which are most of them.

    Args:
        table: the same by code points in decimal.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        self._distinct = ["", *dict.fromkeys(table.values())]
        numbers = {marked: number for number, marked in enumerate(self._distinct)}
        self._numbers = array("H", bytes(2 * (1 + max(map(int, table)))))
        for code, marked in table.items():
            self._numbers[int(code)] = numbers[marked]

    def of(self, char: str) -> str:
        """Return those of a character; empty without any."""
        return self._distinct[self._numbers[ord(char)]] if ord(char) < len(self._numbers) else ""


@cache
def _dictionary() -> _Dictionary:
    """Return what pypinyin knows of characters."""
    return _Dictionary(_table())


def _table() -> Mapping[str, str]:
    spec = find_spec("pypinyin")
    for folder in (spec and spec.submodule_search_locations) or ():
        file = Path(folder) / "pinyin_dict.json"
        if file.exists():
            found: dict[str, str] = json.loads(file.read_bytes())
            return found
    return _imported()


def _imported() -> Mapping[str, str]:
    """Read the same from the package, should it keep its dictionary in another way."""
    from pypinyin.pinyin_dict import pinyin_dict

    return {str(code): marked for code, marked in pinyin_dict.items()}
