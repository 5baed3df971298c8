"""How a process that serves keeps its memory, which is for it to say, not for a library.

Python's garbage collector looks again and again through all that stays, which holds up answers.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from indexer import heap

# Objects made and not yet freed at which Python looks for what only the garbage collector can free: an answer as JSON
# leaves some ten, a page two thousand. By default it is 700, and answers take a twentieth longer.
_LEFT = 10_000


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
    heap.trim()
