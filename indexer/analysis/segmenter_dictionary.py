"""What a segmenter knows, as tables that another program can segment with: its dictionary and its HMM.

Both are those of jieba, which rjieba carries too: there a duplicate of ``b超`` in upper case is missing, and the HMM's
emission logarithms are rounded to six decimals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from indexer.analysis.segmenter import Segmenter

# The states of the HMM, in the order in which its tables are given: begin, end, middle of a word, and single.
STATES = "BEMS"
# What jieba takes for the logarithm of 0.
NEVER = -3.14e100


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
    import jieba

    with jieba.Tokenizer().get_dict_file() as file:
        lines = (line.decode().split() for line in file)
        return {word: int(frequency) for word, frequency, *_ in lines}


def emissions() -> Mapping[str, Sequence[float | None]]:
    """Return the table: character → logarithm of its probability in each state of ``STATES``; None for never."""
    from jieba.finalseg.prob_emit import P

    chars = sorted(set().union(*(P[state] for state in STATES)))
    return {char: [P[state].get(char) for state in STATES] for char in chars}


def transitions() -> tuple[Sequence[float], Sequence[Sequence[float]]]:
    """Return logarithms of the probability to begin in each state, and to go from one (row) to another (column)."""
    from jieba.finalseg.prob_start import P as START
    from jieba.finalseg.prob_trans import P as TRANSITIONS

    rows = [[TRANSITIONS[one].get(other, NEVER) for other in STATES] for one in STATES]
    return [START[state] for state in STATES], rows
