"""rjieba's cuts without rjieba, which reads its dictionary for 0.1 s before the first: for the few words of a query.

The most probable path through the words of the dictionary, which are looked up as they are needed, and a hidden Markov
model for what they leave over. Sources: jieba-rs src/lib.rs, src/hmm.rs. Twin, for both of the libraries:
``webui/static/engine/analysis/segmenter.js``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import TypeAlias

from indexer.analysis.jieba_files import NEVER, DictionaryFile, model_table
from indexer.analysis.patterns import lazy

# The sum of all frequencies.
_LOG_TOTAL = math.log(60_101_964)
# What is cut into words; the rest is pieces of one character each.
_BLOCKS = re.compile(
    "([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ebef\U0002f800-\U0002fa1f"
    "a-zA-Z0-9+#&._%-]+)|\r\n|.",
    re.DOTALL,
)
# Of what the dictionary leaves over: what the model is for, and in the rest what stays together.
_RUNS = lazy("([\u4e00-\u9fd5]+)|[^\u4e00-\u9fd5]+")
_TOGETHER = lazy("([a-zA-Z0-9]+(?:[._-][a-zA-Z0-9]+)*%?)")

# States of the model (begin, end, middle of a word, and single), and which may come before each: of two as likely the
# second did.
_BEFORE = {"B": "ES", "E": "BM", "M": "BM", "S": "ES"}
_DECIMALS = 6  # of its logarithms of emissions, in rjieba

# State → the logarithm of the probability of the most probable way there, and the states on it.
_Ways: TypeAlias = dict[str, tuple[float, str]]


class LookupSegmenter:
    """Cuts text as rjieba does without words of a user's own."""

    def __init__(self) -> None:
        self._dictionary = DictionaryFile()

    def has_word(self, word: str) -> bool:
        """Tell whether a word stands in the dictionary."""
        return bool(word) and self._dictionary.frequency(word) is not None

    def cut(self, text: str) -> list[str]:
        """Return all pieces of ``text`` in order."""
        pieces: list[str] = []
        for match in _BLOCKS.finditer(text):
            pieces += self._cut_block(match[0]) if match[1] else [match[0]]
        return pieces

    def _cut_block(self, block: str) -> Iterator[str]:
        """Yield its words; single characters beside each other are cut together once more."""
        singles = ""
        for word in self._best_path(block):
            if len(word) == 1:
                singles += word
                continue
            yield from self._cut_singles(singles)
            singles = ""
            yield word
        yield from self._cut_singles(singles)

    def _best_path(self, block: str) -> Iterator[str]:
        """Yield the words of the most probable path; of two as likely the one whose first word is longer."""
        best = [(0.0, 0)] * (len(block) + 1)  # logarithm of the probability from there on, and where the word ends
        for start in reversed(range(len(block))):
            best[start] = max((worth - _LOG_TOTAL + best[end][0], end) for end, worth in self._words_at(block, start))
        start = 0
        while start < len(block):
            end = best[start][1]
            yield block[start:end]
            start = end

    def _words_at(self, block: str, start: int) -> Iterator[tuple[int, float]]:
        """Yield where each word ends that begins there, and the logarithm of its frequency."""
        found = False
        for end in range(start + 1, len(block) + 1):
            word = block[start:end]
            frequency = self._dictionary.frequency(word)
            if frequency is not None:
                found = True
                yield end, math.log(frequency)
            elif not self._dictionary.begins_word(word):
                break
        if not found:
            yield start + 1, 0.0

    def _cut_singles(self, singles: str) -> Iterator[str]:
        """Yield the words that the model makes of single characters, unless together they are one that lost."""
        if len(singles) < 2 or self.has_word(singles):
            yield from singles
            return
        for run in _RUNS.finditer(singles):
            yield from self._cut_by_model(run[0]) if run[1] else filter(None, _TOGETHER.split(run[0]))

    def _cut_by_model(self, run: str) -> Iterator[str]:
        word = ""
        for char, state in zip(run, self._states(run), strict=True):
            word += char
            if state in "ES":
                yield word
                word = ""

    def _states(self, run: str) -> str:
        """Return the most probable state of each character."""
        transitions: dict[str, dict[str, float]] = model_table("prob_trans")
        start: dict[str, float] = model_table("prob_start")
        ways: _Ways = {state: (start[state] + self._emission(state, run[0]), state) for state in _BEFORE}
        for char in run[1:]:
            now: _Ways = {}
            for state, before in _BEFORE.items():
                first, second = (
                    (ways[one][0] + transitions[one][state] + self._emission(state, char), one) for one in before
                )
                worth, one = first if first[0] > second[0] else second
                now[state] = worth, ways[one][1] + state
            ways = now
        return (ways["E"] if ways["E"][0] > ways["S"][0] else ways["S"])[1]

    def _emission(self, state: str, char: str) -> float:
        emission: float | None = model_table("prob_emit")[state].get(char)
        return NEVER if emission is None else round(emission, _DECIMALS)
