"""What a process knows of files from one update to the next, so that it need not read again what has not changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from operator import methodcaller
from typing import TypeAlias

from indexer.sources.source_file import SourceFile

DigestOf: TypeAlias = Callable[[SourceFile], str]

# Nanoseconds after which a file's times tell it from what is written to it later: those of FAT have two seconds.
_SETTLED = 2_000_000_000


@dataclass(slots=True)
class _Known:
    stamp: tuple[int, ...]
    digest: str
    reason: str | None = None


class Remembered:
    """Digests and failures of files, as long as the files are by all signs (size, times, inode) the same.

    Args:
        settled: nanoseconds since its last change from which on a file is remembered.
    """

    def __init__(self, settled: int = _SETTLED) -> None:
        self._settled = settled
        self._known: dict[str, _Known] = {}

    def digest(self, source: SourceFile, digest_of: DigestOf = methodcaller("digest")) -> str:
        """Digest of a file's bytes, which ``digest_of`` gives where it is not known. Raises as that does."""
        stamp = self._stamp(source)
        known = self._known.get(source.path)
        if known and known.stamp == stamp:
            return known.digest
        self._known.pop(source.path, None)
        digest = digest_of(source)
        if stamp:
            self._known[source.path] = _Known(stamp, digest)
        return digest

    def failure(self, source: SourceFile) -> str | None:
        """Why a file could not be read, if nothing speaks for another attempt; after ``digest``."""
        known = self._known.get(source.path)
        return known.reason if known else None

    def fail(self, source: SourceFile, reason: str) -> None:
        """Remember why a file could not be read; after ``digest``."""
        if known := self._known.get(source.path):
            known.reason = reason

    def _stamp(self, source: SourceFile) -> tuple[int, ...]:
        """What tells a file from what it was; empty where nothing does yet."""
        try:
            found = os.stat(source.location)  # noqa: PTH116 - a string, and this runs for every file
        except OSError:  # told when it is read
            return ()
        if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) < self._settled:
            return ()
        return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev, source.max_bytes)
