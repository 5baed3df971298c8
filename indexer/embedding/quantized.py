"""Directions as whole numbers of one byte: as much of each as a cosine needs, in an eighth of the room."""

from __future__ import annotations

import numpy as np

_MOST = 127
# The longest that a vector may be, so that products of two are whole numbers below 2 to the power of 24, which single
# precision holds exactly.
_LONGEST = 4_000.0


def quantized(vectors: np.ndarray) -> list[bytes]:
    """Rows as components of a signed byte each, as large as they can be."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    lengths, largest = (np.where(each > 0, each, 1.0) for each in (lengths, largest))
    scaled = vectors * np.minimum(_MOST / largest, _LONGEST / lengths)
    return [row.tobytes() for row in np.rint(scaled).astype(np.int8)]
