"""The files that documents were read from, as long as they are what was read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from indexer.errors import ReadError
from indexer.model import Document, Original
from indexer.model.ids import content_digest
from indexer.sources.containers.members import Member, is_container, members
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
    root, _, below = document.path.partition("/")
    parts = PurePosixPath(below).parts
    if root not in roots or not parts or ".." in parts:
        return None
    try:
        source = _source(root, Path(roots[root]), parts)
        if source is None or not _is_inside(source.file, roots.values()):
            return None
        content = source.content()
    except (OSError, ReadError):
        return None
    return Original(source.name, content) if content_digest(content) == document.content_hash else None


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
    return next((each for each in members(container) if isinstance(each, Member) and each.path == path), None)


def _is_inside(file: Path, folders: Iterable[str]) -> bool:
    real = Path(os.path.realpath(file))
    return any(real.is_relative_to(os.path.realpath(folder)) for folder in folders)
