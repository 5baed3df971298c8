"""The scores of rows, from the parts that an engine has worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from indexer.engines import scoring
from indexer.engines.definition.rows import Row
from indexer.engines.requests import Request


class RowScores(Protocol):
    """How an engine scores rows for one request."""

    def __getitem__(self, row: Row) -> float:
        """The score of a row as far as it is known."""

    def parts(self, row: Row) -> Mapping[str, float]:
        """Its unweighted parts, by the names of ``scoring.PARTS``."""

    def rescore(self, rows: Iterable[Row]) -> None:
        """Add the second stage to the scores of the leading hits, but for ``dense``; nothing where there is none."""

    def add_dense(self, values: Mapping[Row, float]) -> None:
        """Add the part ``dense`` to the scores of some hits."""


class PartScores:
    """The first stage as it is given, the second worked out for those that ask; ``RowScores``."""

    def __init__(
        self, request: Request, first_stage: Mapping[Row, dict[str, float]], pair_weights: Mapping[str, float]
    ) -> None:
        """``pair_weights`` has the idf of those of the query's pairs that any passage holds, in query order."""
        self._request = request
        self._parts = first_stage
        self._pair_weights = pair_weights

    def __getitem__(self, row: Row) -> float:
        """See ``RowScores``."""
        request = self._request
        return scoring.row_score(
            self._parts[row], request.weights, row.tokens.passage.kind, rank_headings=request.rank_headings
        )

    def parts(self, row: Row) -> Mapping[str, float]:
        """See ``RowScores``."""
        return self._parts[row]

    def rescore(self, rows: Iterable[Row]) -> None:
        """See ``RowScores``."""
        for row in rows if self._pair_weights else ():
            self._parts[row].update(
                scoring.words_parts(row.tokens.chars, self._pair_weights, self._request.terms.amounts)
            )

    def add_dense(self, values: Mapping[Row, float]) -> None:
        """See ``RowScores``."""
        for row, value in values.items():
            self._parts[row]["dense"] = value
