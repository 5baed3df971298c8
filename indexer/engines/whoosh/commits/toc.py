"""The table of contents (TOC) of a commit: a file that says of which segments it is made.

The first line is the SHA-256 of all the rest, in hexadecimal. The rest is JSON:

    index       32 hexadecimal digits, drawn when an index is made and kept by all its commits
    generation  the number of the commit, as in the file's name
    segments    of each: its name, rows, ranges of deleted rows, bytes of its file, and its seal (``array_file``),
                which vouches for all that the file holds

So whoever has verified the TOC can verify everything, and its digest is an identity that no commit of another index
has. The folder is a stranger's for all we know: nothing is unpickled, and no name leads out of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from indexer.engines.whoosh.library import Segment
from indexer.engines.whoosh.segments import layout
from indexer.model.records import record

# Hexadecimal digits of the whole digest, and of the part that is told as the commit's identity.
_DIGEST, _SHOWN = 64, 20
_NAME = re.compile("[0-9a-z]{1,40}")


class NoToc(Exception):
    """The folder holds no commit."""


@record
class Toc:
    """What a TOC says.

    Attributes:
        index: what all commits of its index share, and of no other.
        generation: number of the commit.
        segments: what it is made of.
        identity: told by ``identify``.
    """

    index: str
    generation: int
    segments: Sequence[Segment]
    identity: str


def new_index() -> str:
    """What a new index, or one that takes the place of another, gives its commits."""
    return os.urandom(16).hex()


def toc_name(generation: int) -> str:
    """The name of a commit's TOC."""
    return f"_{layout.INDEX_NAME}_{generation}.toc"


def latest_generation(folder: Path) -> int:
    """The number of the last commit; -1 without any, or without the folder."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - once a request, so without a path for each
    except (FileNotFoundError, NotADirectoryError):
        return -1
    begin, end = f"_{layout.INDEX_NAME}_", ".toc"
    numbers = [name[len(begin) : -len(end)] for name in names if name.startswith(begin) and name.endswith(end)]
    return max((int(number) for number in numbers if number.isascii() and number.isdecimal()), default=-1)


def identify(folder: Path) -> str:
    """The identity of the last commit, without reading or verifying more than that.

    Raises:
        NoToc: there is none.
        FileNotFoundError: another commit took its place meanwhile.
    """
    generation, path = _latest(folder)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return _identity(generation, os.read(descriptor, _DIGEST))
    finally:
        os.close(descriptor)


def read_toc(folder: Path) -> Toc:
    """The last commit's TOC, verified.

    Raises:
        NoToc: there is none.
        FileNotFoundError: another commit took its place meanwhile, or a segment's file is missing.
        ValueError: it is not what was written, or a segment's file has another size.
    """
    generation, path = _latest(folder)
    stored = Path(path).read_bytes()
    digest, _, content = stored.partition(b"\n")
    if digest != _digest(content):
        raise ValueError(f"{toc_name(generation)} has changed")
    index, segments = _decode(json.loads(content), generation, folder)
    return Toc(index, generation, segments, _identity(generation, digest))


def write_toc(folder: Path, index: str, generation: int, segments: Iterable[Segment]) -> None:
    """Write a TOC by way of a temporary file and a rename, each on the disk before the next step."""
    content = json.dumps(
        {"index": index, "generation": generation, "segments": [_encode(segment) for segment in segments]},
        separators=(",", ":"),
    ).encode()
    path = folder / toc_name(generation)
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as file:
        file.write(_digest(content) + b"\n" + content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync(folder)


def _latest(folder: Path) -> tuple[int, str]:
    """The number of the last commit, and where its TOC is: a string, as it is made once a request."""
    generation = latest_generation(folder)
    if generation < 0:
        raise NoToc
    return generation, os.path.join(folder, toc_name(generation))  # noqa: PTH118


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _identity(generation: int, digest: bytes) -> str:
    """Of a commit: its number, for people, and the beginning of its digest."""
    return f"{generation}-{digest[:_SHOWN].decode('ascii', 'replace')}"


def _encode(segment: Segment) -> dict[str, Any]:
    return {
        "name": segment.name,
        "rows": segment.doc_count_all(),
        "deleted": _ranges(sorted(segment.deleted_docs())),
        "bytes": segment.bytes,
        "seal": segment.seal,
    }


def _ranges(rows: Sequence[int]) -> list[list[int]]:
    """Ascending numbers as ranges, each from its first number to the one after its last."""
    breaks = [at for at, (row, following) in enumerate(pairwise(rows), 1) if following != row + 1]
    return [[rows[start], rows[end - 1] + 1] for start, end in pairwise([0, *breaks, len(rows)]) if end > start]


def _decode(stored: Any, generation: int, folder: Path) -> tuple[str, list[Segment]]:
    """What a TOC of that number says; whatever is wrong with it raises ValueError."""
    try:
        index, number, segments = stored["index"], stored["generation"], stored["segments"]
        decoded = [_segment(folder, **each) for each in segments]
    except (TypeError, LookupError) as error:
        raise ValueError("no table of contents") from error
    if number != generation or not isinstance(index, str):
        raise ValueError("the table of contents of another commit")
    if len({segment.name for segment in decoded}) != len(decoded):
        raise ValueError("a segment is named twice")
    return index, decoded


def _segment(folder: Path, *, name: Any, rows: Any, deleted: Any, bytes: Any, seal: Any) -> Segment:  # noqa: A002
    if not all(isinstance(each, str) for each in (name, seal)) or not _NAME.fullmatch(name):
        raise ValueError("a segment without a name")
    ends = [0, *chain.from_iterable(deleted), rows]
    # Every row takes a byte at least, so that what is made of a number here is bounded by a file that is there.
    if {*map(type, ends), type(bytes)} != {int} or ends != sorted(ends) or rows > bytes:
        raise ValueError("rows that are none")
    segment = Segment(name, rows)
    segment.bytes, segment.seal = bytes, seal
    if (folder / segment.make_filename(layout.ARRAYS)).stat().st_size != bytes:
        raise ValueError(f"{segment.segment_id()} has another size")
    for start, end in deleted:
        segment.delete_rows(range(start, end))
    return segment


def _sync(folder: Path) -> None:
    """Ask the system to put a folder on the disk, so that a power cut finds the commit whole."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems cannot sync a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
