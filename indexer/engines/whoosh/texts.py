"""Passages as they were and as they fold, compressed in blocks.

The folded text of a passage is mostly its original character by character; so only the table of those characters is
kept, whether white space is left out before, and the whole folded text where neither leads to it. Nothing here knows
how folding works: the table is learnt from what is stored.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator

import numpy as np

from indexer.engines.whoosh.arrays import ArrayFile, ArrayWriter
from indexer.engines.whoosh.columns import ArrayCache

# Bytes of a block before it is compressed: larger ones are smaller together, and slower to show one passage from.
BLOCK_BYTES = 32 << 10
_LEVEL = 6
# How a folded text follows from its original: by the table; by the table once white space is left out; not at all.
_BY_TABLE, _SQUEEZED, _APART = range(3)


class BlockWriter:
    """Byte strings, compressed in blocks: ``{name}.blocks``, ``.lengths`` (of each), ``.firsts``, ``.ends`` (of each
    block its first string, and where its bytes end).
    """

    def __init__(self) -> None:
        self._open: list[bytes] = []
        self._waiting = 0
        self._blocks: list[bytes] = []
        self._firsts: list[int] = []
        self._lengths: list[int] = []

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, data: bytes) -> None:
        """Append a string."""
        if not self._open:
            self._firsts.append(len(self._lengths))
        self._open.append(data)
        self._lengths.append(len(data))
        self._waiting += len(data)
        if self._waiting >= BLOCK_BYTES:
            self._flush()

    def write(self, writer: ArrayWriter, name: str) -> None:
        """Write all of them."""
        self._flush()
        writer.add(f"{name}.lengths", np.array(self._lengths, dtype=np.int64))
        writer.add(f"{name}.firsts", np.array(self._firsts, dtype=np.int64))
        writer.add(f"{name}.ends", np.cumsum([len(block) for block in self._blocks], dtype=np.int64))
        writer.add(f"{name}.blocks", b"".join(self._blocks))

    def _flush(self) -> None:
        if self._open:
            self._blocks.append(zlib.compress(b"".join(self._open), _LEVEL))
            self._open, self._waiting = [], 0


class Blocks:
    """Reads what a ``BlockWriter`` wrote; blocks are kept decompressed in ``cache``."""

    def __init__(self, file: ArrayFile, name: str, cache: ArrayCache) -> None:
        self._file, self._name, self._cache = file, name, cache
        self._firsts, self._ends = file[f"{name}.firsts"], file[f"{name}.ends"]
        self._lengths = file[f"{name}.lengths"]

    def __getitem__(self, at: int) -> bytes:
        block = int(np.searchsorted(self._firsts, at, side="right")) - 1
        data, ends = self._cache.get((self._name, block), lambda: self._decompressed(block))
        inside = at - int(self._firsts[block])
        return data[ends[inside - 1] if inside else 0 : ends[inside]].tobytes()

    def __iter__(self) -> Iterator[bytes]:
        return (self[at] for at in range(len(self._lengths)))

    def _decompressed(self, block: int) -> tuple[np.ndarray, np.ndarray]:
        start = int(self._ends[block - 1]) if block else 0
        data = zlib.decompress(self._file.bytes(f"{self._name}.blocks", start, int(self._ends[block])))
        first = int(self._firsts[block])
        end = int(self._firsts[block + 1]) if block + 1 < len(self._firsts) else len(self._lengths)
        return np.frombuffer(data, dtype=np.uint8), np.cumsum(self._lengths[first:end], dtype=np.int64)


class TextWriter:
    """Takes passages in the order of their rows."""

    def __init__(self) -> None:
        self._originals, self._folded = BlockWriter(), BlockWriter()
        self._ways = bytearray()
        self._table: dict[int, str] = {}
        self._settled: set[str] = set()

    def add(self, original: str, folded: str) -> None:
        """Append a passage; one without text (a row that is no passage) takes no room."""
        way = self._way(original, folded)
        if way == _APART:
            self._folded.add(encode(folded))
        else:
            self._settled.update(original)
        self._ways.append(way)
        self._originals.add(encode(original))

    def write(self, writer: ArrayWriter) -> None:
        """Write all of them."""
        self._originals.write(writer, "original")
        self._folded.write(writer, "folded")
        writer.add("folded.ways", bytes(self._ways))
        writer.add("folded.table", json.dumps(self._table).encode())

    def _way(self, original: str, folded: str) -> int:
        """How ``folded`` follows from ``original``, the table being widened where that helps."""
        for way in (_BY_TABLE, _SQUEEZED):
            if _derived(original, way, self._table) == folded or self._learn(original, folded, way):
                return way
        return _APART

    def _learn(self, original: str, folded: str, way: int) -> bool:
        """Whether ``folded`` follows once the table is widened by characters that no earlier passage settled."""
        shown = original if way == _BY_TABLE else "".join(original.split())
        if len(shown) != len(folded):
            return False
        wanted = {ord(char): folds for char, folds in zip(shown, folded, strict=True) if char != folds}
        added = {code: folds for code, folds in wanted.items() if self._table.get(code) != folds}
        if any(chr(code).isspace() or chr(code) in self._settled for code in added):
            return False
        if _derived(original, way, self._table | added) != folded:
            return False
        self._table |= added
        return True


class Texts:
    """Reads what a ``TextWriter`` wrote."""

    def __init__(self, file: ArrayFile, cache: ArrayCache) -> None:
        self._originals, self._folded = Blocks(file, "original", cache), Blocks(file, "folded", cache)
        self._ways = file["folded.ways"]
        self._apart = np.flatnonzero(self._ways == _APART)
        self._table = {int(code): folds for code, folds in json.loads(file["folded.table"].tobytes()).items()}

    def original(self, row: int) -> str:
        """The text of a passage."""
        return decode(self._originals[row])

    def folded(self, row: int) -> str:
        """Its folded characters."""
        way = int(self._ways[row])
        if way == _APART:
            return decode(self._folded[int(np.searchsorted(self._apart, row))])
        return _derived(self.original(row), way, self._table)


def _derived(original: str, way: int, table: dict[int, str]) -> str:
    return (original if way == _BY_TABLE else "".join(original.split())).translate(table)


def encode(text: str) -> bytes:
    """UTF-8, lone surrogates included."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    """The inverse of ``encode``."""
    return data.decode("utf-8", "surrogatepass")
