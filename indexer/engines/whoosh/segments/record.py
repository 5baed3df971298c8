"""The record of a segment, in the words of Whoosh's: its name, its rows, and which of them are deleted."""

from __future__ import annotations

import os
from collections.abc import Collection

from indexer.engines.whoosh.segments import layout


class Segment:
    """A segment of a commit; by default of a name that no other has.

    Attributes:
        name: the part of its file's name that is its own.
        bytes: size of its file.
        seal: what proves that its file is the one that was written (``ArrayWriter.seal``).
    """

    def __init__(self, name: str | None = None, rows: int = 0) -> None:
        self.name = name or os.urandom(8).hex()
        self.bytes = 0
        self.seal = ""
        self._rows = rows
        self._deleted: set[int] = set()

    def segment_id(self) -> str:
        """The beginning of its file's name."""
        return f"{layout.INDEX_NAME}_{self.name}"

    def make_filename(self, ending: str) -> str:
        """Its file's name."""
        return f"{self.segment_id()}{ending}"

    def set_doc_count(self, rows: int) -> None:
        """Say how many rows it has, deleted ones included."""
        self._rows = rows

    def doc_count_all(self) -> int:
        """How many rows it has, deleted ones included."""
        return self._rows

    def doc_count(self) -> int:
        """How many rows it has that are not deleted."""
        return self._rows - len(self._deleted)

    def deleted_count(self) -> int:
        """How many rows are deleted."""
        return len(self._deleted)

    def deleted_docs(self) -> Collection[int]:
        """Which rows are deleted."""
        return self._deleted

    def delete_rows(self, rows: range) -> None:
        """Mark rows as gone."""
        self._deleted.update(rows)

    def is_same_as(self, other: Segment) -> bool:
        """Whether both are of one file, with the same rows deleted."""
        return self.has_file_of(other) and self._deleted == other._deleted

    def has_file_of(self, other: Segment) -> bool:
        """Whether both are of one file, whichever rows are deleted."""
        return (self.name, self.seal) == (other.name, other.seal)
