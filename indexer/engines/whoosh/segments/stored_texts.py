"""Passages as they were and as they fold, compressed in blocks.

The folded text of a passage is mostly its original character by character; so only the table of those characters is
kept, whether white space is left out before, and the whole folded text where neither leads to it. Nothing here knows
how folding works: the table is learnt from what is stored.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.whoosh.segments.array_cache import NO_ROWS, ArrayCache, Mask, Numbers
from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter, narrowest
from indexer.engines.whoosh.segments.position_marks import (
    CODE_POINTS,
    UNKNOWN,
    Bits,
    BitWriter,
    CharacterTest,
    with_free_positions,
)
from indexer.model.records import record
from indexer.query.spans import vanishes

if TYPE_CHECKING:
    from concurrent.futures import Future

# Bytes of a block before it is compressed: larger ones are smaller together, and slower to show one passage from.
BLOCK_BYTES = 32 << 10
# Half the time of level 6, for 3 % more bytes.
_LEVEL = 4
# How a folded text follows from its original: by the table; by the table once white space is left out; not at all.
_BY_TABLE, _SQUEEZED, _APART = range(3)
# Whether a code point is white space; there is none beyond U+3000.
_SPACE = np.zeros(CODE_POINTS, dtype=bool)
_SPACE[[code for code in range(0x3001) if chr(code).isspace()]] = True
# Bytes that a code point takes in UTF-8.
_OCTETS = np.ones(CODE_POINTS, dtype=np.uint8)
for _least in (0x80, 0x800, 0x10000):
    _OCTETS[_least:] += 1
_vanish = CharacterTest(vanishes)


@record
class Strings:
    """Texts end to end, and the code points of each."""

    joined: str
    lengths: Numbers

    @classmethod
    def of(cls, texts: Sequence[str]) -> Strings:
        """Put texts together."""
        return cls("".join(texts), np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)))

    @classmethod
    def joining(cls, several: Sequence[Strings]) -> Strings:
        """All of several."""
        lengths = np.concatenate([NO_ROWS, *(each.lengths for each in several)])
        return cls("".join(each.joined for each in several), lengths)

    def __iter__(self) -> Iterator[str]:
        ends = np.cumsum(self.lengths).tolist()
        return (self.joined[end - length : end] for end, length in zip(ends, self.lengths.tolist(), strict=True))

    def codes(self) -> np.ndarray:
        """All code points."""
        return _codes(self.joined)


class BlockWriter:
    """Byte strings, compressed in blocks: ``{name}.blocks``, ``.lengths`` (of each), ``.firsts``, ``.ends`` (of each
    block its first string, and where its bytes end).
    """

    def __init__(self) -> None:
        from concurrent.futures import ThreadPoolExecutor  # which is for who writes

        self._open: list[bytes] = []
        self._waiting = 0
        self._blocks: list[Future[bytes]] = []
        self._pool = ThreadPoolExecutor(1)  # compressing lets other threads go on
        self._firsts: list[int] = []
        self._lengths: list[Numbers] = [NO_ROWS]
        self._count = 0

    def extend(self, data: bytes, lengths: Numbers) -> None:
        """Append strings that stand end to end in ``data``."""
        ends = np.cumsum(lengths)
        done = start = 0
        while done < len(ends):
            if not self._open:
                self._firsts.append(self._count + done)
            last = int(np.searchsorted(ends, start + BLOCK_BYTES - self._waiting))
            end = int(ends[min(last, len(ends) - 1)])
            self._open.append(data[start:end])
            self._waiting += end - start
            done, start = last + 1, end
            if self._waiting >= BLOCK_BYTES:
                self._flush()
        self._lengths.append(lengths)
        self._count += len(ends)

    def write(self, writer: ArrayWriter, name: str) -> None:
        """Write all of them."""
        self._flush()
        writer.add(f"{name}.lengths", np.concatenate(self._lengths))
        writer.add(f"{name}.firsts", np.array(self._firsts, dtype=np.int64))
        blocks = [block.result() for block in self._blocks]
        self._pool.shutdown()
        writer.add(f"{name}.ends", np.cumsum([len(block) for block in blocks], dtype=np.int64))
        writer.add(f"{name}.blocks", b"".join(blocks))

    def _flush(self) -> None:
        if self._open:
            self._blocks.append(self._pool.submit(zlib.compress, b"".join(self._open), _LEVEL))
            self._open, self._waiting = [], 0


class Blocks:
    """Reads what a ``BlockWriter`` wrote; blocks are kept decompressed in ``cache``, as far as they were asked for."""

    def __init__(self, file: ArrayFile, name: str, cache: ArrayCache) -> None:
        self._file, self._name, self._cache = file, name, cache
        self._firsts: list[int] = file[f"{name}.firsts"].tolist()
        self._ends = file[f"{name}.ends"]
        self.lengths = file[f"{name}.lengths"]

    def __getitem__(self, at: int) -> bytes:
        block = bisect_right(self._firsts, at) - 1
        start = int(self.lengths[self._firsts[block] : at].sum(dtype=np.int64))
        end = start + int(self.lengths[at])
        (data,) = self._cache.get((self._name, "beginning", block), lambda: self._beginning(block, end))
        if len(data) < end:  # a second one, further on: the next ones may be as well
            (data,) = self._cache.get((self._name, block), lambda: (np.frombuffer(self._bytes(block), dtype=np.uint8),))
        return data[start:end].tobytes()

    def __iter__(self) -> Iterator[bytes]:
        return (self[at] for at in range(len(self.lengths)))

    def blocks(self) -> Iterator[tuple[bytes, range]]:
        """Block by block the strings end to end, and which they are; nothing is kept of it."""
        for block, first in enumerate(self._firsts):
            yield self._bytes(block), range(first, self._end(block))

    def _end(self, block: int) -> int:
        """The first string after a block."""
        return self._firsts[block + 1] if block + 1 < len(self._firsts) else len(self.lengths)

    def _bytes(self, block: int) -> bytes:
        return zlib.decompress(self._packed(block))

    def _beginning(self, block: int, end: int) -> tuple[np.ndarray]:
        """What a block has before ``end``."""
        return (np.frombuffer(zlib.decompressobj().decompress(self._packed(block), end), dtype=np.uint8),)

    def _packed(self, block: int) -> memoryview:
        start = int(self._ends[block - 1]) if block else 0
        return self._file.part(f"{self._name}.blocks", start, int(self._ends[block])).data


class TextWriter:
    """Takes passages in the order of their rows."""

    def __init__(self) -> None:
        self._originals, self._folded = BlockWriter(), BlockWriter()
        self._ways: list[np.ndarray] = [np.empty(0, dtype=np.uint8)]
        self._table: dict[int, str] = {}
        self._folds = np.arange(CODE_POINTS, dtype=np.uint32)  # the same, for all characters
        self._settled = np.zeros(CODE_POINTS, dtype=bool)
        self._otherwise = BitWriter()
        self._otherwise_codes = [np.empty(0, dtype=np.uint8)]

    def extend(self, originals: Strings, folded: Strings, codes: np.ndarray) -> None:
        """Append passages; one without text (a row that is no passage) takes no room.

        Args:
            originals: as they are.
            folded: the same, folded.
            codes: the code points of ``folded``.
        """
        written = originals.codes()
        is_space = _SPACE.take(written)
        ways = _ways(originals.lengths, _sums(is_space, originals.lengths), folded.lengths)
        shown, folds = _shown(written, is_space, originals.lengths, ways), _by_table(codes, folded.lengths, ways)
        if not self._follow(shown, folds):
            ways = self._ways_one_by_one(originals, folded)
        self._ways.append(ways)
        self._mark_otherwise(written, is_space, originals.lengths, ways, folded.lengths, codes)
        self._originals.extend(encode(originals.joined), _sums(_OCTETS.take(written), originals.lengths))
        apart = ways == _APART
        if apart.any():
            texts = [encode(text) for text, alone in zip(folded, apart.tolist(), strict=True) if alone]
            self._folded.extend(b"".join(texts), np.array(list(map(len, texts)), dtype=np.int64))

    def write(self, writer: ArrayWriter) -> None:
        """Write all of them."""
        self._originals.write(writer, "original")
        self._folded.write(writer, "folded")
        writer.add("folded.ways", np.concatenate(self._ways))
        writer.add("folded.table", json.dumps(self._table).encode())
        writer.add("otherwise", self._otherwise.octets())
        writer.add("otherwise.codes", np.concatenate(self._otherwise_codes))

    def _mark_otherwise(
        self,
        written: np.ndarray,
        is_space: Mask,
        lengths: Numbers,
        ways: np.ndarray,
        folded_lengths: Numbers,
        codes: np.ndarray,
    ) -> None:
        ways = _exact(ways, written, lengths)
        shown, folds = _shown(written, is_space, lengths, ways), _by_table(codes, folded_lengths, ways)
        marked, marked_codes = _otherwise(shown, folds, ways, folded_lengths)
        self._otherwise.extend(marked)
        self._otherwise_codes.append(marked_codes)

    def _follow(self, shown: np.ndarray, folds: np.ndarray) -> bool:
        """Whether ``folds`` follow from ``shown`` by the table, widened by characters that nothing settled before."""
        wrong = np.flatnonzero(self._folds.take(shown) != folds)
        added = dict(zip(shown[wrong].tolist(), folds[wrong].tolist(), strict=True))
        if added:
            codes = np.array(list(added), dtype=np.int64)
            if (self._settled[codes] | _SPACE[codes]).any():
                return False
            before = self._folds[codes]
            self._folds[codes] = list(added.values())
            if (self._folds.take(shown) != folds).any():
                self._folds[codes] = before
                return False
            self._table |= {code: chr(fold) for code, fold in added.items()}
        self._settled[shown.astype(np.intp)] = True
        return True

    def _ways_one_by_one(self, originals: Strings, folded: Strings) -> np.ndarray:
        """The way of each passage, where the first of two that contradict each other decides."""
        return np.array([self._way(*both) for both in zip(originals, folded, strict=True)], dtype=np.uint8)

    def _way(self, original: str, folded: str) -> int:
        """How ``folded`` follows from ``original``, the table being widened where that helps."""
        folds = _codes(folded)
        for way, shown in ((_BY_TABLE, _codes(original)), (_SQUEEZED, _codes("".join(original.split())))):
            if len(shown) == len(folds) and self._follow(shown, folds):
                return way
        return _APART


class Texts:
    """Reads what a ``TextWriter`` wrote.

    Args:
        file: where it stands.
        starts: position of the first folded character of each passage.
        cache: keeps what is decompressed.
    """

    def __init__(self, file: ArrayFile, starts: Numbers, cache: ArrayCache) -> None:
        self._file, self._starts, self._cache = file, starts, cache
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

    def written(self, folded: str, positions: Numbers) -> np.ndarray:
        """As what code point a folded character is written at each of ``positions``, at all of which it stands;
        ``UNKNOWN`` where only the text tells.
        """
        bits, codes = self._otherwise
        written = np.full(len(positions), ord(folded), dtype=np.uint32)
        marked = np.flatnonzero(bits.holding(positions))
        written[marked] = codes[bits.before(positions[marked])]
        return written

    @cached_property
    def _otherwise(self) -> tuple[Bits, np.ndarray]:
        """Where characters are written otherwise than they fold, and as what code points."""
        if "otherwise" in self._file:
            return Bits(self._file["otherwise"], "otherwise", self._cache), self._file["otherwise.codes"]
        marked = BitWriter()
        codes = [np.empty(0, dtype=np.uint8)]
        for mask, own in self._otherwise_by_block():
            marked.extend(mask)
            codes.append(own)
        return Bits(marked.octets(), "otherwise", self._cache), np.concatenate(codes)

    def _otherwise_by_block(self) -> Iterator[tuple[Mask, np.ndarray]]:
        folds = np.arange(CODE_POINTS, dtype=np.uint32)
        folds[list(self._table)] = list(map(ord, self._table.values()))
        for data, rows in self._originals.blocks():
            counts = self._code_counts(data, rows)
            ways = self._ways[rows.start : rows.stop]
            widths = np.diff(self._starts[rows.start : rows.stop + 1]) - 1
            written = _codes(decode(data))
            ways = _exact(ways, written, counts)
            shown = _shown(written, _SPACE.take(written), counts, ways)
            yield _otherwise(shown, folds.take(shown), ways, widths)

    def _code_counts(self, data: bytes, rows: range) -> Numbers:
        """Code points of each text of a block."""
        ends = np.cumsum(self._originals.lengths[rows.start : rows.stop], dtype=np.int64)
        begins = (np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80
        counts: Numbers = np.diff(np.concatenate(([0], np.cumsum(begins)))[ends], prepend=0)
        return counts


def _otherwise(
    shown: np.ndarray, folds: np.ndarray, ways: np.ndarray, folded_lengths: Numbers
) -> tuple[Mask, np.ndarray]:
    """For each position of some rows whether its character is written otherwise than it folds; and as what code points.

    Args:
        shown: the code points that stand for the folded ones of all rows that are not apart.
        folds: those.
        ways: how each folded text follows from its original.
        folded_lengths: folded characters of each.
    """
    if not (ways == _APART).any():
        is_other = folds != shown
        return with_free_positions(is_other, folded_lengths, value=False), narrowest(shown[is_other])
    known = np.repeat(ways != _APART, folded_lengths)
    codes = np.full(len(known), UNKNOWN, dtype=np.uint32)
    codes[known] = shown
    is_other = ~known
    is_other[known] = folds != shown
    return with_free_positions(is_other, folded_lengths, value=False), narrowest(codes[is_other])


def _derived(original: str, way: int, table: dict[int, str]) -> str:
    return (original if way == _BY_TABLE else "".join(original.split())).translate(table)


def _ways(lengths: Numbers, spaces: Numbers, folded_lengths: Numbers) -> np.ndarray:
    """The only way that the lengths of each passage, and how many of its characters are white space, leave."""
    ways = np.full(len(lengths), _APART, dtype=np.uint8)
    ways[lengths - spaces == folded_lengths] = _SQUEEZED
    ways[lengths == folded_lengths] = _BY_TABLE
    return ways


def _exact(ways: np.ndarray, written: np.ndarray, lengths: Numbers) -> np.ndarray:
    """The ways of texts, apart where folding drops a character: lengths do not tell which one became which."""
    dropped = _vanish(written)
    return np.where(_sums(dropped, lengths) > 0, _APART, ways) if dropped.any() else ways


def _shown(written: np.ndarray, is_space: Mask, lengths: Numbers, ways: np.ndarray) -> np.ndarray:
    """What of some texts stands for folded characters, by the ways of the texts; of those apart nothing does."""
    if not ways.any():
        return written
    of_each = np.repeat(ways, lengths)
    shown: np.ndarray = written[(of_each == _BY_TABLE) | ((of_each == _SQUEEZED) & ~is_space)]
    return shown


def _by_table(codes: np.ndarray, lengths: Numbers, ways: np.ndarray) -> np.ndarray:
    """The folded characters of the texts that are not apart."""
    is_apart = ways == _APART
    return codes[np.repeat(~is_apart, lengths)] if is_apart.any() else codes


def _sums(numbers: np.ndarray, lengths: Numbers) -> Numbers:
    """The sum of what each of the texts that stand end to end has, a number for each of its characters."""
    counted = np.concatenate(([0], np.cumsum(numbers, dtype=np.int64)))
    ends = np.cumsum(lengths)
    sums: Numbers = counted[ends] - counted[ends - lengths]
    return sums


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def encode(text: str) -> bytes:
    """UTF-8, lone surrogates included."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    """The inverse of ``encode``."""
    return data.decode("utf-8", "surrogatepass")
