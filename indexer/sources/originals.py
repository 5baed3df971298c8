"""The files that documents were read from, as long as they are what was read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from indexer.errors import ReadError
from indexer.model import Document, Original
from indexer.model.ids import content_digest
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
    file = Path(roots[root], *parts)
    try:
        if not _is_inside(file, roots.values()):
            return None
        content = SourceFile(file, document.path, LARGEST).content()
    except (OSError, ReadError):
        return None
    return Original(file.name, content) if content_digest(content) == document.content_hash else None


def _is_inside(file: Path, folders: Iterable[str]) -> bool:
    real = Path(os.path.realpath(file))
    return any(real.is_relative_to(os.path.realpath(folder)) for folder in folders)
