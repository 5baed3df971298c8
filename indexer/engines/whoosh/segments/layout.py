"""What stands in a segment. A change here needs a new format in the registry.

A segment is one file of arrays (``array_file``). A row is a passage, a document (before its passages) or the manifest.

    rows.kinds        kind code of each row, ``DOCUMENT_ROW`` or ``MANIFEST_ROW``
    rows.ordinals     ordinal of each passage in its document
    rows.words        words of each passage
    rows.digests      digest of the folded text of each passage (``digest``)
    rows.starts       position of each row's first folded character, one position being left free after each row; one
                      more than there are rows
    rows.nodes        section of each row (``section_tree``)
    rows.topics       topics of each row: its number in ``topics.values``
    topics.values     JSON of the distinct topics: as they are, and folded
    documents         the documents in order (``stored_documents``)
    manifest          the manifest of the manifest's row
    abbreviations     JSON: row → names in full and for short, of passages that may say so; absent in older segments,
                      and passed over by programs that do not know it
    extras            JSON: row → page, fields, anchor, last page of passages that have any
    roles             JSON: row → role of passages beside the run of the text; absent where there are none, and passed
                      over by programs that do not know it
    emphasis          JSON: row → ranges shown bold, begin and end by turns; likewise
    pictures          JSON: row → pictures, each its place, source, description, whether it stands alone; likewise
    original, folded  texts (``stored_texts``)
    pieces            lengths of the segmented pieces of each row (``stored_texts.BlockWriter``)
    breaks, edges, otherwise
                      what is known of each position (``position_marks``); absent where older programs wrote, and passed
                      over by these
    sections          heading paths (``section_tree``)
    vectors           what sections mean (``section_vectors``); absent where no embedder was given
    chars, words      postings by row (``postings``): of code points, and of words
    pairs             postings by position: of two adjacent code points (``pair_key``)
    *.frequent        in how many passages, sections, chapters or documents frequent terms stand (``frequencies``);
                      absent in older segments, and passed over by programs that do not know it
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from itertools import chain, pairwise
from typing import Any, TypeVar

import numpy as np

from indexer.model import AnalyzedDocument, DateSource, Document, Kind
from indexer.model.tokens import Abbreviations

# Begins the names of an index's files. Another one for each format, so that a rebuild by a program of a new format lies
# beside what readers of the old one still use, till the marker in the folder names the new one.
INDEX_NAME = "MAIN7"
# Ending of a segment's file.
ARRAYS = ".arrays"
# The same in every format, so that their writers keep each other out.
LOCK_NAME = "MAIN_WRITELOCK"
# Beginnings of the names of files of any format; the lock is none of them.
OURS = re.compile(r"_MAIN\d*_\d+\.toc|MAIN\d*_(?!WRITELOCK)")
# What a build keeps beside its segments: the TOC before it is renamed.
TEMPORARY = re.compile(r"MAIN\d*\.tmp|_MAIN\d*_\d+\.toc\..+")

CHARS = "chars"
PAIRS = "pairs"
WORDS = "words"
FIELDS = (CHARS, PAIRS, WORDS)

# What terms are counted in: a passage, its section, the sections under the same parent heading, its document.
PASSAGES = "passages"
SECTIONS = "sections"
CHAPTERS = "chapters"
DOCUMENTS = "documents"
# In what the terms of each field are.
COUNTED = {
    CHARS: (PASSAGES, SECTIONS),
    PAIRS: (PASSAGES, DOCUMENTS),
    WORDS: (PASSAGES, SECTIONS, CHAPTERS),
}

# Of each row.
COLUMNS = ("kinds", "ordinals", "words", "nodes", "topics", "digests")

KINDS = tuple(Kind)
KIND_CODES = {kind: code for code, kind in enumerate(KINDS)}
DOCUMENT_ROW = 100
MANIFEST_ROW = 101

# Bits of a code point.
CODE_BITS = 21
# Bits of a long length that one code point takes.
_LENGTH_BITS = 20


def digest(text: str) -> int:
    """A number of 63 bits for a text: among ten million texts two get the same with a chance below 1 in 100,000."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


def pair_key(first: int, second: int) -> int:
    """The number of a pair of code points."""
    return first << CODE_BITS | second


T = TypeVar("T")


def decoder(decode: Callable[[Any], T]) -> Callable[[Any], T]:
    """Whatever is wrong with a stored value raises ValueError."""

    @wraps(decode)
    def decoded(data: Any) -> T:
        try:
            return decode(data)
        except (TypeError, LookupError, AttributeError, RecursionError) as error:
            raise ValueError(f"not what {decode.__name__} reads") from error

    return decoded


