"""Writing one segment: documents, or the live rows of other segments, become rows and postings of a new file."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from indexer.engines.whoosh.library import Segment
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Numbers
from indexer.engines.whoosh.segments.array_file import ArrayWriter
from indexer.engines.whoosh.segments.frequencies import (
    FrequencyCounter,
    PartFrequencies,
    RowLevels,
    write_frequencies,
)
from indexer.engines.whoosh.segments.inverter import Inverter, Part
from indexer.engines.whoosh.segments.merged_fields import MergedFields
from indexer.engines.whoosh.segments.occurrences import EncodedPostings, Occurrences
from indexer.engines.whoosh.segments.position_marks import BitWriter, breaks_of, edges_of
from indexer.engines.whoosh.segments.prepared import (
    PreparedDocument,
    PreparedPieces,
    PreparedRows,
    assemble,
    manifest_row,
)
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.section_tree import TOTALS, SectionWriter, totals_of
from indexer.engines.whoosh.segments.section_vectors import VectorWriter
from indexer.engines.whoosh.segments.stored_documents import OwnedDocument, write_documents
from indexer.engines.whoosh.segments.stored_texts import BlockWriter, Strings, TextWriter
from indexer.engines.whoosh.segments.value_tables import Numbering
from indexer.model import AnalyzedDocument, AnalyzedPassages, Pieces, SectionVector
from indexer.model.tokens import Abbreviations

# Parts of the postings that are sorted at the same time; each takes memory of its own.
_THREADS = 2

_Encoded: TypeAlias = tuple[EncodedPostings, PartFrequencies]


class SegmentWriter:
    """Gathers rows and postings of one new segment.

    Attributes:
        segment: the record of it, to be named in the TOC.
        size: rows so far.
    """

    def __init__(self, folder: Path) -> None:
        self.segment = Segment()
        self._path = folder / self.segment.make_filename(layout.ARRAYS)
        self.size = 0
        self._columns: dict[str, list[Numbers]] = {name: [] for name in layout.COLUMNS}
        self._lengths: list[Numbers] = [NO_ROWS]
        self._documents: list[list[Any]] = []
        self._abbreviations: list[tuple[int, Abbreviations]] | None = []
        self._manifest = ""
        self._extras: dict[int, list[Any]] = {}
        self._roles: dict[int, str] = {}
        self._emphasis: dict[int, list[int]] = {}
        self._pictures: dict[int, list[list[Any]]] = {}
        self._topics: Numbering[tuple[tuple[str, ...], tuple[str, ...]]] = Numbering()
        self._texts, self._pieces, self._sections = TextWriter(), BlockWriter(), SectionWriter()
        self._breaks, self._edges = BitWriter(), BitWriter()
        self._vectors = VectorWriter()
        self._inverter = Inverter()
        self._copied: list[tuple[SegmentReader, Numbers]] = []
        self._root = 0

    @property
    def characters(self) -> int:
        """Folded characters that are held in memory."""
        return self._inverter.characters

    def add_document(self, prepared: PreparedDocument, vectors: Iterable[SectionVector] = ()) -> range:
        """Append a document and its passages; the rows they got."""
        first = self.size
        codes = self._append(prepared, vectors)
        self._inverter.add(first, prepared.rows, codes)
        return range(first, self.size)

    def add_manifest(self, manifest: str) -> None:
        """Append the manifest's row; there is one in a segment at most that is not deleted."""
        self._manifest = manifest
        self._add_rows(manifest_row(), self._root)

    def copy(self, reader: SegmentReader) -> None:
        """Append the live rows of a segment, and their postings; a writer copies segments, or takes documents."""
        targets = np.full(reader.size, -1, dtype=np.int64)
        for number, owned in enumerate(reader.documents):
            if owned is not None:
                targets[owned.rows.start : owned.rows.stop] = np.arange(self.size, self.size + len(owned.rows))
                self._append(_stored(reader, owned), reader.vectors.of(number))
        for _ in reader.manifest_rows:
            self.add_manifest(reader.manifest)
        self._copied.append((reader, targets))

    def finish(self) -> Segment:
        """Write everything out and return the finished segment."""
        with ArrayWriter(self._path) as writer, ThreadPoolExecutor(_THREADS) as pool:
            postings = self._postings(pool)  # which threads make while rows are written
            self._write_rows(writer)
            for field, parts in postings:
                _write_field(writer, field, parts)
        self.segment.set_doc_count(self.size)
        self.segment.bytes, self.segment.seal = writer.bytes, writer.seal
        return self.segment

    def _write_rows(self, writer: ArrayWriter) -> None:
        writer.add("rows.starts", self._starts())
        for name, values in self._columns.items():
            writer.add(f"rows.{name}", np.concatenate(values))
        writer.add("topics.values", _compressed(list(self._topics)))
        write_documents(writer, self._documents)
        if self._abbreviations is not None:
            writer.add("abbreviations", _compressed(self._abbreviations))
        writer.add("manifest", _compressed(self._manifest))
        writer.add("extras", _compressed(list(self._extras.items())))
        if self._roles:
            writer.add("roles", _compressed(list(self._roles.items())))
        if self._emphasis:
            writer.add("emphasis", _compressed(list(self._emphasis.items())))
        if self._pictures:
            writer.add("pictures", _compressed(list(self._pictures.items())))
        self._texts.write(writer)
        self._pieces.write(writer, "pieces")
        writer.add("breaks", self._breaks.octets())
        writer.add("edges", self._edges.octets())
        self._sections.write(writer)
        self._write_totals(writer)
        self._vectors.write(writer)

    def _write_totals(self, writer: ArrayWriter) -> None:
        """Write what stands right under each heading."""
        kinds, nodes, words = (np.concatenate(self._columns[name]) for name in ("kinds", "nodes", "words"))
        is_passage = kinds < layout.DOCUMENT_ROW
        lengths, size = np.concatenate(self._lengths), len(self._sections)
        for counted, counts in ((layout.PASSAGES, None), (layout.WORDS, words), (layout.CHARS, lengths)):
            own = counts if counts is None else counts[is_passage]
            writer.add(TOTALS[counted], totals_of(nodes[is_passage], own, size))

    def _postings(self, pool: Executor) -> Iterable[tuple[str, Iterable[_Encoded]]]:
        """The postings of each field, some terms after the other: copied ones as they are asked for."""
        starts, levels = self._starts(), self._row_levels()
        counters = ((field, FrequencyCounter(field, levels)) for field in layout.FIELDS)
        if self._copied:
            return ((field, self._merged(field, starts, counter)) for field, counter in counters)
        return [(field, self._inverted(pool, field, starts, counter)) for field, counter in counters]

    def _inverted(self, pool: Executor, field: str, starts: Numbers, counter: FrequencyCounter) -> Iterable[_Encoded]:
        parts = self._inverter.parts(field, starts)
        made = [pool.submit(_made, part, self._span(field, starts), counter) for part in parts]
        return (each.result() for each in made)

    def _row_levels(self) -> RowLevels:
        kinds, nodes = (np.concatenate(self._columns[name]) for name in ("kinds", "nodes"))
        return RowLevels(self._starts(), kinds, nodes, self._sections.parents)

    def _merged(self, field: str, starts: Numbers, counter: FrequencyCounter) -> Iterable[_Encoded]:
        """The postings of the copied segments put together, a bounded number at a time."""
        moved = [partial(_moved, field, old=reader.starts, targets=own, new=starts) for reader, own in self._copied]
        merged = MergedFields([reader.field(field) for reader, _ in self._copied], moved)
        return map(partial(_encoded, span=self._span(field, starts), counter=counter), merged)

    def _span(self, field: str, starts: Numbers) -> int:
        """The number that all postings of a field are below."""
        return int(starts[-1]) if field == layout.PAIRS else self.size

    def _append(self, prepared: PreparedDocument, vectors: Iterable[SectionVector]) -> np.ndarray:
        """Append a document's rows without their postings; the code points of its folded text."""
        self._vectors.add(len(self._documents), vectors)
        self._add_abbreviations(prepared.abbreviations)
        self._documents.append(prepared.record)
        self._root = self._sections.add(prepared.sections)
        return self._add_rows(prepared.rows, self._root)

    def _add_abbreviations(self, added: Sequence[tuple[int, Abbreviations]] | None) -> None:
        """Append those of the next document; without one's the segment has none."""
        if added is None or self._abbreviations is None:
            self._abbreviations = None
        else:
            self._abbreviations += ((self.size + 1 + at, told) for at, told in added)

    def _add_rows(self, rows: PreparedRows, root: int) -> np.ndarray:
        """Append rows whose nodes are counted from ``root``; the code points of their folded text."""
        topics = np.array([0, *(self._topics[each] + 1 for each in rows.topics)], dtype=np.int64)
        numbered = {"nodes": rows.columns["nodes"] + root, "topics": topics[rows.columns["topics"]]}
        for name, values in (rows.columns | numbered).items():
            self._columns[name].append(values)
        self._extras |= {self.size + row: values for row, values in rows.extras.items()}
        self._roles |= {self.size + row: role for row, role in rows.roles.items()}
        self._emphasis |= {self.size + row: ranges for row, ranges in rows.emphasis.items()}
        self._pictures |= {self.size + row: pictures for row, pictures in rows.pictures.items()}
        self._lengths.append(rows.folded.lengths)
        codes = rows.folded.codes()
        self._texts.extend(rows.originals, rows.folded, codes)
        self._pieces.extend(rows.pieces, rows.piece_sizes)
        self._breaks.extend(breaks_of(codes, rows.folded.lengths))
        self._edges.extend(edges_of(rows.pieces, rows.piece_sizes, rows.folded.lengths))
        self.size += len(rows)
        return codes

    def _starts(self) -> Numbers:
        """The position of each row's first character, and the one after all."""
        return np.concatenate(([0], np.cumsum(np.concatenate(self._lengths) + 1)))


