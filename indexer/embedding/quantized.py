"""Directions as whole numbers of one byte: as much of each as a cosine needs, in an eighth of the room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_MOST = 127
# The longest that a vector may be, so that products of two are whole numbers below 2 to the power of 24, which single
# precision holds exactly.
_LONGEST = 4_000.0
# The length of a difference of directions that is none but for rounding.
_SAME = 0.01


def quantized(vectors: np.ndarray) -> list[bytes]:
    """Rows as components of a signed byte each, as large as they can be."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    lengths, largest = (np.where(each > 0, each, 1.0) for each in (lengths, largest))
    scaled = vectors * np.minimum(_MOST / largest, _LONGEST / lengths)
    return [row.tobytes() for row in np.rint(scaled).astype(np.int8)]


def beside_mean(vectors: Sequence[bytes], own: int) -> bytes:
    """What one of some vectors says beside the others: its direction less the mean of all, quantized; the vector itself
    where nothing is left.
    """
    directions = np.array([np.frombuffer(each, dtype=np.int8) for each in vectors], dtype=np.float64)
    directions /= np.maximum(np.linalg.norm(directions, axis=1, keepdims=True), 1.0)
    beside = directions[own] - directions.mean(axis=0)
    return quantized(beside[None])[0] if np.linalg.norm(beside) > _SAME else vectors[own]
