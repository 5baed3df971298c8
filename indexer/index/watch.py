"""Keeping an index current with files and folders while they change, in this thread or in one of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.errors import IndexBusy, IndexUnavailable
from indexer.model import Progress, UpdateReport, WatchState, WatchStatus

if TYPE_CHECKING:
    from indexer.build.remembered import Remembered

# Seconds until another attempt, where another build holds the lock, and where the index cannot be written.
_BUSY, _UNAVAILABLE = 0.5, 10.0


class Watch:
    """Follows every change of files; see ``Index.watch``.

    Attributes:
        status: what it is doing, for any thread to look at.
    """

    def __init__(
        self, paths: list[Path], folder: Path, update: Callable[[Callable[[Progress], None], Remembered], UpdateReport]
    ) -> None:
        self._paths, self._folder, self._update = paths, folder, update
        self._stop = threading.Event()
        self.status = WatchStatus()

    def run(self, last: UpdateReport | None = None) -> Iterator[UpdateReport]:
        """Yield a report of each update that changed the index or failed otherwise than the one before, until ``stop``.

        Args:
            last: what is known already, of an update just before; without it the first report comes in any case.

        Raises:
            IndexUnavailable: the index is gone, or is one that this program cannot go on with.
        """
        from indexer.build.isolation import keep_process
        from indexer.build.processes import in_background
        from indexer.build.remembered import Remembered
        from indexer.sources.watch import changes

        remembered = Remembered()
        # who asks meanwhile is answered first; a new process would take longer to start than most files to be read
        with in_background(), keep_process():
            for _ in changes(self._paths, self._folder, self._stop):
                report = self._updated(remembered)
                if report and (last is None or _is_news(report, last)):
                    last = report
                    yield report

    def stop(self) -> None:
        """Let ``run`` end, after the update it may be at."""
        self._stop.set()

    def _updated(self, remembered: Remembered) -> UpdateReport | None:
        """Update until it succeeds; None where it was stopped before."""
        while not self._stop.is_set():
            self._tell(state=WatchState.READING, progress=None, problem="")
            try:
                report = self._update(lambda progress: self._tell(progress=progress), remembered)
            except IndexBusy as error:
                self._wait(error, _BUSY)
            except IndexUnavailable as error:
                if type(error) is not IndexUnavailable:  # it will not come back by itself
                    self._tell(state=WatchState.STOPPED, progress=None, problem=str(error))
                    raise
                self._wait(error, _UNAVAILABLE)
            else:
                self._tell(state=WatchState.CURRENT, progress=None, report=report)
                return report
        return None

    def _wait(self, error: IndexUnavailable, seconds: float) -> None:
        self._tell(state=WatchState.WAITING, progress=None, problem=str(error))
        self._stop.wait(seconds)

    def _tell(self, **changed: Any) -> None:
        self.status = replace(self.status, **changed)


def _is_news(report: UpdateReport, last: UpdateReport) -> bool:
    changed = report.added or report.updated or report.renamed or report.removed
    return bool(changed) or (report.failed, report.gone) != (last.failed, last.gone)
