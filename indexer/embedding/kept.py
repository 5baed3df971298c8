"""Vectors of a build that has not ended yet: kept in the folder of the index, so that the next one need not make them.

A file of records of one length, appended to: the digest of a text and its vector. Its name says which model made them.
What was written last may be cut short by a crash, and is passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from indexer.embedding.model import Signature
from indexer.model.vectors import DIGEST_BYTES

_ENDING = ".embedded"


class KeptVectors:
    """The vectors that builds of one index have made and not committed.

    Args:
        folder: of the index.
        signature: of the model.
    """

    def __init__(self, folder: Path, signature: Signature) -> None:
        mark = hashlib.blake2b(str(signature).encode(), digest_size=6).hexdigest()
        self._path = folder / f"{mark}{_ENDING}"
        self._folder, self._dimension = folder, signature.dimension

    def load(self) -> dict[bytes, bytes]:
        """Return the vectors by the digests of their texts; nothing where there are none, or they cannot be read."""
        try:
            stored = self._path.read_bytes()
        except OSError:
            return {}
        size = DIGEST_BYTES + self._dimension
        starts = range(0, len(stored) // size * size, size)
        return {stored[at : at + DIGEST_BYTES]: stored[at + DIGEST_BYTES : at + size] for at in starts}

    def add(self, vectors: Mapping[bytes, bytes]) -> None:
        """Keep more of them. A disk that takes no more costs the next build its time, not this one its success."""
        with suppress(OSError), self._path.open("ab") as file:
            size = DIGEST_BYTES + self._dimension
            if file.tell() % size:
                file.truncate(file.tell() // size * size)
            file.write(b"".join(map(b"".join, vectors.items())))

    def clear(self) -> None:
        """Delete what is kept, of this model and of others, once the index holds it."""
        _delete(self._folder.glob(f"*{_ENDING}"))


def _delete(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink()
