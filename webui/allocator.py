"""How the C library keeps memory that was given back: by default a heap for each thread, in each of which the large
arrays of answers leave gaps. A server of 945,570 passages grew to 2 GB, of which it used 0.6.
"""

from __future__ import annotations

import ctypes
import sys

# Of glibc's <malloc.h>.
_M_ARENA_MAX = -8


def share_one_heap() -> None:
    """Let all threads that are to come use one heap; where the C library has no such setting, nothing is done."""
    if not sys.platform.startswith("linux"):
        return
    try:
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
    except (OSError, AttributeError):  # another library than glibc
        return
