"""How a process that serves keeps its memory, which is for it to say, not for a library.

The C library has by default a heap for each thread, in each of which the large arrays of answers leave gaps: a server
of 945,570 passages grew to 2 GB, of which it used 0.6. Python's garbage collector looks again and again through all
that stays, which holds up answers.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# Of glibc's <malloc.h>.
_M_ARENA_MAX = -8
# Objects made and not yet freed at which Python looks for what only the garbage collector can free: an answer as JSON
# leaves some ten, a page two thousand. By default it is 700, and answers take a twentieth longer.
_LEFT = 10_000


def share_one_heap() -> None:
    """Let all threads that are to come use one heap; where the C library has no such setting, nothing is done."""
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):  # another library than glibc
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


@contextmanager
def settling() -> Iterator[None]:
    """Let in it be derived what an index answers from, then ``settle``: nearly nothing of all that is garbage, and
    looking for it again and again takes a sixth of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        settle()


def settle() -> None:
    """Once what an index derives is there: let the garbage collector pass over it from now on, having freed what is
    left of the commit before, and look at the rest less often; and give the system back what was needed for a moment.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_LEFT)
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
