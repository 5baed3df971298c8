"""What the sections of a segment mean. Absent where no document has any; programs that do not know of them refuse the
index by its fingerprint.

vectors.documents       number of the document of each vector, ascending
vectors.firsts, .lasts  ordinals of the first and the last passage that it tells of
vectors.digests         digests of the texts, ``DIGEST_BYTES`` each, end to end
vectors.components      all components, end to end
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.segments.array_cache import Numbers, Weights
from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter
from indexer.model import SectionVector
from indexer.model.vectors import DIGEST_BYTES

# Components that are multiplied at a time: what they are widened to stays in the processor's cache, and libraries of
# linear algebra share so few among no threads, which would wait for each other wherever others work too.
_BLOCK = 1 << 17


class VectorWriter:
    """Writes the vectors of documents one after the other."""

    def __init__(self) -> None:
        self._documents, self._firsts, self._lasts = array("q"), array("q"), array("q")
        self._digests, self._components = bytearray(), bytearray()

    def add(self, document: int, vectors: Iterable[SectionVector]) -> None:
        """Append those of the document of that number."""
        for each in vectors:
            self._documents.append(document)
            self._firsts.append(each.first)
            self._lasts.append(each.last)
            self._digests += each.digest
            self._components += each.vector

    def write(self, writer: ArrayWriter) -> None:
        """Write all of them; nothing where there are none."""
        if self._documents:
            writer.add("vectors.documents", np.array(self._documents, dtype=np.int64))
            writer.add("vectors.firsts", np.array(self._firsts, dtype=np.int64))
            writer.add("vectors.lasts", np.array(self._lasts, dtype=np.int64))
            writer.add("vectors.digests", bytes(self._digests))
            writer.add("vectors.components", bytes(self._components))


class SectionVectors:
    """The vectors of a segment, deleted documents' included.

    Attributes:
        documents: number of the document of each.
        firsts, lasts: ordinals of the first and the last passage that each tells of.
    """

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self._is_there = "vectors.documents" in file
        self.documents = self._column("documents")
        self.firsts = self._column("firsts")
        self.lasts = self._column("lasts")

    def __len__(self) -> int:
        return len(self.documents)

    def of(self, document: int) -> Iterator[SectionVector]:
        """Those of the document of that number."""
        first, end = np.searchsorted(self.documents, (document, document + 1)).tolist()
        for at in range(first, end):
            digest = self._digests[at * DIGEST_BYTES : (at + 1) * DIGEST_BYTES].tobytes()
            yield SectionVector(int(self.firsts[at]), int(self.lasts[at]), digest, self._components[at].tobytes())

    def cosines(self, query: bytes) -> Weights:
        """The cosine of each with a query, ``model.vectors.cosine``, to the last digit.

        Raises:
            ValueError: the query has another number of components.
        """
        wanted = np.frombuffer(query, dtype=np.int8).astype(np.float32)
        length = np.sqrt(np.square(wanted).sum(dtype=np.float64))
        # whole numbers, and all sums of them below 2 to the power of 24, so that nothing is rounded
        products = np.concatenate([wanted[:0], *(block @ wanted for block in self._blocks())]).astype(np.float64)
        lengths = self._lengths * length
        cosines: Weights = np.divide(products, lengths, out=np.zeros(len(self)), where=lengths > 0)
        return np.maximum(cosines, 0.0)

    def _blocks(self) -> Iterator[np.ndarray]:
        """All vectors in single precision, some at a time, each time in the same place."""
        size = max(1, _BLOCK // max(1, self._components.shape[1]))
        widened = np.empty((min(size, len(self)), self._components.shape[1]), dtype=np.float32)
        for start in range(0, len(self), size):
            narrow = self._components[start : start + size]
            np.copyto(widened[: len(narrow)], narrow)
            yield widened[: len(narrow)]

    @cached_property
    def _lengths(self) -> Weights:
        squares = [np.einsum("ij,ij->i", block, block) for block in self._blocks()]
        return np.sqrt(np.concatenate([np.empty(0, dtype=np.float32), *squares]).astype(np.float64))

    @cached_property
    def _components(self) -> np.ndarray:
        stored = self._file["vectors.components"] if self._is_there else np.empty(0, dtype=np.uint8)
        return stored.view(np.int8).reshape(len(self), -1 if len(self) else 0)

    @cached_property
    def _digests(self) -> np.ndarray:
        return self._file["vectors.digests"]

    def _column(self, name: str) -> Numbers:
        return (self._file[f"vectors.{name}"] if self._is_there else np.empty(0)).astype(np.int64)
