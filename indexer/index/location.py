"""Where an index is: in a folder, and of some engines on other machines, which the folder only names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from indexer import engines
from indexer.engines.connection import Connection
from indexer.engines.contract import Engine, RemoteEngine
from indexer.errors import BadParameter
from indexer.index.folder import write_marker
from indexer.model.records import record


def connection_to(url: str | Sequence[str], connection: Connection | None) -> Connection | None:
    """The connection to addresses, or the one that is given; None for what the environment says.

    Raises:
        BadParameter: both are given.
    """
    urls = (url,) if isinstance(url, str) else tuple(url)
    if urls and connection:
        raise BadParameter("url 和 connection 只能给一个。", "地址也可以写在 connection 里。")
    return Connection.from_environment(urls=urls) if urls else connection


@record
class Location:
    """A folder, the engine of the index in it, and what leads to other machines, if not what the folder says."""

    folder: Path
    engine: str
    connection: Connection | None = None

    @property
    def is_persistent(self) -> bool:
        """Whether an index of that engine outlives the process, and the folder says that there is one."""
        return self.engine in engines.persistent()

    def create(self, manifest: str) -> Engine:
        """An empty index, see the contract of engines."""
        kind = self._kind()
        if issubclass(kind, RemoteEngine):
            made: Engine = kind.create(self.folder, manifest, self.connection)
        else:
            made = kind.create(self.folder, manifest)
        self._name()
        return made

    def replace(self, manifest: str) -> Engine:
        """An empty engine that takes the place of what is there with its first commit, see the contract of engines."""
        kind = self._kind()
        if issubclass(kind, RemoteEngine):
            return kind.replace(self.folder, manifest, self._name, self.connection)
        return kind.replace(self.folder, manifest, self._name)

    def _name(self) -> None:
        """Let the folder name the engine, if it keeps anything."""
        if self.is_persistent:
            write_marker(self.folder, self.engine)

    def open(self, cache_bytes: int) -> Engine:
        """See the contract of engines."""
        kind = self._kind()
        if issubclass(kind, RemoteEngine):
            return kind.open(self.folder, cache_bytes, self.connection)
        return kind.open(self.folder, cache_bytes)

    def _kind(self) -> type[Engine]:
        """The engine.

        Raises:
            BadParameter: it keeps everything here, and there is an address.
            EngineMissing: there is none of that name.
        """
        kind = engines.load(self.engine)
        if self.connection and not issubclass(kind, RemoteEngine):
            raise BadParameter(
                f"引擎 {self.engine} 的索引就在本机的目录里，没有地址可连。", "去掉地址，或换用 opensearch。"
            )
        return kind
