"""A file to be read, and how it is opened: a regular one, of a size that was allowed, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from indexer.errors import ReadError, reason
from indexer.model.ids import file_digest
from indexer.model.records import record
from indexer.sources.filenames import readable

# Bytes of a file that is read, at most, by default: while it is read it takes some ten times as much memory.
MAX_FILE_BYTES = 64 << 20
# What reading one may take where its format is read in a process of its own.
MAX_SECONDS = 120.0
# A pipe that has come into the place of a file must not keep us waiting for somebody to write to it.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@record
class SourceFile:
    """A file to be read and the path its document has in the index.

    Attributes:
        location: where it is; by discovery a string, since there is one for each file of an update.
        max_bytes: a larger file is not read.
    """

    location: str | os.PathLike[str]
    path: str
    max_bytes: int = MAX_FILE_BYTES

    @property
    def file(self) -> Path:
        """Where it is."""
        return Path(self.location)

    @property
    def name(self) -> str:
        """Its name, readable."""
        return readable(self.file.name)

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return PurePosixPath(self.name).stem

    @property
    def on_disk(self) -> str:
        """The document path of what lies in its folder: of itself, but for what stands in another file."""
        return self.path

    def size(self) -> int:
        """Its bytes on the disk; 0 where that cannot be told, as it will be when it is read."""
        try:
            return os.stat(self.location).st_size  # noqa: PTH116 - perhaps a string
        except OSError:
            return 0

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open it for reading.

        Raises:
            ReadError: it is missing, not permitted, no regular file, or too large; message and hint are sentences for
                the user. Also for what goes wrong while it is read.
        """
        try:
            with os.fdopen(self._descriptor(), "rb") as stream:
                yield stream
        except OSError as error:
            raise _unreadable(error) from None

    def content(self) -> bytes:
        """Read the whole file. Raises as ``open`` does, also when it has grown too large meanwhile."""
        with self.open() as stream:
            content = stream.read(self.max_bytes + 1)
        require_size(len(content), self.max_bytes)
        return content

    def digest(self) -> str:
        """Digest of its bytes, as documents carry it (``model.ids``). Raises as ``open`` does.

        An update asks it of every file: a stream around each would take a third as long again.
        """
        try:
            descriptor = self._descriptor()
            try:
                return file_digest(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise _unreadable(error) from None

    def _descriptor(self) -> int:
        """Open it, once it is known to be no device, opening which may do something."""
        mode = os.stat(self.location).st_mode  # noqa: PTH116 - perhaps a string
        if not S_ISREG(mode) and not S_ISDIR(mode):
            raise not_regular()
        descriptor = os.open(self.location, _FLAGS)
        try:
            self._require_readable(os.fstat(descriptor))
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _require_readable(self, found: os.stat_result) -> None:
        if S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not S_ISREG(found.st_mode):
            raise not_regular()
        require_size(found.st_size, self.max_bytes)


def _unreadable(error: OSError) -> ReadError:
    match error:
        case FileNotFoundError():
            return ReadError("文件不存在。", "它可能刚被移走或改名，请检查路径。")
        case PermissionError():
            return ReadError("打不开：没有读取这个文件的权限。", "请检查文件权限，或换有权限的用户运行。")
        case IsADirectoryError():
            return ReadError("这是一个目录，不是文件。", "请给出其中的文件，或把整个目录交给 index 命令。")
    return ReadError(f"读取文件时出错：{reason(error)}。", "请检查磁盘和路径。")


def require_size(size: int, most: int) -> None:
    """Refuse a file of more than ``most`` bytes."""
    if size > most:
        size_mb = -(-size // (1 << 20))
        raise ReadError(
            f"文件有 {size_mb} MB，超过一个文件的上限 {most / (1 << 20):g} MB，没有读。",
            f"请把它拆小；确实要读，加 --max-file-mb {size_mb}，内存也要够。",
        )


def not_regular() -> ReadError:
    """Say that what is there is a pipe, a socket or a device."""
    return ReadError("不是普通文件（是管道、套接字或设备），没有打开。", "请把它移走。")
