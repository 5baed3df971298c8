"""Skip data of a long posting list, so that only those runs of it are decoded in which something is sought."""

from __future__ import annotations

import numpy as np

from indexer.engines.whoosh.segments.array_cache import Numbers, mark, numbers_between
from indexer.engines.whoosh.segments.gaps import ESCAPE, RUN, Runs
from indexer.model.records import record


@record
class Skips:
    """What is known of a list whose differences take one byte; derived from them in one pass.

    Attributes:
        heads: the last posting before each run, 0 before the first.
        escaped: the places of the differences that are escaped.
    """

    heads: np.ndarray
    escaped: np.ndarray

    def as_arrays(self) -> tuple[np.ndarray, np.ndarray]:
        """As they are kept."""
        return self.heads, self.escaped

    def runs_of(self, begins: np.ndarray, ends: np.ndarray) -> Numbers:
        """The runs of all postings from each begin to before its end, which lies after it, in order."""
        firsts = np.maximum(self.heads.searchsorted(begins) - 1, 0)
        lasts = np.maximum(self.heads.searchsorted(ends) - 1, 0)
        touched = mark(mark(np.zeros(len(self.heads), dtype=bool), firsts), lasts)
        if len(wide := np.flatnonzero(lasts - firsts > 1)):
            mark(touched, numbers_between(firsts[wide], lasts[wide]))
        return np.flatnonzero(touched)

    def decoded(self, runs: Numbers, gaps: np.ndarray, large: np.ndarray) -> Numbers:
        """The postings of some runs.

        Args:
            runs: their numbers, in order.
            gaps: all differences of the list, as they are stored; not less than a run.
            large: the escaped ones.
        """
        whole, rest = divmod(len(gaps), RUN)
        taken = gaps[: whole * RUN].reshape(whole, RUN).take(runs, axis=0, mode="clip").ravel()
        if len(runs) and runs[-1] == whole:
            taken = taken[: len(taken) - RUN + rest]
            taken[-rest:] = gaps[whole * RUN :]
        escaped = np.flatnonzero(taken == ESCAPE[1]) if len(self.escaped) else self.escaped
        numbers = self.escaped.searchsorted(runs.take(escaped // RUN) * RUN + escaped % RUN)
        postings = Runs(taken, escaped, large.take(numbers)).sums(self.heads.take(runs))
        return postings[: len(taken)]
