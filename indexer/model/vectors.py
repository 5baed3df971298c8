"""What sections mean, as an embedder tells it: directions in whole numbers, so that all who compare them agree."""

from __future__ import annotations

import math
from collections.abc import Iterator

from indexer.model.records import record


@record
class SectionVector:
    """The direction of a deepest section, or of a window of a long one.

    Those of a document are in the order of ``first`` and of ``last``, both of which never go back.

    Attributes:
        first, last: ordinals of the first and the last passage that it tells of.
        digest: of the text that was embedded, ``DIGEST_BYTES`` bytes.
        vector: its components as signed bytes.
    """

    first: int
    last: int
    digest: bytes
    vector: bytes


DIGEST_BYTES = 16


def components(vector: bytes) -> Iterator[int]:
    """The components of a vector."""
    return iter(memoryview(vector).cast("b"))


def cosine(one: bytes, other: bytes) -> float:
    """The cosine of the angle between two vectors; 0 where it is negative, or one of them has no direction."""
    product = sum(map(int.__mul__, components(one), components(other)))
    length = math.sqrt(_square(one)) * math.sqrt(_square(other))
    return max(product / length, 0.0) if length else 0.0


def _square(vector: bytes) -> int:
    return sum(each * each for each in components(vector))
