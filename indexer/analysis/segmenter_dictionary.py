"""What a segmenter knows, as tables that another program can segment with: its dictionary and its HMM.

Both are those of jieba, which rjieba carries too: there a duplicate of ``b超`` in upper case is missing, and the HMM's
emission logarithms are rounded to six decimals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from indexer.analysis.jieba_files import NEVER, dictionary_path, model_table
from indexer.analysis.segmenter import Segmenter

# The states of the HMM, in the order in which its tables are given: begin, end, middle of a word, and single.
STATES = "BEMS"


def dictionary(segmenter: Segmenter) -> dict[str, int]:
    """Return every word that ``segmenter`` knows, those of the user's dictionary included, and its frequency."""
    known = {word: frequency for word, frequency in _standard().items() if frequency and segmenter.knows(word)}
    return known | dict(segmenter.added)


def total_frequency(segmenter: Segmenter) -> int:
    """Return what frequencies are divided by. jieba counts a word of its own that is added again twice, rjieba once."""
    if segmenter.name.startswith("rjieba"):
        return sum(dictionary(segmenter).values())
    return sum(_standard().values()) + sum(segmenter.added.values())


@cache
def _standard() -> dict[str, int]:
    """Return the words of jieba's own dictionary and their frequencies."""
    with dictionary_path().open(encoding="utf-8") as file:
        lines = map(str.split, file)
        return {word: int(frequency) for word, frequency, *_ in lines}


def emissions() -> Mapping[str, Sequence[float | None]]:
    """Return the table: character → logarithm of its probability in each state of ``STATES``; None for never."""
    table = model_table("prob_emit")
    chars = sorted(set().union(*(table[state] for state in STATES)))
    return {char: [table[state].get(char) for state in STATES] for char in chars}


def transitions() -> tuple[Sequence[float], Sequence[Sequence[float]]]:
    """Return logarithms of the probability to begin in each state, and to go from one (row) to another (column)."""
    start, table = model_table("prob_start"), model_table("prob_trans")
    rows = [[table[one].get(other, NEVER) for other in STATES] for one in STATES]
    return [start[state] for state in STATES], rows
