"""Documents on their way to the engine get the vectors of their sections: those that are known, the others made now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from indexer.embedding.kept import KeptVectors
from indexer.embedding.model import EmbeddingModel, require_same
from indexer.embedding.sections import SectionText, sections_of
from indexer.engines.contract import Engine, Upsert
from indexer.errors import BadParameter, IndexMismatch
from indexer.model import AnalyzedDocument, SectionVector
from indexer.model.manifest import Manifest
from indexer.model.records import record

# Texts that are embedded at a time, so that those of like length meet; what is lost when a build is broken off.
BATCH = 128
# Documents that wait for each other, at most.
_WAITING = 1_024


@record
class Unembedded(Upsert):
    """A document with the texts of its sections, of which there are no vectors yet."""

    sections: tuple[SectionText, ...] = ()


def with_sections(prepare: Callable[[AnalyzedDocument], Upsert]) -> Callable[[AnalyzedDocument], Upsert]:
    """What prepares documents, and divides them too; other processes can call it if they can ``prepare``."""
    return partial(_prepared, prepare)


def _prepared(prepare: Callable[[AnalyzedDocument], Upsert], analyzed: AnalyzedDocument) -> Unembedded:
    made = prepare(analyzed)
    return Unembedded(made.document_id, made.passages, made.prepared, sections=sections_of(analyzed))


def require_model(about: Manifest, model: EmbeddingModel | None, folder: Path) -> None:
    """Let an index with vectors be updated with the model that made them, and one without with none.

    Raises:
        BadParameter: the index has vectors, and there is no model.
        IndexMismatch: its vectors are of another model, or it has none.
    """
    if about.embedder and model is None:
        name = about.embedder.partition(" ")[0]
        hint = f"请加上 --embedder；不再要向量，就不带它重建。{about.rebuild_hint(folder)}"
        raise BadParameter(f"索引 {folder} 带有向量，更新它要用建它的嵌入模型“{name}”。", hint)
    if model is not None:
        require_same(about, model, folder)
        if not about.embedder:
            raise IndexMismatch(f"索引 {folder} 是不带嵌入模型建的，里面没有向量。", about.rebuild_hint(folder))


class SectionEmbedder:
    """Gives documents their vectors.

    Args:
        model: what makes them.
        engine: what holds those of earlier commits.
        kept: those of builds that did not end; None where nothing is kept on a disk.
        tell: called after each batch with the number of texts that were embedded.
    """

    def __init__(
        self, model: EmbeddingModel, engine: Engine, kept: KeptVectors | None, tell: Callable[[int], None]
    ) -> None:
        self._model, self._engine, self._kept, self._tell = model, engine, kept, tell
        self._kept_before: Mapping[bytes, bytes] = kept.load() if kept else {}
        self._vectors: dict[bytes, bytes] = {}
        self.embedded = 0

    def embed(self, upserts: Iterable[Upsert]) -> Iterator[Upsert]:
        """Yield the same documents in order, with vectors; some are waited for, so that many texts are embedded at
        once.
        """
        waiting: list[Upsert] = []
        missing: dict[bytes, str] = {}
        for upsert in upserts:
            waiting.append(upsert)
            missing |= self._missing(upsert)
            if len(missing) >= BATCH or len(waiting) >= _WAITING:
                yield from self._released(waiting, missing)
                waiting, missing = [], {}
        yield from self._released(waiting, missing)

    def _missing(self, upsert: Upsert) -> Mapping[bytes, str]:
        """The texts of a document that no vector is known of, by their digests."""
        if not isinstance(upsert, Unembedded):
            return {}
        texts = {section.digest: section.text for section in upsert.sections}
        if not self._engine.replacing:
            self._vectors |= {each.digest: each.vector for each in self._engine.vectors(upsert.document_id)}
        self._vectors |= {digest: self._kept_before[digest] for digest in texts.keys() & self._kept_before.keys()}
        return {digest: text for digest, text in texts.items() if digest not in self._vectors}

    def _released(self, waiting: Iterable[Upsert], missing: Mapping[bytes, str]) -> Iterator[Upsert]:
        texts = list(missing.items())
        for start in range(0, len(texts), BATCH):
            self._make(dict(texts[start : start + BATCH]))
        for upsert in waiting:
            yield self._with_vectors(upsert)
        self._vectors = {}

    def _make(self, texts: Mapping[bytes, str]) -> None:
        """Embed texts, and keep their vectors for the next build should this one not end."""
        made = dict(zip(texts, self._model.passages(list(texts.values())), strict=True))
        self._vectors |= made
        if self._kept:
            self._kept.add(made)
        self.embedded += len(made)
        self._tell(self.embedded)

    def _with_vectors(self, upsert: Upsert) -> Upsert:
        if not isinstance(upsert, Unembedded):
            return upsert
        vectors = (
            SectionVector(section.first, section.last, section.digest, self._vectors[section.digest])
            for section in upsert.sections
        )
        return Upsert(upsert.document_id, upsert.passages, upsert.prepared, tuple(vectors))
