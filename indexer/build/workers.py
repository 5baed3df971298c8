"""Processes of a build: new Pythons, since a program that embeds us may have threads, which a fork would break."""

from __future__ import annotations

import sys
import threading
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import Any

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
    """What ``ProcessPoolExecutor`` starts such processes with."""

    Process = _Process
