"""Skip data of a long posting list, so that only those runs of it are decoded in which something is sought."""

from __future__ import annotations

import numpy as np

from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Numbers, mark, numbers_between
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
        runs = self.heads.searchsorted(np.concatenate((begins, ends)))
        runs -= runs > 0
        firsts, lasts = runs[: len(begins)], runs[len(begins) :]
        touched = mark(np.zeros(len(self.heads), dtype=bool), runs)
        (wide,) = (lasts - firsts > 1).nonzero()
        if len(wide):
            mark(touched, numbers_between(firsts[wide], lasts[wide]))
        return touched.nonzero()[0]

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
        postings = Runs(taken, *self._escaped_in(taken, runs, large)).sums(self.heads.take(runs))
        return postings[: len(taken)]

    def _escaped_in(self, taken: np.ndarray, runs: Numbers, large: np.ndarray) -> tuple[Numbers, np.ndarray]:
        """The places of the escaped differences among those of some runs, and these differences."""
        (escaped,) = (taken == ESCAPE[1]).nonzero() if len(self.escaped) else (NO_ROWS,)
        if not len(escaped):
            return NO_ROWS, NO_ROWS
        numbers = self.escaped.searchsorted(runs.take(escaped // RUN) * RUN + escaped % RUN)
        return escaped, large.take(numbers)
