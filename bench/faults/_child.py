"""Work in a process of its own, so that it can be killed or be given few means, and what it said."""

from __future__ import annotations

import json
import os
import select
import signal
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

# After so many seconds a child is stuck.
_PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Child:
    """A running child.

    Attributes:
        pid: of the process, which leads a group of its own.
    """

    pid: int
    _said: int

    def kill(self) -> None:
        """End it alone."""
        os.kill(self.pid, signal.SIGKILL)

    def kill_all(self) -> None:
        """End it and what it has started."""
        os.killpg(self.pid, signal.SIGKILL)

    def started(self) -> list[int]:
        """The processes that it has started."""
        found: list[int] = []
        for thread in Path(f"/proc/{self.pid}/task").glob("*/children"):
            with suppress(OSError):  # a thread that has just ended
                found += map(int, thread.read_text().split())
        return found

    def _ticks(self) -> int:
        """CPU time of it and of what it has started and is still there, in ticks of the clock."""
        fields = (_stat(path) for path in Path("/proc").glob("[0-9]*/stat"))
        return sum(int(each[11]) + int(each[12]) for each in fields if each and int(each[2]) == self.pid)

    def wait(self, patience: float = _PATIENCE, idle: float | None = None) -> str | None:
        """What its work returned; None where it was killed.

        Args:
            patience: seconds.
            idle: seconds without any CPU time after which it is stuck; None for ``patience``. On a busy machine what is
                slow still gets some.

        Raises:
            TimeoutError: it does not end.
            RuntimeError: its work raised something.
        """
        said, end, spent = b"", time.monotonic() + patience, -1
        while True:
            left = end - time.monotonic()
            if select.select([self._said], [], [], max(0, min(left, idle or left)))[0]:
                if not (part := os.read(self._said, 1 << 16)):
                    break
                said += part
            elif end <= time.monotonic() or self._ticks() == spent:
                self.kill_all()
                os.waitpid(self.pid, 0)
                raise TimeoutError("no end")
            else:
                spent = self._ticks()
        os.waitpid(self.pid, 0)
        if not said:
            return None
        result, error = json.loads(said)
        if error:
            raise RuntimeError(error)
        return str(result)


def _stat(path: Path) -> list[str]:
    """The fields of a process from its state on (proc(5)); none of one that has just ended."""
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:
        return []


@contextmanager
def child(work: Callable[[], str]) -> Iterator[Child]:
    """A child that does ``work``; what is left of it is ended with the context."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, which our work does not depend on
        pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        os.close(reading)
        try:
            said = [work(), ""]
        except BaseException:
            said = ["", traceback.format_exc()]
        with open(writing, "wb", closefd=False) as pipe:
            pipe.write(json.dumps(said).encode())
        os._exit(0)
    os.close(writing)
    running = Child(pid, reading)
    try:
        while os.getpgid(pid) != pid:  # till it leads its group
            time.sleep(0.001)
        yield running
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def result_of(work: Callable[[], str]) -> str | None:
    """What work in a child returns; None where it died."""
    with child(work) as running:
        return running.wait()
