"""The record of a segment in a commit."""

from __future__ import annotations

import os

from indexer.engines.whoosh.segments import layout


class Segment:
    """What a commit tells of a segment; by default it is new, of a name that no other has.

    Attributes:
        name: the part of its file's name that is its own.
        rows: how many it has, deleted ones included.
        deleted: which of them are gone.
        bytes: size of its file.
        seal: what proves that its file is the one that was written (``ArrayWriter.seal``).
    """

    def __init__(self, name: str | None = None, rows: int = 0) -> None:
        self.name = name or os.urandom(8).hex()
        self.rows = rows
        self.deleted: set[int] = set()
        self.bytes = 0
        self.seal = ""

    @property
    def id(self) -> str:
        """The beginning of its file's name."""
        return f"{layout.INDEX_NAME}_{self.name}"

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return self.id + layout.ARRAYS

    @property
    def rows_left(self) -> int:
        """How many rows are not deleted."""
        return self.rows - len(self.deleted)

    def delete_rows(self, rows: range) -> None:
        """Mark rows as gone."""
        self.deleted.update(rows)

    def is_same_as(self, other: Segment) -> bool:
        """Whether both are of one file, with the same rows deleted."""
        return self.has_file_of(other) and self.deleted == other.deleted

    def has_file_of(self, other: Segment) -> bool:
        """Whether both are of one file, whichever rows are deleted."""
        return (self.name, self.seal) == (other.name, other.seal)