def _stored(reader: SegmentReader, owned: OwnedDocument) -> PreparedDocument:
    """A document of a segment, without its words, which only the postings know."""
    rows = owned.rows[1:]
    nodes, topics = (numbers[rows.start : rows.stop].tolist() for numbers in (reader.nodes, reader.topics.numbers))
    tokens = AnalyzedPassages(
        passages=tuple(map(reader.passage, rows)),
        chars=tuple(map(reader.chars, rows)),
        pieces=Pieces(),
        sections=tuple(map(reader.sections.folded_path, nodes)),
        topics=tuple(map(reader.topics.folded.__getitem__, topics)),
    )
    analyzed = AnalyzedDocument(owned.document, owned.title, owned.path, owned.tags, tokens, owned.work, owned.fields)
    return assemble(
        layout.encode_document(analyzed), tokens, _stored_pieces(reader, rows), _stored_abbreviations(reader, rows)
    )


def _stored_abbreviations(reader: SegmentReader, rows: range) -> Sequence[tuple[int, Abbreviations]] | None:
    if reader.abbreviations is None:
        return None
    own = slice(*(bisect_left(reader.abbreviations, bound, key=itemgetter(0)) for bound in (rows.start, rows.stop)))
    return [(row - rows.start, told) for row, told in reader.abbreviations[own]]