def encode_json(value: object) -> bytes:
    """Compact JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def decode_json(data: bytes) -> Any:
    """The inverse of ``encode_json``."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


def encode_lengths(lengths: tuple[int, ...]) -> bytes:
    """Piece lengths as the UTF-8 of the code points of that number: one byte each below 128.

    A length beyond the last code point is 0, which no piece has, then its upper and its lower bits.
    """
    try:
        text = "".join(map(chr, lengths))
    except (ValueError, OverflowError):
        text = "".join(map(_length_as_text, lengths))
    return text.encode("utf-8", "surrogatepass")


def _length_as_text(length: int) -> str:
    if length <= sys.maxunicode:
        return chr(length)
    return "\0" + chr(length >> _LENGTH_BITS) + chr(length & (1 << _LENGTH_BITS) - 1)


def decode_lengths(data: bytes) -> list[int]:
    """The inverse of ``encode_lengths``."""
    text = data.decode("utf-8", "surrogatepass")
    if "\0" not in text:
        return list(map(ord, text))
    codes = map(ord, text)
    return [code or next(codes, 0) << _LENGTH_BITS | next(codes, 0) for code in codes]


def decode_all_lengths(data: bytes, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lengths of many rows' pieces that stand end to end, and how many each row has.

    Args:
        data: what ``encode_lengths`` made of each row.
        ends: where the bytes of each row end.
    """
    if b"\0" in data:  # a length beyond the last code point, which no corpus has but one made to have it
        rows = [decode_lengths(data[begin:end]) for begin, end in pairwise((0, *ends.tolist()))]
        return np.array(list(chain.from_iterable(rows)), dtype=np.int64), np.array(list(map(len, rows)), dtype=np.int64)
    if data.isascii():
        return np.frombuffer(data, dtype=np.uint8), np.diff(ends, prepend=0)
    lengths = np.frombuffer(data.decode("utf-8", "surrogatepass").encode("utf-32-le", "surrogatepass"), dtype="<u4")
    begins = (np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80  # the bytes that continue no code point
    counts = np.diff(np.concatenate(([0], np.cumsum(begins)))[ends], prepend=0)
    return lengths, counts


# Fields of a document that are not written where they are None: programs older than they read those records too.
_LATER = ("recognized_pages", "recognition")


def encode_document(analyzed: AnalyzedDocument) -> list[Any]:
    """A document: its fields, then its folded title, path, tags, work and values of fields."""
    document = analyzed.document
    fields = {name: getattr(document, name) for name in document.__slots__}
    for name in _LATER:
        if fields[name] is None:
            del fields[name]
    return [fields, analyzed.title, analyzed.path, analyzed.tags, analyzed.work, analyzed.fields]


# Fields of a document that are strings or None.
_OPTIONAL = ("url", "date", "author", "issued", "amended", "amendment", "effective", "work", *_LATER)


@decoder
def decode_document(value: Any) -> tuple[Document, str, str, tuple[str, ...], str, tuple[str, ...]]:
    """The inverse of ``encode_document``."""
    fields, title, path, tags, *others = value  # records of programs that knew no works end here
    work, values = others or ("", ())
    own = tuple((name, each) for name, each in fields.get("fields", ()))
    if len(own) != len(values):
        raise ValueError("fields without their folded values")
    source = fields.get("date_source")
    fields = fields | {
        "tags": strings(fields["tags"]),
        "date_source": None if source is None else DateSource(source),
        "fields": own,
    }
    optional = [fields[name] for name in _OPTIONAL if fields.get(name) is not None]
    strings([fields["id"], fields["path"], fields["title"], fields["content_hash"], title, path, work, *optional])
    strings([fields.get("declared_hash", ""), *(text for pair in own for text in pair)])
    return Document(**fields), title, path, strings(tags), work, strings(values)


@decoder
def decode_topics(values: Any) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The topics of passages as they are, and folded."""
    originals, folded = [tuple(each) for each, _ in values], [tuple(each) for _, each in values]
    strings(chain.from_iterable(chain(originals, folded)))
    return originals, folded


@decoder
def decode_abbreviations(value: Any) -> tuple[int, Abbreviations]:
    """A row, and what it says in full and for short."""
    row, told = value
    strings(chain.from_iterable(told))
    return int(row), tuple((full, short) for full, short in told)


@decoder
def decode_headings(values: Any) -> list[tuple[str, str]]:
    """Headings, each as it is, and folded."""
    headings = [(original, folded) for original, folded in values]
    strings(chain.from_iterable(headings))
    return headings


def strings(values: Iterable[Any]) -> tuple[str, ...]:
    """The values, all of which must be strings."""
    made = tuple(values)
    "".join(made)  # the quickest way to find that one is not
    return made
