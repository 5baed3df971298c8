"""The heap of this process, as the C library keeps it: for a program to decide, a command or a server, never for the
library. Where the C library has no such setting, nothing is done.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

# Of glibc's <malloc.h>.
_M_TRIM_THRESHOLD, _M_MMAP_MAX, _M_ARENA_MAX = -1, -4, -8


def keep() -> None:
    """Give nothing back that a process for one answer will ask for again, page by page."""
    _set(_M_TRIM_THRESHOLD, -1)
    _set(_M_MMAP_MAX, 0)


def share() -> None:
    """Let all threads that are to come use one heap. By default each has its own, in each of which the large arrays of
    answers leave gaps: a server of 945,570 passages grew to 2 GB, of which it used 0.6.
    """
    _set(_M_ARENA_MAX, 1)


def trim() -> None:
    """Give back what is free."""
    _tell(lambda library: library.malloc_trim(0))


def _set(option: int, value: int) -> None:
    _tell(lambda library: library.mallopt(option, value))


def _tell(tell: Callable[[Any], object]) -> None:
    if sys.platform.startswith("linux"):
        import ctypes  # which NumPy loads anyway

        with suppress(OSError, AttributeError):  # another library than glibc
            tell(ctypes.CDLL(None))
