"""Indexes on a cluster, used by one test after the other: making one takes longer than most tests."""

from __future__ import annotations

import atexit
import os
import secrets
from pathlib import Path

from indexer.engines.connection import Connection
from indexer.engines.contract import Engine, Removal


class Pool:
    """Hands out empty indexes of one cluster; an index is free again once the folder above its own is gone, or the test
    that had it says so. All are deleted when the process ends.
    """

    def __init__(self, urls: tuple[str, ...]) -> None:
        self.connection = Connection(urls, prefix=f"test-{os.getpid()}-{secrets.token_hex(4)}", timeout_s=300)
        self._used: dict[str, Path] = {}
        self._free: list[str] = []
        atexit.register(self.delete)

    def engine(self, folder: Path) -> Engine:
        """An empty engine in a folder."""
        from indexer.engines.opensearch import OpenSearchEngine, pointer

        for name in [name for name, used in self._used.items() if not used.parent.exists()]:
            self._free.append(name)
            del self._used[name]
        if not self._free:
            made = OpenSearchEngine.create(folder, "", self.connection)
            self._used[pointer.read(folder).index] = folder
            return made
        name = self._free.pop()
        self._used[name] = folder
        pointer.Pointer.to(name, self.connection).write(folder)
        engine = OpenSearchEngine.open(folder, connection=self.connection)
        engine.apply([Removal(document.id) for document in engine.documents()], "")
        return engine

    def release(self, folder: Path) -> None:
        """What was handed out below a folder is free."""
        for name in [name for name, used in self._used.items() if folder in used.parents]:
            self._free.append(name)
            del self._used[name]

    def delete(self) -> None:
        """Delete all of it from the cluster."""
        from indexer.engines.opensearch.cluster import Cluster

        if self._used or self._free:
            Cluster(self.connection).send("DELETE", f"/{self.connection.prefix}-*")
