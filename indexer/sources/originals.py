"""The files that documents were read from, as long as they are what was read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath

from indexer.errors import ReadError
from indexer.model import Document, Failure, Original
from indexer.model.ids import content_digest
from indexer.sources.containers.members import Member, Skipped, is_container, members
from indexer.sources.source_file import SourceFile

# Bytes of a file at most.
LARGEST = 64 << 20


def read_original(document: Document, roots: Mapping[str, str]) -> Original | None:
    """Return the file of a document; None where it is gone, too large, not what was read, or reached by a link that
    leads out of all roots.

    Args:
        document: its path begins with the name of a root.
        roots: name of each root → the folder it stands for.
    """
    try:
        source = source_of(document.path, roots)
        content = source.content() if source is not None else None
    except (OSError, ReadError):
        return None
    if source is None or content is None or content_digest(content) != document.content_hash:
        return None
    return Original(source.name, content)


def source_of(path: str, roots: Mapping[str, str]) -> SourceFile | None:
    """Return the file that a document's path leads to, or that of another file beside it.

    Args:
        path: begins with the name of a root.
        roots: as of ``read_original``.

    Returns:
        The file; None where it is gone or reached by a link that leads out of all roots.

    Raises:
        OSError, ReadError: what there is cannot be looked at.
    """
    root, _, below = path.partition("/")
    parts = PurePosixPath(below).parts
    if root not in roots or not parts or ".." in parts:
        return None
    source = _source(root, Path(roots[root]), parts)
    return source if source is not None and _is_inside(source.file, roots.values()) else None


def _source(root: str, folder: Path, parts: Sequence[str]) -> SourceFile | None:
    """Return the file of these names below a root, or the member of the first of them that is a container."""
    for end in range(1, len(parts) + 1):
        file = folder.joinpath(*parts[:end])
        if file.is_file():
            source = SourceFile(file, "/".join((root, *parts[:end])), LARGEST)
            return source if end == len(parts) else _member(source, "/".join((root, *parts)))
    return None


def _member(container: SourceFile, path: str) -> SourceFile | None:
    if not is_container(container.file.name):
        return None
    return _members(container, container.file.stat().st_mtime_ns).get(path)


@lru_cache(maxsize=2)
def _members(container: SourceFile, changed: int) -> Mapping[str, Member]:
    """Return path → member of a container as it was changed last; a page asks for all its pictures one by one."""
    found = members(container)
    return {
        each.path: each.member if isinstance(each, Skipped) else each for each in found if not isinstance(each, Failure)
    }


def _is_inside(file: Path, folders: Iterable[str]) -> bool:
    real = Path(os.path.realpath(file))
    return any(real.is_relative_to(os.path.realpath(folder)) for folder in folders)
