"""Writing one segment: documents, or the live rows of other segments, become rows and postings of a new file."""

from __future__ import annotations

import zlib
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3Segment

from indexer.engines.whoosh import layout
from indexer.engines.whoosh.arrays import ArrayWriter
from indexer.engines.whoosh.columns import Numbers
from indexer.engines.whoosh.inversion import Inverter
from indexer.engines.whoosh.postings import Occurrences
from indexer.engines.whoosh.sections import SectionWriter
from indexer.engines.whoosh.storage import FolderStorage
from indexer.engines.whoosh.texts import BlockWriter, TextWriter
from indexer.model import AnalyzedDocument, AnalyzedPassage

if TYPE_CHECKING:
    from indexer.engines.whoosh.reader import SegmentReader


class SegmentWriter:
    """Gathers rows and postings of one new segment.

    Attributes:
        segment: Whoosh's record of it, to be named in the TOC.
        size: rows so far.
    """

    def __init__(self, storage: FolderStorage) -> None:
        self.segment: W3Segment = W3Codec().new_segment(storage, layout.INDEX_NAME)
        self._path = Path(storage.folder) / self.segment.make_filename(layout.ARRAYS)
        self.size = 0
        self._columns = {name: array("q") for name in ("kinds", "ordinals", "words", "nodes", "topics", "digests")}
        self._lengths = array("q")
        self._documents: list[list[Any]] = []
        self._manifest = ""
        self._extras: dict[int, list[Any]] = {}
        self._topics: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
        self._texts, self._pieces, self._sections = TextWriter(), BlockWriter(), SectionWriter()
        self._inverter = Inverter()
        self._copied: dict[str, list[Occurrences]] = {}
        self._root = 0

    @property
    def characters(self) -> int:
        """Folded characters that are held in memory."""
        return self._inverter.characters

    def add_document(self, analyzed: AnalyzedDocument) -> range:
        """Append a document and its passages; the rows they got."""
        first = self.size
        self._begin_document(layout.encode_document(analyzed.document, analyzed.title, analyzed.path, analyzed.tags))
        for tokens in analyzed.passages:
            self._inverter.add(self.size, tokens)
            self._add_passage(tokens, len(tokens.words))
        return range(first, self.size)

    def add_manifest(self, manifest: str) -> None:
        """Append the manifest's row; there is one in a segment at most that is not deleted."""
        self._manifest = manifest
        self._add_row(kind=layout.MANIFEST_ROW, node=self._root)

    def copy(self, reader: SegmentReader) -> None:
        """Append the live rows of a segment, and their postings."""
        targets = np.full(reader.size, -1, dtype=np.int64)
        for owned in reader.documents:
            if owned is not None:
                targets[owned.rows.start] = self.size
                self._begin_document(layout.encode_document(owned.document, owned.title, owned.path, owned.tags))
                for row in owned.rows[1:]:
                    targets[row] = self.size
                    self._add_passage(reader.tokens(row), int(reader.word_counts[row]))
        for _ in reader.manifest_rows():
            self.add_manifest(reader.manifest)
        starts = self._starts()
        for field, occurrences in reader.everything():
            self._copied.setdefault(field, []).append(_moved(field, occurrences, reader.starts, targets, starts))

    def finish(self) -> W3Segment:
        """Write everything out and return the finished segment."""
        with ArrayWriter(self._path) as writer:
            self._write_rows(writer)
            self._write_postings(writer)
        self.segment.set_doc_count(self.size)
        return self.segment

    def _write_rows(self, writer: ArrayWriter) -> None:
        writer.add("rows.starts", self._starts())
        for name, values in self._columns.items():
            writer.add(f"rows.{name}", np.array(values, dtype=np.int64))
        writer.add("topics.values", _compressed(list(self._topics)))
        writer.add("documents", _compressed(self._documents))
        writer.add("manifest", _compressed(self._manifest))
        writer.add("extras", _compressed(list(self._extras.items())))
        self._texts.write(writer)
        self._pieces.write(writer, "pieces")
        self._sections.write(writer)

    def _write_postings(self, writer: ArrayWriter) -> None:
        starts = self._starts()
        fresh = self._inverter.occurrences(starts)
        for field in (layout.CHARS, layout.PAIRS, layout.WORDS):
            parts = [*self._copied.pop(field, ()), fresh.pop(field)]
            Occurrences.merge(parts).write(writer, field, int(starts[-1]) if field == layout.PAIRS else self.size)

    def _begin_document(self, record: list[Any]) -> None:
        self._documents.append(record)
        self._root = self._sections.begin_document()
        self._add_row(kind=layout.DOCUMENT_ROW, node=self._root)

    def _add_passage(self, tokens: AnalyzedPassage, words: int) -> None:
        passage = tokens.passage
        if passage.page is not None or passage.fields:
            self._extras[self.size] = [passage.page, dict(passage.fields)]
        topics = (passage.topics, tokens.topics)
        self._add_row(
            kind=layout.KIND_CODES[passage.kind],
            ordinal=passage.ordinal,
            node=self._sections.node(passage.section, tokens.section),
            topics=self._topics.setdefault(topics, len(self._topics)) + 1,
            original=passage.text,
            folded=tokens.chars,
            words=words,
            lengths=tokens.lengths,
        )

    def _add_row(
        self,
        *,
        kind: int,
        node: int,
        ordinal: int = 0,
        topics: int = 0,
        original: str = "",
        folded: str = "",
        words: int = 0,
        lengths: tuple[int, ...] = (),
    ) -> None:
        values = {"kinds": kind, "ordinals": ordinal, "words": words, "nodes": node, "topics": topics}
        values["digests"] = layout.digest(folded)
        for name, value in values.items():
            self._columns[name].append(value)
        self._lengths.append(len(folded))
        self._texts.add(original, folded)
        self._pieces.add(layout.encode_lengths(lengths))
        self.size += 1

    def _starts(self) -> Numbers:
        """The position of each row's first character, and the one after all."""
        return np.concatenate(([0], np.cumsum(np.array(self._lengths, dtype=np.int64) + 1)))


def _moved(field: str, occurrences: Occurrences, old: Numbers, targets: Numbers, new: Numbers) -> Occurrences:
    """The occurrences in rows that have a target, at the places they get there."""
    rows = occurrences.places if field != layout.PAIRS else np.searchsorted(old, occurrences.places, side="right") - 1
    kept = targets[rows] >= 0
    places = targets[rows[kept]]
    if field == layout.PAIRS:
        places = new[places] + occurrences.places[kept] - old[rows[kept]]
    counted = np.concatenate(([0], np.cumsum(kept)))
    ends = np.cumsum(occurrences.sizes)
    sizes = counted[ends] - counted[ends - occurrences.sizes]
    return Occurrences(occurrences.terms[sizes > 0], sizes[sizes > 0], places)


def _compressed(value: object) -> bytes:
    return zlib.compress(layout.encode_json(value))
