"""Queries by class, drawn from the passages themselves, the same at every run."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bench.peers import Query, Row

# A word in more than this share of the passages is frequent.
FREQUENT = 0.02
RARE = (0.0001, 0.002)
# Words of a query of mixed words, at most.
_MIXED = 3
_HAN = ("\u4e00", "\u9fff")


def classes(rows: Sequence[Row], wanted: int) -> dict[str, list[Query]]:
    """Name of each class → ``wanted`` queries of it."""
    draw = _Draw(rows)
    makers = {
        "1 word, frequent": draw.one_frequent,
        "2 words, frequent": draw.two_frequent,
        "1 word, rare": draw.one_rare,
        "2 words, rare": draw.two_rare,
        "3 words": draw.three,
        "mixed words": draw.mixed_words,
        "phrase": draw.phrase,
        "1 character": draw.character,
        "wildcard": draw.wildcard,
        "NOT": draw.negation,
        "filter": draw.in_chapter,
        "scope=section": draw.in_section,
        "question, 30 characters": draw.question,
    }
    return {name: [maker() for _ in range(wanted)] for name, maker in makers.items()}


class _Draw:
    """Draws queries of each class."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._chance = random.Random(5)
        counts = Counter(word for row in rows for word in set(row.words))
        words = {word: count / len(rows) for word, count in counts.items() if len(word) > 1 and _is_han(word)}
        self._frequent = {word for word, share in words.items() if share > FREQUENT}
        self._rare = {word for word, share in words.items() if RARE[0] < share < RARE[1]}

    def one_frequent(self) -> Query:
        return _plain([self._chance.choice(sorted(self._frequent))])

    def two_frequent(self) -> Query:
        return _plain(self._together(self._frequent, 2))

    def one_rare(self) -> Query:
        return _plain([self._chance.choice(sorted(self._rare))])

    def two_rare(self) -> Query:
        return _plain(self._together(self._rare, 2))

    def three(self) -> Query:
        return _plain(self._together(self._rare | self._frequent, 3))

    def mixed_words(self) -> Query:
        """One to three words of a passage, whatever they are."""
        while True:
            words = sorted({word for word in self._chance.choice(self._rows).words if len(word) > 1 and _is_han(word)})
            if len(words) >= _MIXED:
                return _plain(self._chance.sample(words, self._chance.randint(1, _MIXED)))

    def phrase(self) -> Query:
        while True:
            words = self._chance.choice(self._rows).words
            runs = [pair for pair in pairwise(words) if all(map(_is_han, pair))]
            if runs:
                pair = self._chance.choice(runs)
                return Query('"' + "".join(pair) + '"', pair, phrase=True)

    def character(self) -> Query:
        while True:
            char = self._chance.choice(self._chance.choice(self._rows).text or " ")
            if _is_han(char):
                return Query(char, [char])

    def wildcard(self) -> Query:
        word = self._chance.choice(sorted(self._rare))
        return Query(f"{word[0]}*", [word[0]], prefix=True)

    def negation(self) -> Query:
        first, second = self._together(self._frequent, 2)
        return Query(f"{first} -{second}", [first], without=second)

    def in_chapter(self) -> Query:
        while True:
            row = self._chance.choice(self._rows)
            words = sorted(self._frequent.intersection(row.words))
            if row.chapter and words:
                word = self._chance.choice(words)
                return Query(word, [word], chapter=row.chapter)

    def in_section(self) -> Query:
        return Query(" ".join(words := self._together(self._frequent, 2)), words, scope="section")

    def question(self) -> Query:
        while True:
            row = self._chance.choice(self._rows)
            text = "".join(filter(_is_han, row.text))
            if len(text) >= 30:
                kept = [word for word in row.words if _is_han(word) and word in text[:30]]
                return Query(f"{text[:28]}吗？", kept, any_word=True)

    def _together(self, words: set[str], wanted: int) -> list[str]:
        """Words of one passage."""
        while True:
            found = sorted(words.intersection(self._chance.choice(self._rows).words))
            if len(found) >= wanted:
                return self._chance.sample(found, wanted)


def mixed(by_class: dict[str, list[Query]]) -> Iterator[Query]:
    """One of each class in turn."""
    for queries in zip(*by_class.values(), strict=True):
        yield from queries


def _plain(words: Sequence[str]) -> Query:
    return Query(" ".join(words), list(words))


def _is_han(text: str) -> bool:
    return all(_HAN[0] <= char <= _HAN[1] for char in text)
