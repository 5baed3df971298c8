"""What all operations of an index share: where it is, what answers and segments, what reads it through its commits."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.analysis import Analyzer, SynonymFile
from indexer.engines.contract import Engine
from indexer.engines.per_commit import PerCommit
from indexer.index.session import Session

if TYPE_CHECKING:
    from indexer.embedding.model import EmbeddingModel


class OpenIndex:
    """An index that is open.

    Attributes:
        path: the folder.
    """

    def __init__(
        self,
        path: Path,
        engine: Engine,
        analyzer: Analyzer,
        model: EmbeddingModel | None = None,
        synonym_file: SynonymFile | None = None,
    ) -> None:
        self.path = path
        self._engine = engine
        self._model = model
        self._session = Session(engine, analyzer, path, model, synonym_file)
        self._made: weakref.WeakSet[PerCommit[Any]] = weakref.WeakSet()  # after each commit, for who uses the index
