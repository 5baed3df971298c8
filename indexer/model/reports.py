"""What was done: by an update, a watch, an export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update is.

    Attributes:
        path: the file being read.
        files: files looked at so far, of ``total``.
        passages: passages read so far.
        bytes: size of the files looked at so far, of ``total_bytes``.
        embedded: sections embedded so far, where the index has vectors.
    """

    path: str
    files: int
    total: int
    passages: int
    bytes: int = 0
    total_bytes: int = 0
    embedded: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in one sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What one update did, as paths of documents.

    Attributes:
        gone: documents that stay, though their files are not there any more; ``prune`` takes them out.
        incomplete: files of which a part could not be read; the rest of them is in the index.
        skipped: number of files passed over because their format is not read, by ending, most first.
        skipped_paths: which files those are.
        ignored: what an ignore file (``.xunzhangignore``) names, folders with a slash at the end.
        passages: live passages in the index afterwards.
        cuts: how many times a paragraph of the files read now was cut, because it was longer than a passage may be.
        dropped: how many parts of their pages (related links, share bars, licences) were left out.
        seconds: wall time.
        embedded: sections whose vectors were made now.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    incomplete: tuple[Failure, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    skipped_paths: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    passages: int = 0
    cuts: int = 0
    dropped: int = 0
    seconds: float = 0.0
    embedded: int = 0


class WatchState(StrEnum):
    """What a watch is doing."""

    READING = "reading"
    CURRENT = "current"
    WAITING = "waiting"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class WatchStatus:
    """How far a watch is.

    Attributes:
        state: reading files, having nothing to do, waiting until the index can be written, or stopped by an error.
        progress: of the update it is at; None before its first file and where there is none.
        report: what the last whole update did; its lists of failures and skipped files are of all files.
        problem: why it waits or has stopped, as a sentence; else empty.
    """

    state: WatchState = WatchState.READING
    progress: Progress | None = None
    report: UpdateReport | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What a static export wrote.

    Attributes:
        files, bytes: number and size of the files, the JavaScript among them.
        core: bytes that every visit reads before its first search.
        pages: whether pages were written too; not where the folder has an ``index.html`` of somebody else's.
    """

    generation: str
    documents: int
    passages: int
    files: int
    bytes: int
    core: int
    pages: bool = False


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was done to make a built site searchable.

    Attributes:
        export: what was written.
        left_out: pages that are not searched, and why.
        failed: pages that could not be read.
    """

    export: ExportReport
    left_out: tuple[Failure, ...]
    failed: tuple[Failure, ...]
