"""One document as arrays: what a segment takes in at once, made without knowing any other document.

Making it takes most of the time that a document costs the engine, can be done by other processes, and gives few large
objects to hand over.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from itertools import chain
from typing import Any

import numpy as np

from indexer.engines.contract import Upsert
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Numbers
from indexer.engines.whoosh.segments.section_tree import SectionTree
from indexer.engines.whoosh.segments.stored_texts import Strings
from indexer.engines.whoosh.segments.value_tables import Numbering
from indexer.model import AnalyzedDocument, Passage, Role

_Strings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreparedRows:
    """The rows of a document, its own first, or that of a manifest; all but the last four have an item for each row.

    Attributes:
        columns: values by the names of ``layout``: kinds, ordinals, words (how many), digests; nodes and topics as
            numbers in ``sections`` and ``topics`` (from 1).
        originals: texts of the passages, empty for a row that is none.
        folded: the same, folded.
        pieces: lengths of the segmented pieces, each row's ``layout.encode_lengths`` end to end.
        piece_sizes: bytes of each row's.
        vocabulary: distinct words in the order in which they first occur.
        words: the words of all rows in order, as numbers in ``vocabulary``; none where postings are copied.
        topics: distinct topics in the order in which they first occur, as they are and folded.
        extras: row → page, fields, anchor and last page, where there are any.
        roles: row → role, where it is another than that of the body.
        emphasis: row → begins and ends of what is shown bold by turns, where there is any.
        pictures: row → place, source, description of each picture, and whether it stands alone; likewise.
    """

    columns: dict[str, Numbers]
    originals: Strings
    folded: Strings
    pieces: bytes
    piece_sizes: Numbers
    vocabulary: list[str]
    words: np.ndarray
    topics: list[tuple[_Strings, _Strings]]
    extras: dict[int, list[Any]]
    roles: dict[int, str]
    emphasis: dict[int, list[int]]
    pictures: dict[int, list[list[Any]]]

    def __len__(self) -> int:
        return len(self.piece_sizes)


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document: ``record`` as ``layout.encode_document`` makes it, its sections and its rows."""

    record: list[Any]
    sections: SectionTree
    rows: PreparedRows


def prepare(analyzed: AnalyzedDocument) -> Upsert:
    """See ``Engine.prepare``."""
    return Upsert(analyzed.document.id, len(analyzed.passages), prepare_document(analyzed), analyzed.vectors)


def prepare_document(analyzed: AnalyzedDocument) -> PreparedDocument:
    """A document as arrays."""
    passages = analyzed.passages
    sections = SectionTree()
    topics: Numbering[tuple[_Strings, _Strings]] = Numbering()
    columns = {
        "kinds": [layout.DOCUMENT_ROW, *(layout.KIND_CODES[each.passage.kind] for each in passages)],
        "ordinals": [0, *(each.passage.ordinal for each in passages)],
        "words": [0, *(len(each.words) for each in passages)],
        "nodes": [0, *(sections.node(each.passage.section, each.section) for each in passages)],
        "digests": [0, *(layout.digest(each.chars) for each in passages)],
        "topics": [0, *(topics[each.passage.topics, each.topics] + 1 for each in passages)],
    }
    pieces, piece_sizes = _encode_pieces([(), *(each.lengths for each in passages)])
    vocabulary: Numbering[str] = Numbering()
    words = map(vocabulary.__getitem__, chain.from_iterable(each.words for each in passages))
    rows = PreparedRows(
        columns={name: np.array(values, dtype=np.int64) for name, values in columns.items()},
        originals=Strings.of(["", *(each.passage.text for each in passages)]),
        folded=Strings.of(["", *(each.chars for each in passages)]),
        pieces=pieces,
        piece_sizes=piece_sizes,
        words=np.fromiter(words, dtype=np.int32, count=sum(columns["words"])),
        vocabulary=list(vocabulary),
        topics=list(topics),
        extras=_extras(analyzed),
        roles=_roles(analyzed),
        emphasis=_emphasis(analyzed),
        pictures=_pictures(analyzed),
    )
    record = layout.encode_document(analyzed)
    return PreparedDocument(record, sections, rows)


def manifest_row() -> PreparedRows:
    """The manifest's row."""
    none = np.zeros(1, dtype=np.int64)
    columns = dict.fromkeys(layout.COLUMNS, none) | {"kinds": none + layout.MANIFEST_ROW}
    empty = Strings.of([""])
    return PreparedRows(columns, empty, empty, b"", none, [], np.empty(0, dtype=np.int32), [], {}, {}, {}, {})


def _encode_pieces(lengths: list[tuple[int, ...]]) -> tuple[bytes, Numbers]:
    """``layout.encode_lengths`` of each end to end, and the bytes of each."""
    flat = tuple(chain.from_iterable(lengths))
    if max(flat, default=0) < 128:  # one byte for each
        return layout.encode_lengths(flat), np.fromiter(map(len, lengths), dtype=np.int64, count=len(lengths))
    encoded = list(map(layout.encode_lengths, lengths))
    return b"".join(encoded), np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded))


def _extras(analyzed: AnalyzedDocument) -> dict[int, list[Any]]:
    passages = ((row, tokens.passage) for row, tokens in enumerate(analyzed.passages, 1))
    return {
        row: [passage.page, dict(passage.fields), *_rarer(passage)]
        for row, passage in passages
        if passage.page is not None or passage.fields or passage.anchor
    }


def _roles(analyzed: AnalyzedDocument) -> dict[int, str]:
    passages = ((row, tokens.passage) for row, tokens in enumerate(analyzed.passages, 1))
    return {row: passage.role.value for row, passage in passages if passage.role is not Role.BODY}


def _emphasis(analyzed: AnalyzedDocument) -> dict[int, list[int]]:
    passages = ((row, tokens.passage) for row, tokens in enumerate(analyzed.passages, 1))
    return {row: list(chain.from_iterable(passage.emphasis)) for row, passage in passages if passage.emphasis}


def _pictures(analyzed: AnalyzedDocument) -> dict[int, list[list[Any]]]:
    passages = ((row, tokens.passage) for row, tokens in enumerate(analyzed.passages, 1))
    return {row: [[*astuple(each)] for each in passage.pictures] for row, passage in passages if passage.pictures}


def _rarer(passage: Passage) -> list[Any]:
    """Anchor and last page, left out where all that would follow is nothing."""
    if passage.page_end is not None:
        return [passage.anchor, passage.page_end]
    return [passage.anchor] if passage.anchor else []
