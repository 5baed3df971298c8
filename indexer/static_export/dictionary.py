"""What query analysis needs beside the index: the segmenter's dictionary and HMM, and how characters fold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from indexer.analysis import Analyzer
from indexer.analysis import segmenter_dictionary as tables
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import simplified_forms
from indexer.analysis.spellings import transliteration_characters
from indexer.static_export.shards import compress, cut, signed, table, varint, varints

# Decimals of the HMM's logarithms that are kept: all that rjieba has.
DECIMALS = 6


@lru_cache(maxsize=1)
def dictionary_files(analyzer: Analyzer, most: int) -> Sequence[tuple[str, bytes]]:
    """First term and content of each file of ``dictionary_shards``, kept: the next export has the same."""
    return tuple((first, compress(content)) for first, content in dictionary_shards(analyzer, most))


def dictionary_shards(analyzer: Analyzer, most: int) -> Iterator[tuple[str, bytes]]:
    """First term and bytes of each shard.

    A word has its frequency; a single character, with frequency 0 where it is no word, four emission logarithms after
    it (``tables.STATES``; negated, in units of the last decimal; 0 for never) if the HMM knows it. A shard that begins
    amid the words of a character repeats that character, so that the shard in which a word's two first characters
    belong is enough to look both up.
    """
    values = {word: varint(frequency) for word, frequency in tables.dictionary(analyzer.segmenter).items()}
    for char, logarithms in tables.emissions().items():
        numbers = [0 if each is None else round(-each * 10**DECIMALS) for each in logarithms]
        values[char] = values.get(char, varint(0)) + varints(numbers)[0]
    for shard in cut(sorted(values.items()), most):
        first = shard[0][0]
        repeated = [] if len(first) == 1 or first[0] not in values else [(first[0], values[first[0]])]
        yield first, table([*repeated, *shard])


def folding_table() -> bytes:
    """Number of characters that fold to a simplified form; the gaps between them; the distances to those forms."""
    forms = sorted(simplified_forms().items())
    codes = np.array([ord(char) for char, _ in forms], dtype=np.int64)
    to = np.array([ord(form) for _, form in forms], dtype=np.int64)
    return varint(len(codes)) + varints(np.diff(codes, prepend=0))[0] + varints(signed(to - codes))[0]


@lru_cache(maxsize=1)
def query_words(analyzer: Analyzer) -> Mapping[str, Any]:
    """The small tables of query analysis, as JSON, kept likewise."""
    segmenter = analyzer.segmenter
    start, transitions = tables.transitions()
    return {
        "segmenter": segmenter.name.partition(" ")[0],
        "total": tables.total_frequency(segmenter),
        "protected": sorted(segmenter.protected),
        "start": start,
        "transitions": transitions,
        "uninformative": sorted(uninformative_words()),
        "transliteration": transliteration_characters(),
        "synonyms": analyzer.synonyms.entries,
        "spaced_words": sorted(analyzer.spaced_words),
    }