def _stored_pieces(reader: SegmentReader, rows: range) -> PreparedPieces:
    encoded = list(map(reader.encoded_lengths, rows))
    sizes = np.array(list(map(len, encoded)), dtype=np.int64)
    word_counts = reader.word_counts[rows.start : rows.stop]
    return PreparedPieces(b"".join(encoded), sizes, word_counts, Strings.of([]), np.empty(0, dtype=np.int32))


def _made(part: Part, span: int, counter: FrequencyCounter) -> _Encoded:
    return _encoded(part(), span, counter)


def _encoded(occurrences: Occurrences, span: int, counter: FrequencyCounter) -> _Encoded:
    counted = counter.count(occurrences)  # before their postings are lost to being encoded
    return occurrences.encoded(span), counted


def _write_field(writer: ArrayWriter, field: str, parts: Iterable[_Encoded]) -> None:
    """Write the postings of a field that come some terms after the other, and how frequent the terms are."""
    small: dict[str, list[np.ndarray | bytes]] = {}
    counted: list[PartFrequencies] = []

    def data() -> Iterator[np.ndarray]:
        for encoded, frequencies in parts:
            counted.append(frequencies)
            yield encoded.pop("data")  # type: ignore[misc]  # it is an array
            for name, values in encoded.items():
                small.setdefault(name, []).append(values)

    writer.add_bytes(f"{field}.data", data())
    for name, values in small.items():
        writer.add(f"{field}.{name}", _joined(name, values))
    write_frequencies(writer, field, counted)


def _joined(name: str, parts: Sequence[np.ndarray | bytes]) -> np.ndarray | bytes:
    """What ``Occurrences.encoded`` made of one part of the terms after the other."""
    if name == "keys" and isinstance(parts[0], bytes):
        return b"".join(parts)  # type: ignore[arg-type]  # so are all others
    arrays = [np.asarray(part) for part in parts]
    if name != "ends":
        return np.concatenate(arrays)
    before = np.cumsum([0, *(int(part[-1]) if len(part) else 0 for part in arrays)])
    return np.concatenate([part + start for part, start in zip(arrays, before, strict=False)])


def _moved(field: str, occurrences: Occurrences, old: Numbers, targets: Numbers, new: Numbers) -> Occurrences:
    """The occurrences in rows that have a target, as they are numbered there."""
    rows = (
        occurrences.postings if field != layout.PAIRS else np.searchsorted(old, occurrences.postings, side="right") - 1
    )
    kept = targets[rows] >= 0
    postings = targets[rows[kept]]
    if field == layout.PAIRS:
        postings = new[postings] + occurrences.postings[kept] - old[rows[kept]]
    counted = np.concatenate(([0], np.cumsum(kept)))
    ends = np.cumsum(occurrences.sizes)
    sizes = counted[ends] - counted[ends - occurrences.sizes]
    return Occurrences(occurrences.terms[sizes > 0], sizes[sizes > 0], postings)


def _compressed(value: object) -> bytes:
    return zlib.compress(layout.encode_json(value))
