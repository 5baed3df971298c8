"""The processes that read files: how they are started, end, and are kept within bounds.

They are new Pythons, since a program that embeds us may have threads, which a fork would break.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import Any

# How much later than others a process in the background runs, of 19.
_GIVING_WAY = 10
# What the system says of a process's memory, in pages; the sixth number is its data.
_STATM = Path("/proc/self/statm")


def obey_parent() -> None:
    """In a new process: Ctrl-C is answered by the one that started it; when that is killed, this one ends too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


class _Background:
    """How many in this program ask for new processes to give way to what people wait for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted = 0

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Let processes that are started meanwhile give way."""
        self._want(1)
        try:
            yield
        finally:
            self._want(-1)

    def __bool__(self) -> bool:
        return self._wanted > 0

    def _want(self, more: int) -> None:
        with self._lock:
            self._wanted += more


in_background = _Background()


def do_without_blas_threads() -> None:
    """Before NumPy is loaded: let it start no threads for products of matrices, which would wait for them and take
    from those that read.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def give_way() -> None:
    """Let other processes run before this one, where the system has such an order."""
    if hasattr(os, "nice"):
        os.nice(_GIVING_WAY)


def limit_memory(growth: int) -> None:
    """Let this process take so many more bytes and then raise ``MemoryError``, where the system (Linux) can tell."""
    try:
        import resource

        taken = int(_STATM.read_text("ascii").split()[5]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = taken + growth
        if most in (resource.RLIM_INFINITY, -1) or wanted < most:
            resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))
    except (ImportError, OSError, ValueError, LookupError):  # then without
        return


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


_HIDING = threading.Lock()


class _Process(SpawnProcess):
    """A process that does not run the program's main module again, which ``multiprocessing`` does for functions that
    are defined there; ours are not. So a script needs no ``if __name__ == "__main__":``.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802  # the name is that of multiprocessing
        with _HIDING:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                return SpawnProcess._Popen(process_obj)
            finally:
                sys.modules["__main__"] = main


class Context(SpawnContext):
    """What starts such processes."""

    Process = _Process
