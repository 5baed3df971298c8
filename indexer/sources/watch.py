"""Folders and files → a word each time something in them may have changed."""

from __future__ import annotations

import glob
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import watchfiles

from indexer.sources.filenames import is_hidden
from indexer.sources.ignore import IGNORE_FILE

# Milliseconds without a change after which a burst of them is over, and after which it is told though it goes on.
_QUIET, _LONGEST_BURST = 100, 600
# Milliseconds after which it is looked whether the folders are still the same; seconds between looks for one that is
# gone.
_LOOK, _LOOK_FOR_LOST = 500, 0.5
# Milliseconds between looks at everything, where the system cannot tell of changes.
_POLL = 1_500


def changes(paths: Sequence[Path], without: Path, stop: threading.Event) -> Iterator[None]:
    """Yield at first, and within about a second of each change or burst of changes, until ``stop`` is set.

    What is changed while the caller is at work is told afterwards. A path that is gone is waited for: when it is there
    again (a folder that was made anew, a disk that was mounted), that is a change. Where the system has no more watches
    to give, everything is looked at again and again instead.

    Args:
        paths: folders, with all that is below, files and patterns; hidden files tell nothing, but for ignore files.
        without: a folder in which changes do not count, though it may be in one of ``paths``: that of the index.
        stop: ends the wait within about half a second.
    """
    polls = False
    while not stop.is_set():
        present = _identities(paths)
        try:
            yield from _while_in_place(paths, present, without, stop, polls=polls)
        except FileNotFoundError:  # gone between the two looks
            continue
        except OSError:  # most likely there are no more watches
            if polls:
                raise
            polls = True


def _while_in_place(
    paths: Sequence[Path], present: dict[Path, tuple[int, int]], without: Path, stop: threading.Event, *, polls: bool
) -> Iterator[None]:
    """Do it for as long as the same folders are there."""
    if not present:
        yield
        while not stop.wait(_LOOK_FOR_LOST) and not _identities(paths):
            pass
        return
    is_first = True
    for found in watchfiles.watch(
        *present,
        watch_filter=_Filter([*map(os.path.realpath, present), *map(str, present)], without),
        debounce=_LONGEST_BURST,
        step=_QUIET,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        stop_event=stop,
        force_polling=polls or None,
        poll_delay_ms=_POLL,
        recursive=any(path.is_dir() or glob.has_magic(str(path)) for path in paths),
        ignore_permission_denied=True,
    ):
        if _identities(paths) != present:
            return
        if found or is_first:
            is_first = False
            yield


class _Filter:
    """Tells which changes count."""

    def __init__(self, roots: Sequence[str], without: Path) -> None:
        self._roots = sorted(set(roots), key=len, reverse=True)
        self._without = {str(without), os.path.realpath(without)}

    def __call__(self, change: watchfiles.Change, path: str) -> bool:
        if any(path == folder or path.startswith(folder + os.sep) for folder in self._without):
            return False
        root = next((root for root in self._roots if path.startswith(root)), "")
        *folders, name = path[len(root) :].split(os.sep)  # noqa: PTH206 - strings: this runs for every change
        return (name == IGNORE_FILE or not is_hidden(name)) and not any(map(is_hidden, folders))


def _identities(paths: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """Return what tells each path that is there from another one that takes its place.

    A file is watched by the folder it is in: who saves it atomically puts another in its place.
    """
    found = {}
    for watched in map(_watched, paths):
        try:
            status = watched.stat()
        except OSError:
            continue
        found[watched] = (status.st_dev, status.st_ino)
    return found


def _watched(path: Path) -> Path:
    """Return the folder to watch for a path: of a file or a pattern the one that it is in."""
    while glob.has_magic(str(path)) and not path.exists():
        path = path.parent
    return path if path.is_dir() else path.parent
