"""One segment, read: what of it is text: documents, passages, topics, manifest. The numbers of its rows are read in
``segment_rows``, its postings in ``segment_terms``.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers
from indexer.engines.whoosh.segments.position_marks import Bits, BitWriter, edges_of
from indexer.engines.whoosh.segments.section_tree import equal_to_any
from indexer.engines.whoosh.segments.section_vectors import SectionVectors
from indexer.engines.whoosh.segments.segment_terms import SegmentTerms
from indexer.engines.whoosh.segments.stored_documents import LiveDocuments, OwnedDocument, StoredDocuments
from indexer.engines.whoosh.segments.stored_texts import Blocks, Texts
from indexer.engines.whoosh.segments.value_tables import ValueTable, ValueTexts
from indexer.model import Passage, Picture, Role, Zone
from indexer.model.documents import full_title
from indexer.model.tokens import Abbreviations
from indexer.query.spans import may_be_wild

# Bits of the ordinal of a passage.
_ORDINAL_BITS = 32


class SegmentReader(SegmentTerms):
    """Reads a segment."""

    _of_deletions = (*SegmentTerms._of_deletions, "documents", "titles", "_values")

    def warm(self) -> Iterator[None]:
        """Derive what questions need and the file does not have, one thing after the other, and look at what it has."""
        for name in ("breaks", "edges"):
            getattr(self, name)
            yield
        self.written("字", NO_ROWS)
        yield
        for prepare in (self.sections.prepare, self.titles.prepare):
            prepare()
            yield
        yield from super().warm()
        yield from self.file.look_through("original.blocks")

    @cached_property
    def documents(self) -> LiveDocuments:
        """All documents as they were written; None for deleted ones."""
        return LiveDocuments(self.every_document, self.live_documents)

    @cached_property
    def every_document(self) -> StoredDocuments:
        """All documents as they were written, deleted ones too."""
        starts = self.document_bounds[:-1]
        marks = np.flatnonzero(self.kinds >= layout.DOCUMENT_ROW)
        ends = np.append(marks, self.size)[np.searchsorted(marks, starts) + 1]
        return StoredDocuments(self.file, list(map(range, starts.tolist(), ends.tolist())))

    @cached_property
    def titles(self) -> ValueTexts:
        """The titles of all documents, of deleted ones nothing."""
        columns, live = self.every_document.columns, self.live_documents.tolist()
        full = map(full_title, columns.titles, columns.works)
        return ValueTexts(
            [title if is_live else "" for title, is_live in zip(full, live, strict=True)],
            [title if is_live else "" for title, is_live in zip(columns.folded, live, strict=True)],
        )

    def values(self, zone: Zone, column: str) -> ValueTable:
        """What documents, those that are deleted aside, have in ``DOCUMENT``, ``TAG``, ``WORK`` or a column."""
        if (zone, column) not in self._values:
            both = [owned.values(zone, column) if owned else ((), ()) for owned in self.documents]
            self._values[zone, column] = ValueTable(
                [original for original, _ in both], [folded for _, folded in both], self.owners
            )
        return self._values[zone, column]

    @cached_property
    def _values(self) -> dict[tuple[Zone, str], ValueTable]:
        return {}

    @cached_property
    def manifest(self) -> str:
        """The manifest that was written with this segment."""
        return str(self._json("manifest"))

    def passage(self, row: int) -> Passage:
        """The passage of a live row."""
        owner = self.documents[self.owner_of(row)]
        if owner is None:
            raise ValueError(f"row {row} is deleted")
        page, fields, anchor, page_end = self._extras.get(row, (None, {}, None, None))
        return Passage(
            document_id=owner.document.id,
            ordinal=int(self.ordinals[row]),
            text=self._texts.original(row),
            section=self.sections.path(int(self.nodes[row])),
            topics=self.topics.originals[int(self.topics.numbers[row])],
            kind=layout.KINDS[int(self.kinds[row])],
            page=page,
            page_end=page_end,
            fields=fields,
            anchor=anchor,
            role=self._roles.get(row, Role.BODY),
            emphasis=self._emphasis.get(row, ()),
            pictures=self._pictures.get(row, ()),
        )

    def rows_of_section(self, owned: OwnedDocument, section: tuple[str, ...]) -> list[int]:
        """The passages of a document that stand right under a heading path."""
        rows = np.arange(owned.rows.start + 1, owned.rows.stop)
        nodes = self.sections.at_path(np.unique(self.nodes[rows]), section)
        found: list[int] = rows[equal_to_any(self.nodes[rows], nodes)].tolist()
        return found

    def text(self, row: int) -> str:
        """The original text of a passage."""
        return self._texts.original(row)

    def chars(self, row: int) -> str:
        """The folded characters of a passage."""
        return self._texts.folded(row)

    def lengths(self, row: int) -> list[int]:
        """The lengths of the segmented pieces of a passage."""
        return layout.decode_lengths(self.encoded_lengths(row))

    def encoded_lengths(self, row: int) -> bytes:
        """The same as they are written."""
        return self._pieces[row]

    @cached_property
    def abbreviations(self) -> Sequence[tuple[int, Abbreviations]] | None:
        """Rows that may say what something is called for short, deleted ones included, in order, with what they say;
        None where it was not written.
        """
        if "abbreviations" not in self.file:
            return None
        return [layout.decode_abbreviations(each) for each in self._json("abbreviations")]

    @cached_property
    def topics(self) -> ValueTable:
        """Topics; number 0 stands for rows that are no passages."""
        originals, folded = layout.decode_topics(self._json("topics.values"))
        return ValueTable([(), *originals], [(), *folded], self.file["rows.topics"])

    @cached_property
    def vectors(self) -> SectionVectors:
        """What sections mean."""
        return SectionVectors(self.file)

    @cached_property
    def rows_of_vectors(self) -> tuple[Numbers, Numbers]:
        """The rows that each vector tells of: the first, and the one after the last."""
        passages = np.flatnonzero(self.kinds < layout.DOCUMENT_ROW)
        keys = _keys(self.owners[passages].astype(np.int64), self.ordinals[passages].astype(np.int64))
        begins = np.searchsorted(keys, _keys(self.vectors.documents, self.vectors.firsts))
        ends = np.searchsorted(keys, _keys(self.vectors.documents, self.vectors.lasts), side="right")
        rows = np.append(passages, self.size)
        first_rows = rows[begins]
        return first_rows, first_rows + np.maximum(ends - begins, 0)

    # ── marks of positions ───────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def breaks(self) -> Bits:
        """Where no word character stands (``may_be_wild``), the free positions after rows included."""
        return self._bits("breaks", lambda: [self._breaks()])

    @cached_property
    def edges(self) -> Bits:
        """Where a segmented piece begins, or a row has ended."""
        return self._bits("edges", self._edges_by_block)

    def _bits(self, name: str, derive: Callable[[], Iterable[Mask]]) -> Bits:
        octets = self.file[name] if name in self.file else BitWriter.of(derive()).octets()
        return Bits(octets, name, self.stored)

    def written(self, folded: str, positions: Numbers) -> np.ndarray:
        """See ``Texts.written``."""
        return self._texts.written(folded, positions)

    def _breaks(self) -> Mask:
        is_break = np.zeros(int(self.starts[-1]), dtype=bool)
        is_break[self.starts[1:] - 1] = True
        for char in map(chr, self._chars.keys.tolist()):
            if not may_be_wild(char):
                is_break[self._character_positions(char)] = True
        return is_break

    def _edges_by_block(self) -> Iterator[Mask]:
        lengths = self.char_counts
        for data, rows in self._pieces.blocks():
            own = slice(rows.start, rows.stop)
            yield edges_of(data, self._pieces.lengths[own], lengths[own])

    # ── how it is read ───────────────────────────────────────────────────────────────────────────────────────────

    def _json(self, name: str) -> Any:
        return layout.decode_json(zlib.decompress(self.file.bytes(name)))

    @cached_property
    def _extras(self) -> dict[int, tuple[int | None, dict[str, str], str | None, int | None]]:
        return {row: (*stored, *[None] * (4 - len(stored))) for row, stored in self._json("extras")}

    @cached_property
    def _roles(self) -> dict[int, Role]:
        return {row: Role(role) for row, role in self._json("roles")} if "roles" in self.file else {}

    @cached_property
    def _emphasis(self) -> dict[int, tuple[tuple[int, int], ...]]:
        stored = self._json("emphasis") if "emphasis" in self.file else []
        return {row: tuple(zip(ends[::2], ends[1::2], strict=True)) for row, ends in stored}

    @cached_property
    def _pictures(self) -> dict[int, tuple[Picture, ...]]:
        stored = self._json("pictures") if "pictures" in self.file else []
        return {row: tuple(Picture(*each) for each in pictures) for row, pictures in stored}

    @cached_property
    def _texts(self) -> Texts:
        return Texts(self.file, self.starts, self.stored)

    @cached_property
    def _pieces(self) -> Blocks:
        return Blocks(self.file, "pieces", self.stored)


def _keys(documents: Numbers, ordinals: Numbers) -> Numbers:
    """Numbers in the order of passages."""
    return (documents << _ORDINAL_BITS) + ordinals
