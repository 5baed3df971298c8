"""An index in a folder, as the library offers it: all of its operations, and what is known of it as a whole."""

from __future__ import annotations

from dataclasses import replace
from types import TracebackType

from indexer.analysis import Analyzer
from indexer.engines.contract import RemoteEngine
from indexer.index.commits import Commits
from indexer.index.searching import Searching
from indexer.index.updating import Updating
from indexer.model import IndexStats


class Index(Updating, Searching, Commits):
    """An open index. Make one with ``create_index`` or ``open_index``; reading is safe for several threads."""

    def stats(self) -> IndexStats:
        """Figures of the index."""
        with self._session.reading():
            return replace(self._engine.stats(), fingerprint=self._session.manifest().fingerprint)

    def check(self) -> tuple[str, ...]:
        """Read everything; problems as sentences, none when sound."""
        with self._session.reading():
            return tuple(self._engine.check())

    @property
    def may_be_copied(self) -> bool:
        """Whether copies of this process may all ask it: not where it holds connections to other machines, or an
        embedder with threads of its own.
        """
        return self._model is None and not isinstance(self._engine, RemoteEngine)

    @property
    def analyzer(self) -> Analyzer:
        """What its text becomes tokens with."""
        with self._session.reading():
            return self._session.latest().analyzer

    def close(self) -> None:
        """Let go of files."""
        self._engine.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
