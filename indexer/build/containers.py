"""Archives and mails opened in a process of their own: one that takes too long or too much there is not opened here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from indexer.build import processes
from indexer.build.failures import as_read_error
from indexer.build.isolation import LEAST_MEMORY, Limits, died, too_slow
from indexer.build.watched_process import Answer, CannotStart, Died, TooSlow, WatchedProcess
from indexer.errors import ReadError
from indexer.model import Failure
from indexer.sources.containers.members import Found, Member, members
from indexer.sources.source_file import SourceFile

# What is asked of the process, and the file that it is asked about.
_Task: TypeAlias = Callable[[SourceFile], object]

# Containers whose members are remembered from one build to the next, for who builds often.
_MOST_REMEMBERED = 64
_remembered: OrderedDict[tuple[SourceFile, int, int], tuple[Found, ...]] = OrderedDict()


@contextmanager
def open_containers(limits: Limits) -> Iterator[Containers]:
    """Give what opens containers; its process ends with the context."""
    made = Containers(limits)
    try:
        yield made
    finally:
        made.close()


class Containers:
    """Lists containers and reads their members in a process, which is made for the first of them; other files here."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process = WatchedProcess(_opener, limits)

    def members(self, source: SourceFile) -> tuple[Found, ...]:
        """Return the members of a container as ``members`` does; one that cannot be listed is a failure."""
        key = _key(source)
        if key in _remembered:
            _remembered.move_to_end(key)
            return _remembered[key]
        try:
            found: tuple[Found, ...] = self._asked(_members, source)
        except ReadError as error:
            found = (Failure(source.path, str(error)),)
        if not any(isinstance(each, Failure) for each in found):
            _remembered[key] = found
            if len(_remembered) > _MOST_REMEMBERED:
                _remembered.popitem(last=False)
        return found

    def content(self, source: SourceFile) -> bytes:
        """Read a file or member. Raises as ``content`` of it does, and where that takes too long or too much."""
        content: bytes = self._asked(_content, source) if isinstance(source, Member) else source.content()
        return content

    def digest(self, source: SourceFile) -> str:
        """Digest of the bytes of a file or member. Raises as ``content`` does."""
        digest: str = self._asked(_digest, source) if isinstance(source, Member) else source.digest()
        return digest

    def close(self) -> None:
        """End the process, if there is one."""
        self._process.close()

    def _asked(self, task: _Task, source: SourceFile) -> Any:
        try:
            answer = self._process.ask((task, source), self._limits.seconds)
        except CannotStart:
            return task(source)
        except Died:
            raise died() from None
        except TooSlow:
            raise too_slow(self._limits.seconds) from None
        if isinstance(answer, ReadError):
            raise answer
        return answer


def _key(source: SourceFile) -> tuple[SourceFile, int, int]:
    try:
        stat = source.file.stat()
    except OSError:  # told when it is opened
        return source, 0, 0
    return source, stat.st_mtime_ns, stat.st_size


def _opener(limits: Limits) -> Answer:
    """Make a new process ready to open containers."""
    processes.limit_memory(max(limits.memory, LEAST_MEMORY))
    return _answered


def _answered(request: tuple[_Task, SourceFile]) -> object:
    task, source = request
    try:
        return task(source)
    except Exception as error:
        return as_read_error(error)


def _members(source: SourceFile) -> tuple[Found, ...]:
    return tuple(members(source))


def _content(source: SourceFile) -> bytes:
    return source.content()


def _digest(source: SourceFile) -> str:
    return source.digest()
