"""Folding many texts at once: what ``fold`` says character by character, looked up for all of them with numpy.

Imported by builds only, since queries are short and numpy takes its time to start.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.fold import fold, fold_character, keeps_space

# Parts the texts. White space, so that no folded text holds it.
END = "\n"

# What is known of a code point.
_KNOWN, _SPACE, _UNEVEN, _KEEPS_SPACE = 1, 2, 4, 8


class _Table:
    """Code point → its folded one and what is known of it, filled as characters are met.

    Attributes:
        folded: code points; without meaning for the uneven, which fold to none or several.
        facts: the bits above; none of a code point not met yet.
    """

    def __init__(self) -> None:
        self.folded = np.zeros(0x110000, dtype=np.uint32)
        self.facts = np.zeros(0x110000, dtype=np.uint8)

    def meet(self, codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """Return the facts of characters, those that are new looked up first."""
        facts = self.facts.take(codes)
        if not facts.all():
            for code in np.unique(codes[facts == 0]).tolist():
                self._learn(code)
            facts = self.facts.take(codes)
        return facts

    def _learn(self, code: int) -> None:
        facts = _KNOWN
        folded = fold_character(code)
        if chr(code).isspace():
            facts |= _SPACE
        elif len(folded) != 1:
            facts |= _UNEVEN
        else:
            self.folded[code] = ord(folded)
            facts |= _KEEPS_SPACE if keeps_space(folded) else 0
        self.facts[code] = facts


_TABLE = _Table()


def fold_all(texts: Sequence[str]) -> list[str]:
    """Return ``fold(text).text`` of each of ``texts``."""
    if not texts:
        return []
    joined = f"{END}{END.join(texts)}{END}".encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, dtype="<u4")
    edges = np.cumsum([0, *(len(text) + 1 for text in texts)])
    facts = _TABLE.meet(codes)
    facts[edges] = _KNOWN | _KEEPS_SPACE  # white space at the ends of a text is kept
    folded = _TABLE.folded.take(codes)
    folded[edges] = ord(END)
    kept = _settle_spaces(folded, facts)
    results: list[str] = folded[kept].tobytes().decode("utf-32-le")[1:-1].split(END)
    uneven = np.flatnonzero(facts & _UNEVEN)
    for at in np.unique(np.searchsorted(edges, uneven) - 1).tolist():
        results[at] = fold(texts[at]).text
    return results


def _settle_spaces(folded: NDArray[np.uint32], facts: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Put a space in the place of each run of white space that stays; which of the characters stay."""
    is_space = facts & _SPACE != 0
    firsts = np.flatnonzero(is_space[1:] & ~is_space[:-1]) + 1
    lasts = np.flatnonzero(is_space[:-1] & ~is_space[1:])
    staying = firsts[((facts[firsts - 1] | facts[lasts + 1]) & _KEEPS_SPACE) != 0]
    kept: NDArray[np.bool_] = ~is_space
    kept[staying] = True
    folded[staying] = ord(" ")
    return kept
