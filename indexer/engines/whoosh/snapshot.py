"""The segments of one commit and what is known of them together: statistics and the orders of documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from indexer.engines import scoring
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.reader import OwnedDocument, SegmentReader
from indexer.engines.whoosh.units import PASSAGES


@dataclass
class Snapshot:
    """The segments of one commit and what is known of them together."""

    generation: int
    readers: Sequence[SegmentReader]
    _averages: dict[tuple[str, str], float] = field(default_factory=dict)

    @cached_property
    def passages(self) -> int:
        """Live passages."""
        return sum(int(reader.live.sum()) for reader in self.readers)

    @cached_property
    def owned(self) -> list[tuple[SegmentReader, int, OwnedDocument]]:
        """Live documents with their segment and their number in it."""
        return [
            (reader, number, owned)
            for reader in self.readers
            for number, owned in enumerate(reader.documents)
            if owned is not None
        ]

    def average(self, unit: str, counted: str) -> float:
        """Mean length of a unit in ``word_count`` or ``char_count``, ``headings`` of sections; 0 without any."""
        if (unit, counted) not in self._averages:
            total = sum(int(reader.units.lengths(unit, counted).sum()) for reader in self.readers)
            self._averages[unit, counted] = total / self.units(unit) if self.units(unit) else 0.0
        return self._averages[unit, counted]

    def units(self, unit: str) -> int:
        """Live passages, sections or documents."""
        return self.passages if unit == PASSAGES else sum(int(reader.units.live(unit).sum()) for reader in self.readers)

    def idf(self, unit: str, field_name: str, term: str) -> float:
        """The idf of a term among live passages, sections or documents."""
        frequency = sum(len(reader.units.posting(unit, field_name, term)[0]) for reader in self.readers)
        return scoring.idf(self.units(unit), frequency)

    def pair_weights(self, pairs: Iterable[str]) -> dict[str, float]:
        """The idf among passages of the pairs that stand in any."""
        return {
            pair: self.idf(PASSAGES, layout.GRAMS, pair)
            for pair in pairs
            if any(len(reader.posting(layout.GRAMS, pair)[0]) for reader in self.readers)
        }

    @cached_property
    def orders(self) -> dict[str, dict[int, np.ndarray]]:
        """For each sort and segment (by ``id``) the rank of each document: by id, path, date, and latest date."""
        by_path = sorted(self.owned, key=lambda item: (item[2].document.path, item[2].document.id))
        by_date = sorted(by_path, key=lambda item: (not item[2].document.date, item[2].document.date or ""))
        return {
            "relevance": self._ranks(sorted(self.owned, key=lambda item: item[2].document.id)),
            "order": self._ranks(by_path),
            "date": self._ranks(by_date),
            "-date": self._ranks(_latest_first(by_path)),
        }

    def _ranks(self, ordered: Iterable[tuple[SegmentReader, int, OwnedDocument]]) -> dict[int, np.ndarray]:
        ranks = {id(reader): np.zeros(len(reader.documents) + 1, dtype=np.int64) for reader in self.readers}
        for rank, (reader, number, _) in enumerate(ordered):
            ranks[id(reader)][number] = rank
        return ranks


def _latest_first(
    by_path: Sequence[tuple[SegmentReader, int, OwnedDocument]],
) -> list[tuple[SegmentReader, int, OwnedDocument]]:
    """By date downwards, undated last, each day by path: a stable sort reversed keeps equal ones in order."""
    dated = sorted(by_path, key=lambda item: item[2].document.date or "", reverse=True)
    return sorted(dated, key=lambda item: not item[2].document.date)
