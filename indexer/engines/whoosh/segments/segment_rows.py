"""The rows of one segment as numbers: which are live, in which document and section each is, how long: no term or text.

The file is mapped at once, so that a later commit may delete it under a reader's feet; arrays are decoded when first
asked for, and kept in a bounded cache.
"""

from __future__ import annotations

import copy
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np

from indexer.engines.whoosh.library import Segment
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import ArrayCache, CacheBudget, Mask, Numbers, as_signed
from indexer.engines.whoosh.segments.array_file import ArrayFile, narrowest
from indexer.engines.whoosh.segments.section_tree import TOTALS, Sections, totals_of


class SegmentRows:
    """Reads the rows of a segment.

    Attributes:
        segment: the record of it.
        size: rows, deleted ones included.
        kinds: kind code of each row, ``DOCUMENT_ROW`` or ``MANIFEST_ROW``.
        ordinals: ordinal of each passage in its document.
        nodes: section of each row.
        file: its file.
        stored, tables: keep what is of the file, whichever rows are deleted.
        cache: keeps what is of live rows.

    Raises:
        FileNotFoundError: its file is missing.
        ValueError: its file is cut short, or not the one that was written.
    """

    # What depends on which rows are deleted; all else that is known is of the file.
    _of_deletions: ClassVar[tuple[str, ...]] = ("live", "all_live", "live_documents", "manifest_rows")

    def __init__(self, folder: Path, segment: Segment, budget: CacheBudget | None = None) -> None:
        self.size: int = segment.doc_count_all()
        self._budget = budget
        self.stored = ArrayCache(budget)
        self.tables: dict[tuple[str, int], Any] = {}
        self.file = ArrayFile(folder / segment.make_filename(layout.ARRAYS), segment.seal)
        self.kinds = self.file["rows.kinds"]
        self.ordinals = self.file["rows.ordinals"]
        self.nodes = as_signed(self.file["rows.nodes"], self.size)
        if len(self.kinds) != self.size:
            raise ValueError(f"{self.file.name} has another number of rows")
        self._delete_rows(segment)

    def with_deletions_of(self, segment: Segment) -> Self:
        """Read the same file with other rows deleted: what is known of the file itself is known at once."""
        reader = copy.copy(self)
        for name in self._of_deletions:
            reader.__dict__.pop(name, None)
        reader._delete_rows(segment)
        return reader

    def _delete_rows(self, segment: Segment) -> None:
        self.segment = segment
        self.cache = ArrayCache(self._budget)
        self._deleted = np.zeros(self.size, dtype=bool)
        self._deleted[np.fromiter(segment.deleted_docs(), dtype=np.int64)] = True

    @cached_property
    def live(self) -> Mask:
        """Which rows are passages that are not deleted."""
        return (self.kinds < layout.DOCUMENT_ROW) & ~self._deleted

    @cached_property
    def all_live(self) -> bool:
        """Whether no passage of this segment is deleted."""
        return not (self._deleted & (self.kinds < layout.DOCUMENT_ROW)).any()

    @cached_property
    def starts(self) -> Numbers:
        """Position of each row's first folded character, and the one after all rows."""
        starts = self.file["rows.starts"]
        return as_signed(starts, int(starts[-1]))

    @property
    def char_counts(self) -> Numbers:
        """Folded characters of each row."""
        return np.diff(self.starts) - 1

    @property
    def word_counts(self) -> np.ndarray:
        """Words of each row."""
        return self.file["rows.words"]

    @property
    def digests(self) -> np.ndarray:
        """For each row a number that is the same for rows of the same folded text."""
        return self.file["rows.digests"]

    def section_totals(self, counted: str) -> np.ndarray:
        """How many live passages (``PASSAGES``), words of them (``WORDS``) or folded characters (``CHARS``) stand right
        under each heading.
        """
        if self.all_live:
            return self._all_totals(counted)
        return self.cache.get(("in sections", counted), lambda: (self._live_totals(counted),))[0]

    def _live_totals(self, counted: str) -> np.ndarray:
        gone = np.flatnonzero(self._deleted & (self.kinds < layout.DOCUMENT_ROW))
        return narrowest(self._all_totals(counted) - self._totals(counted, gone))

    def _all_totals(self, counted: str) -> np.ndarray:
        """The same of all passages, deleted ones included."""
        name = TOTALS[counted]
        if name in self.file:
            return self.file[name]
        passages = np.flatnonzero(self.kinds < layout.DOCUMENT_ROW)
        return self.stored.get(("in sections", counted), lambda: (narrowest(self._totals(counted, passages)),))[0]

    def _totals(self, counted: str, passages: Numbers) -> Numbers:
        """What some passages add to them."""
        counts = {layout.WORDS: self.word_counts, layout.CHARS: self.char_counts}.get(counted)
        own = None if counts is None else counts[passages]
        return totals_of(self.nodes[passages], own, len(self.sections))

    @cached_property
    def owners(self) -> np.ndarray:
        """For each row the number of its document in ``documents``, in as few bytes as they need; -1 for a manifest
        before all of them.
        """
        owners = np.cumsum(self.kinds == layout.DOCUMENT_ROW, dtype=np.int32) - 1
        return owners.astype(np.min_scalar_type(-max(1, int(owners.max(initial=0)) + 1)))

    def owners_of(self, rows: Numbers) -> Numbers:
        """The same of some passages, without going through all rows."""
        return self.sections.owners.take(self.nodes.take(rows))

    def owner_of(self, row: int) -> int:
        """The same of one."""
        return int(self.sections.owners[self.nodes[row]])

    @cached_property
    def document_bounds(self) -> Numbers:
        """The first row of each document, and the end of all rows; a manifest's row counts to the one before it."""
        return np.append(np.flatnonzero(self.kinds == layout.DOCUMENT_ROW), self.size)

    @cached_property
    def live_documents(self) -> Mask:
        """Which documents are not deleted."""
        live: Mask = ~self._deleted[self.kinds == layout.DOCUMENT_ROW]
        return live

    @cached_property
    def manifest_rows(self) -> list[int]:
        """Rows of live manifests."""
        return [int(row) for row in np.flatnonzero((self.kinds == layout.MANIFEST_ROW) & ~self._deleted)]

    @cached_property
    def sections(self) -> Sections:
        """Heading paths."""
        return Sections(self.file)
