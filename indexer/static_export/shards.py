"""Numbers and terms as bytes: varints (LEB128), and tables of sorted terms cut into shards."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


def varint(value: int) -> bytes:
    """One number, not negative: seven bits a byte, lowest first, the high bit where more follow."""
    parts = bytearray()
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def varints(values: npt.ArrayLike) -> tuple[bytes, Numbers]:
    """Many numbers, none negative, and where in the bytes each of them ends."""
    left = np.asarray(values, dtype=np.int64)
    sizes = np.ones(len(left), dtype=np.int64)
    for bits in range(7, 63, 7):
        sizes += left >= 1 << bits
    ends = np.cumsum(sizes)
    begins = ends - sizes
    found = np.zeros(int(sizes.sum()), dtype=np.uint8)
    for at in range(int(sizes.max(initial=0))):
        there = sizes > at
        more = np.where(sizes[there] > at + 1, 128, 0)
        found[begins[there] + at] = (left[there] >> 7 * at) & 127 | more
    return found.tobytes(), ends


def signed(values: npt.ArrayLike) -> Numbers:
    """Numbers of either sign as ones that are not negative: 0, -1, 1, -2 … → 0, 1, 2, 3 …"""
    numbers = np.asarray(values, dtype=np.int64)
    return np.where(numbers < 0, -2 * numbers - 1, 2 * numbers)


def compress(raw: bytes) -> bytes:
    """A zlib stream (RFC 1950), which ends in a checksum."""
    return zlib.compress(raw, 9)


def cut(entries: Iterable[tuple[str, bytes]], most: int) -> Iterator[list[tuple[str, bytes]]]:
    """Sorted entries as shards of about ``most`` bytes before compression."""
    shard: list[tuple[str, bytes]] = []
    size = 0
    for entry in entries:
        added = len(entry[0]) + len(entry[1]) + 1
        if shard and size + added > most:
            yield shard
            shard, size = [], 0
        shard.append(entry)
        size += added
    if shard:
        yield shard


def table(shard: Sequence[tuple[str, bytes]]) -> bytes:
    r"""A shard as bytes: number of terms, bytes of the terms, the terms joined by ``\n`` (no folded text holds one),
    bytes of each value, the values.
    """
    terms = "\n".join(term for term, _ in shard).encode("utf-8", "replace")
    sizes, _ = varints([len(value) for _, value in shard])
    return b"".join((varint(len(shard)), varint(len(terms)), terms, sizes, *(value for _, value in shard)))
