"""The files that documents were read from, as long as they are what was read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from indexer.model import Document, Original
from indexer.model.ids import content_digest

# Bytes of a file at most.
LARGEST = 64 << 20


def read_original(document: Document, roots: Mapping[str, str]) -> Original | None:
    """Return the file of a document; None where it is gone, too large, or not what was read.

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
        if not file.is_file() or file.stat().st_size > LARGEST:
            return None
        content = file.read_bytes()
    except OSError:
        return None
    return Original(file.name, content) if content_digest(content) == document.content_hash else None
