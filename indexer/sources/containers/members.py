"""A container → its members, each a source with a path of its own, within limits of size, number and nesting."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TypeAlias, cast

from indexer.documents import SUFFIXES
from indexer.errors import ReadError
from indexer.model import Failure
from indexer.model.ids import content_digest
from indexer.model.records import record
from indexer.sources.containers.contract import (
    MOST_MEMBERS,
    MOST_NESTED,
    MOST_TIMES,
    Container,
    Entry,
    damaged,
    too_large,
    too_many,
)
from indexer.sources.filenames import is_hidden
from indexer.sources.source_file import SourceFile, require_size

# Ending → module and class; they load with the first container of the kind.
_TAR = ("tar_archive", "TarArchive")
_KINDS = {
    ".zip": ("zip_archive", "ZipArchive"),
    ".eml": ("mail", "MailAttachments"),
    **dict.fromkeys((".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz"), _TAR),
}
_ENDINGS = tuple(_KINDS)
# What archivers and systems leave beside the files of a user.
_LEFT_BEHIND = ("__MACOSX",)


@record
class Member(SourceFile):
    """A file in a container.

    Attributes:
        inside: its path in the container that lies in the folder.
        numbers: which entry it is, of that container, of the container in it, and so on.
    """

    inside: str = ""
    numbers: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """Its name, readable."""
        return PurePosixPath(self.path).name

    @property
    def on_disk(self) -> str:
        """The document path of the container that lies in the folder."""
        return self.path.removesuffix(f"/{self.inside}")

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open it for reading. Raises as ``content`` does."""
        yield BytesIO(self.content())

    def content(self) -> bytes:
        """Read the whole member.

        Raises:
            ReadError: the container is not what it was when its members were listed, or the member is damaged.
        """
        container = _opened(self.file, _stamp(self.file), self.numbers[:-1], self.max_bytes)
        if self.numbers[-1] >= len(container.entries):
            raise ReadError("压缩包刚才变了，里面没有这一份了。", "请再运行一次。")
        content = container.read(self.numbers[-1])
        require_size(len(content), self.max_bytes)
        return content

    def digest(self) -> str:
        """Digest of its bytes. Raises as ``content`` does."""
        return content_digest(self.content())


@dataclass(frozen=True, slots=True)
class Skipped:
    """A member of a format that is not read."""

    member: Member

    @property
    def path(self) -> str:
        """The path it would have as a document."""
        return self.member.path


Found: TypeAlias = Member | Failure | Skipped


def is_container(name: str) -> bool:
    """Tell whether a file of that name holds files."""
    return name.lower().endswith(_ENDINGS)


def members(source: SourceFile) -> Iterator[Found]:
    """Yield what stands in a container and in containers in it: members to read, failures by path, what is skipped.

    A member whose path leads out of the container is a failure; hidden ones are passed over, as in folders.
    """
    yield from _Listing(source).found((), source.path)


class _Listing:
    """The members of one file, which may together be so many and so large."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._most = source.max_bytes * MOST_TIMES
        self._size = self._count = 0

    def found(self, numbers: tuple[int, ...], path: str) -> Iterator[Found]:
        """Yield the members of the container that ``numbers`` lead to; ``path`` is its document path."""
        try:
            entries = self._entries(numbers)
        except ReadError as error:
            yield Failure(path, str(error))
            return
        taken: set[str] = set()
        for number, entry in enumerate(entries):
            parts = [part for part in entry.name.split("/") if part not in ("", ".")]
            if not parts or any((is_hidden(part) and part != "..") or part in _LEFT_BEHIND for part in parts):
                continue
            inner = f"{path}/{unicodedata.normalize('NFC', '/'.join(parts))}"
            if problem := _problem(entry, parts, is_taken=inner in taken):
                yield Failure(inner, problem)
            else:
                yield from self._member((*numbers, number), inner, entry)
            taken.add(inner)

    def _entries(self, numbers: tuple[int, ...]) -> list[Entry]:
        if len(numbers) > MOST_NESTED:
            raise ReadError(f"压缩包里套压缩包，超过 {MOST_NESTED} 层，没有再往里读。", "请把它解开，放进目录。")
        file = self._source.file
        entries = _opened(file, _stamp(file), numbers, self._source.max_bytes).entries
        self._size += sum(entry.size for entry in entries)
        self._count += len(entries)
        if self._size > self._most:
            raise too_large(self._size, self._most)
        if self._count > MOST_MEMBERS:
            raise too_many()
        return list(entries)

    def _member(self, numbers: tuple[int, ...], path: str, entry: Entry) -> Iterator[Found]:
        suffix = PurePosixPath(path).suffix.lower()
        inside = path.removeprefix(f"{self._source.path}/")
        member = Member(self._source.location, path, self._source.max_bytes, inside, numbers)
        if suffix not in SUFFIXES and not is_container(path):
            yield Skipped(member)
            return
        try:
            require_size(entry.size, self._source.max_bytes)
        except ReadError as error:
            yield Failure(path, str(error))
            return
        if suffix in SUFFIXES:
            yield member
        if is_container(path):
            yield from self.found(numbers, path)


def _problem(entry: Entry, parts: list[str], *, is_taken: bool) -> str:
    if ".." in parts:
        return "它在压缩包里的路径指到压缩包外面，没有读。请确认压缩包从哪里来。"
    if is_taken:
        return "压缩包里有两份同一个路径的文件，只收前一份。请给其中一份改名。"
    return entry.problem


def _stamp(file: Path) -> tuple[int, int]:
    """Return what tells that a file is another one now."""
    try:
        found = file.stat()
    except OSError:  # told when it is opened
        return 0, 0
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=2)
def _opened(file: Path, stamp: tuple[int, int], numbers: tuple[int, ...], max_bytes: int) -> Container:
    """Return a container in memory; the last ones are kept, since their members are read one after the other."""
    if numbers:
        outer = _opened(file, stamp, numbers[:-1], max_bytes)
        name, content = outer.entries[numbers[-1]].name, outer.read(numbers[-1])
    else:
        name, content = file.name, SourceFile(file, "", max_bytes).content()
    try:
        return _kind(name)(content, max_bytes * MOST_TIMES)
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # whatever a library meets in a file that somebody made up
        raise damaged() from error


def _kind(name: str) -> Callable[[bytes, int], Container]:
    ending = max((each for each in _ENDINGS if name.lower().endswith(each)), key=len)
    module, kind = _KINDS[ending]
    return cast(Callable[[bytes, int], Container], getattr(import_module(f"indexer.sources.containers.{module}"), kind))
