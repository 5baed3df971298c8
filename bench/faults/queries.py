"""Queries of any kind, joined at random with any options: each is answered or refused, within the CPU time that is
promised of a corpus of this size, and within the counts of the whole.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import indexer
from bench import ROOT
from bench.faults import Trial, fault, too_dear
from bench.worst import BOUND, Vocabulary, joined, options, shapes
from indexer.errors import XunzhangError


@fault("queries of all kinds, each within its CPU time", short=20, faults=2_000, endurance=50_000)
def dear_queries(folder: Path) -> Iterator[Trial]:
    """On the handbook."""
    with indexer.create_index(folder / "index") as index:
        index.update([ROOT / "docs"])
        index.search("的")  # the dictionary is loaded
        vocabulary = Vocabulary(index)
        passages = index.stats().passages

        def trial(random: Random) -> str:
            texts, ways = shapes(vocabulary, random), options(vocabulary)
            _, _, asked = joined(texts, ways, random)
            started = time.process_time()
            try:
                found = index.search(**asked)
            except XunzhangError:
                return ""
            taken = (time.process_time() - started) * 1e3  # ms, as BOUND
            if not 0 <= found.total + found.tiers["some"] <= passages:
                return f"{asked['query']!r} finds {found.tiers} of {passages} passages"
            return f"{asked['query']!r} took {taken:.0f} ms" if too_dear(taken, BOUND) else ""

        yield trial
