"""The folders that documents lie in, as a tree with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import indexer

# Folders of a tree at most, the first in reading order.
MOST = 500


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder.

    Attributes:
        path: as the documents' paths begin.
        count: documents in it and below.
        is_open: whether the chosen folder is this one or below it.
    """

    name: str
    path: str
    count: int
    is_open: bool
    children: tuple[Folder, ...]


def is_in_folder(path: str, folder: str) -> bool:
    """Whether a document of that path is in a folder or below it; all are in that without a name."""
    return not folder or path.startswith(f"{folder}/")


def folder_tree(documents: Sequence[indexer.Document], chosen: str) -> tuple[Folder, ...]:
    """Make the tree of the folders of documents, in the order in which these come."""
    counts = Counter(folder for document in documents for folder in document.folders)
    children: dict[str, list[str]] = {}
    for folder in list(counts)[:MOST]:
        children.setdefault(folder.rpartition("/")[0], []).append(folder)

    def level(paths: Iterable[str]) -> tuple[Folder, ...]:
        return tuple(
            Folder(
                name=path.rpartition("/")[2],
                path=path,
                count=counts[path],
                is_open=chosen == path or is_in_folder(chosen, path),
                children=level(children.get(path, ())),
            )
            for path in paths
        )

    return level(children.get("", ()))
