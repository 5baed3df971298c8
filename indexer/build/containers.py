"""Archives and mails listed in a process of their own: one that takes too long or too much there is not opened here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from indexer.build import processes
from indexer.build.failures import as_read_error
from indexer.build.isolation import LEAST_MEMORY, Limits, died, too_slow
from indexer.build.watched_process import Answer, CannotStart, Died, TooSlow, WatchedProcess
from indexer.model import Failure
from indexer.sources.containers.members import Found, members
from indexer.sources.source_file import SourceFile

List: TypeAlias = Callable[[SourceFile], Sequence[Found]]

# Containers whose members are remembered from one build to the next, for who builds often.
_MOST_REMEMBERED = 64
_remembered: OrderedDict[tuple[SourceFile, int, int], tuple[Found, ...]] = OrderedDict()


@contextmanager
def lister(limits: Limits) -> Iterator[List]:
    """Give what lists the members of a container as ``members`` does; its process ends with the context."""
    made = _Lister(limits)
    try:
        yield made.members
    finally:
        made.close()


class _Lister:
    """Lists containers in a process, which is made for the first of them."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: WatchedProcess | None = None

    def members(self, source: SourceFile) -> tuple[Found, ...]:
        """Return the members of a container; one that cannot be listed is a failure."""
        key = _key(source)
        if key in _remembered:
            _remembered.move_to_end(key)
            return _remembered[key]
        found = self._asked(source)
        if not any(isinstance(each, Failure) for each in found):
            _remembered[key] = found
            if len(_remembered) > _MOST_REMEMBERED:
                _remembered.popitem(last=False)
        return found

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.close()

    def _asked(self, source: SourceFile) -> tuple[Found, ...]:
        if self._process is None:
            self._process = WatchedProcess(_lister, self._limits)
        try:
            found: tuple[Found, ...] = self._process.ask(source, self._limits.seconds)
        except CannotStart:
            return tuple(members(source))
        except Died:
            return (Failure(source.path, str(died())),)
        except TooSlow:
            return (Failure(source.path, str(too_slow(self._limits.seconds))),)
        return found


def _key(source: SourceFile) -> tuple[SourceFile, int, int]:
    try:
        stat = source.file.stat()
    except OSError:  # told when it is opened
        return source, 0, 0
    return source, stat.st_mtime_ns, stat.st_size


def _lister(limits: Limits) -> Answer:
    """Make a new process ready to list."""
    processes.limit_memory(max(limits.memory, LEAST_MEMORY))
    return _members


def _members(source: SourceFile) -> tuple[Found, ...]:
    try:
        return tuple(members(source))
    except Exception as error:
        return (Failure(source.path, str(as_read_error(error))),)
