"""One document as arrays: what a segment takes in at once, made without knowing any other document.

Making it takes most of the time that a document costs the engine, can be done by other processes, and gives few large
objects to hand over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from itertools import chain, compress
from typing import Any

import numpy as np

from indexer.engines.contract import Upsert
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Numbers
from indexer.engines.whoosh.segments.section_tree import SectionTree
from indexer.engines.whoosh.segments.stored_texts import Strings
from indexer.engines.whoosh.segments.value_tables import Numbering
from indexer.model import AnalyzedDocument, AnalyzedPassages, Passage, Picture, Pieces, Role
from indexer.model.records import record
from indexer.model.tokens import Abbreviations

_Strings = tuple[str, ...]


@record
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
    vocabulary: Strings
    words: np.ndarray
    topics: list[tuple[_Strings, _Strings]]
    extras: dict[int, list[Any]]
    roles: dict[int, str]
    emphasis: dict[int, list[int]]
    pictures: dict[int, list[list[Any]]]

    def __len__(self) -> int:
        return len(self.piece_sizes)


@record
class PreparedDocument:
    """A document: ``record`` as ``layout.encode_document`` makes it, sections, rows, and ``abbreviations`` as
    ``AnalyzedDocument`` has them.
    """

    record: list[Any]
    sections: SectionTree
    rows: PreparedRows
    abbreviations: Sequence[tuple[int, Abbreviations]] | None


@dataclass(frozen=True, slots=True)
class PreparedPieces:
    """The segmented pieces of a document's passages.

    Attributes:
        lengths, sizes: ``pieces`` and ``piece_sizes`` of ``PreparedRows``, without the document's own row.
        word_counts: words of each passage.
        vocabulary, words: as in ``PreparedRows``.
    """

    lengths: bytes
    sizes: Numbers
    word_counts: Numbers
    vocabulary: Strings
    words: np.ndarray


def prepare(analyzed: AnalyzedDocument) -> Upsert:
    """See ``Engine.prepare``."""
    return Upsert(analyzed.document.id, len(analyzed.passages), prepare_document(analyzed), analyzed.vectors)


def prepare_document(analyzed: AnalyzedDocument) -> PreparedDocument:
    """A document as arrays."""
    passages = analyzed.passages
    tokens = passages if isinstance(passages, AnalyzedPassages) else AnalyzedPassages.of(passages)
    return assemble(layout.encode_document(analyzed), tokens, _prepare_pieces(tokens.pieces), analyzed.abbreviations)


def assemble(
    record: list[Any],
    tokens: AnalyzedPassages,
    pieces: PreparedPieces,
    abbreviations: Sequence[tuple[int, Abbreviations]] | None,
) -> PreparedDocument:
    """A document of which all is known.

    Args:
        record: as ``layout.encode_document`` makes it.
        tokens: its passages; their ``pieces`` are not looked at.
        pieces: of those.
        abbreviations: of ``AnalyzedDocument``.
    """
    passages = tokens.passages
    topics: Numbering[tuple[_Strings, _Strings]] = Numbering()
    sections, nodes = SectionTree.of((each.section for each in passages), tokens.sections)
    topic_pairs = zip((each.topics for each in passages), tokens.topics, strict=True)
    columns = {
        "kinds": [layout.DOCUMENT_ROW, *(layout.KIND_CODES[each.kind] for each in passages)],
        "ordinals": [0, *(each.ordinal for each in passages)],
        "words": [0, *pieces.word_counts.tolist()],
        "nodes": [0, *nodes],
        "digests": [0, *map(layout.digest, tokens.chars)],
        "topics": [0, *(topics[pair] + 1 for pair in topic_pairs)],
    }
    rows = PreparedRows(
        columns={name: np.array(values, dtype=np.int64) for name, values in columns.items()},
        originals=Strings.of(["", *(each.text for each in passages)]),
        folded=Strings.of(["", *tokens.chars]),
        pieces=pieces.lengths,
        piece_sizes=np.concatenate(([0], pieces.sizes)),
        vocabulary=pieces.vocabulary,
        words=pieces.words,
        topics=list(topics),
        extras=_extras(passages),
        roles={row: each.role.value for row, each in enumerate(passages, 1) if each.role is not Role.BODY},
        emphasis={row: [*chain.from_iterable(each.emphasis)] for row, each in enumerate(passages, 1) if each.emphasis},
        pictures={row: [*map(_picture, each.pictures)] for row, each in enumerate(passages, 1) if each.pictures},
    )
    return PreparedDocument(record, sections, rows, abbreviations)


def manifest_row() -> PreparedRows:
    """The manifest's row."""
    none = np.zeros(1, dtype=np.int64)
    columns = dict.fromkeys(layout.COLUMNS, none) | {"kinds": none + layout.MANIFEST_ROW}
    empty = Strings.of([""])
    no_words = np.empty(0, dtype=np.int32)
    return PreparedRows(columns, empty, empty, b"", none, Strings.of([]), no_words, [], {}, {}, {}, {})


def _prepare_pieces(pieces: Pieces) -> PreparedPieces:
    """The pieces of passages, looked up in what is known of each distinct one."""
    numbers = np.frombuffer(pieces.numbers, dtype=np.intc)
    ends = np.flatnonzero(numbers == 0)
    lengths = np.array(list(map(len, pieces.distinct)), dtype=np.int64).take(numbers)
    is_word = np.frombuffer(pieces.is_word, dtype=bool)
    word_numbers = np.cumsum(is_word, dtype=np.int32) - 1
    words_of_all = is_word.take(numbers)
    return PreparedPieces(
        *_encode_lengths(lengths[lengths > 0], np.diff(ends, prepend=-1) - 1),
        word_counts=np.diff(np.cumsum(words_of_all)[ends], prepend=0),
        vocabulary=Strings.of(list(compress(pieces.distinct, pieces.is_word))),
        words=word_numbers.take(numbers[words_of_all]),
    )


def _encode_lengths(lengths: Numbers, counts: Numbers) -> tuple[bytes, Numbers]:
    """``layout.encode_lengths`` of each passage end to end, and the bytes of each, which has so many lengths."""
    if lengths.max(initial=0) < 128:  # one byte for each
        return lengths.astype(np.uint8).tobytes(), counts
    ends = np.cumsum(counts).tolist()
    each = zip([0, *ends], ends, strict=False)
    encoded = [layout.encode_lengths(tuple(lengths[start:end].tolist())) for start, end in each]
    return b"".join(encoded), np.array(list(map(len, encoded)), dtype=np.int64)


def _extras(passages: Sequence[Passage]) -> dict[int, list[Any]]:
    return {
        row: [passage.page, dict(passage.fields), *_rarer(passage)]
        for row, passage in enumerate(passages, 1)
        if passage.page is not None or passage.fields or passage.anchor
    }


def _picture(picture: Picture) -> list[Any]:
    return [*astuple(picture)]


def _rarer(passage: Passage) -> list[Any]:
    """Anchor and last page, left out where all that would follow is nothing."""
    if passage.page_end is not None:
        return [passage.anchor, passage.page_end]
    return [passage.anchor] if passage.anchor else []
