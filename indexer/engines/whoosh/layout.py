"""What stands in a segment. A change here needs a new ``manifest.FORMAT``.

A row is a passage, a document (before its passages) or the manifest. Postings know passages only: for each term the
rows that hold it and how often. Text is stored once as it was (``record``) and once folded (``folded``, UTF-8), where
phrases are verified. ``section`` and ``topics`` are written only where they differ from the row before.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from indexer.model import Document, Kind, Passage

# Begins the names of an index's files. Another one for each format, so that a rebuild by a program of a new format lies
# beside what readers of the old one still use, till the marker in the folder names the new one.
INDEX_NAME = "MAIN"
# The same in every format, so that their writers keep each other out.
LOCK_NAME = "MAIN_WRITELOCK"
# Beginnings of the names of files of any format; the lock is none of them.
OURS = re.compile(r"_MAIN\d*_\d+\.toc|MAIN\d*_(?!WRITELOCK)")
# What a build keeps beside its segments: columns in the making, the TOC before it is renamed.
TEMPORARY = re.compile(r"MAIN\d*\.tmp|_MAIN\d*_\d+\.toc\..+")

GRAMS = "grams"
WORDS = "words"

KINDS = tuple(Kind)
KIND_CODES = {kind: code for code, kind in enumerate(KINDS)}
DOCUMENT_ROW = 100
MANIFEST_ROW = 101

# Column name → struct type code, big-endian as Whoosh writes it.
NUMERIC_COLUMNS = {"kind": "B", "ordinal": "I", "word_count": "I", "char_count": "I"}
BYTES_COLUMNS = ("record", "folded", "lengths", "section", "topics")

# A term's value in the term dictionary: offset of its posting in bytes, rows in it, bytes of each count. In the posting
# come all rows (4 bytes each), then all counts, little-endian.
EXTENT = struct.Struct("<QIB")

Row = dict[str, "int | bytes"]

T = TypeVar("T")


def _decoder(decode: Callable[[bytes], T]) -> Callable[[bytes], T]:
    """Whatever is wrong with stored bytes raises ValueError."""

    @wraps(decode)
    def decoded(data: bytes) -> T:
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
    """Piece lengths as the UTF-8 of the code points of that number: one byte each below 128."""
    return "".join(map(chr, lengths)).encode("utf-8", "surrogatepass")


def decode_lengths(data: bytes) -> list[int]:
    """The inverse of ``encode_lengths``."""
    return list(map(ord, data.decode("utf-8", "surrogatepass")))


def encode_document(document: Document, title: str, path: str, tags: tuple[str, ...]) -> bytes:
    """A document's row: its fields, then its folded title, path and tags."""
    fields = {name: getattr(document, name) for name in document.__slots__}
    return encode_json([fields, title, path, tags])


@_decoder
def decode_document(data: bytes) -> tuple[Document, str, str, tuple[str, ...]]:
    """The inverse of ``encode_document``."""
    fields, title, path, tags = decode_json(data)
    fields["tags"] = _strings(fields["tags"])
    optional = [fields[name] for name in ("url", "date", "author") if fields[name] is not None]
    _strings([fields["id"], fields["path"], fields["title"], fields["content_hash"], title, path, *optional])
    return Document(**fields), title, path, _strings(tags)


def encode_passage(passage: Passage) -> bytes:
    """What a passage's row keeps beside its columns."""
    return encode_json([passage.text, passage.page, dict(passage.fields)])


@_decoder
def decode_passage(data: bytes) -> tuple[str, int | None, dict[str, str]]:
    """The inverse of ``encode_passage``: text, page and fields."""
    text, page, fields = decode_json(data)
    _strings([text, *fields.values()])
    return text, page if page is None else int(page), fields


def encode_values(original: tuple[str, ...], folded: tuple[str, ...]) -> bytes:
    """A heading path, or topics."""
    return encode_json([original, folded])


@_decoder
def decode_values(data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The inverse of ``encode_values``."""
    original, folded = decode_json(data)
    return _strings(original), _strings(folded)


def _strings(values: Iterable[object]) -> tuple[str, ...]:
    """The values, all of which must be strings."""
    made = tuple(value for value in values if isinstance(value, str))
    if len(made) != len(tuple(values)):
        raise ValueError("not a string")
    return made
