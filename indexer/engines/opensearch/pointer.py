"""What an index's folder holds: which index of which cluster it is. Who may log in there is told by the environment."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.engines.connection import Connection
from indexer.errors import IndexDamaged, IndexMissing, IndexUnavailable, reason, rebuild_hint, way_out

FILE = "opensearch.json"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where an index is.

    Attributes:
        index: its name among all of the cluster.
        urls: of the nodes.
        prefix: of the names of indices.
        ca: a file of certificates.
    """

    index: str
    urls: tuple[str, ...]
    prefix: str
    ca: str | None = None

    @classmethod
    def to(cls, index: str, connection: Connection) -> Pointer:
        """The pointer to an index that a connection leads to."""
        return cls(index, connection.urls, connection.prefix, str(connection.ca) if connection.ca else None)

    def connection(self, given: Connection | None = None) -> Connection:
        """The connection to the index: as ``given``, else by what stands here and who the environment says logs in."""
        if given is not None:
            return replace(given, prefix=self.prefix)
        said = Connection.from_environment(urls=self.urls, prefix=self.prefix)
        return replace(said, ca=said.ca or (Path(self.ca) if self.ca else None))

    def is_at(self, connection: Connection) -> bool:
        """Whether it is where a connection leads to."""
        return (self.urls, self.prefix) == (connection.urls, connection.prefix)

    def write(self, folder: Path) -> None:
        """Put it into a folder: wholly or not at all.

        Raises:
            IndexUnavailable: the folder cannot be written.
        """
        said = {"index": self.index, "urls": self.urls, "prefix": self.prefix, "ca": self.ca}
        beside = folder / f"{FILE}.new"
        try:
            with beside.open("w", encoding="utf-8") as file:
                json.dump(said, file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(folder / FILE)
        except OSError as error:
            raise IndexUnavailable(f"索引目录 {folder} 写不进去：{reason(error)}。", way_out(error)) from error


def read(folder: Path) -> Pointer:
    """The pointer in a folder.

    Raises:
        IndexMissing: there is none.
        IndexDamaged: it is not what was written.
        IndexUnavailable: the system does not let it be read.
    """
    try:
        said = json.loads((folder / FILE).read_text("utf-8"))
        return Pointer(str(said["index"]), tuple(map(str, said["urls"])), str(said["prefix"]), said["ca"])
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(f"{folder} 里没有索引。", f"请先建索引：xunzhang index 目录 --index {folder}") from None
    except OSError as error:
        raise IndexUnavailable(f"索引 {folder} 现在读不了：{reason(error)}。", way_out(error)) from error
    except (ValueError, LookupError, TypeError) as error:
        raise IndexDamaged(f"{folder / FILE} 读不出来。", rebuild_hint(folder)) from error
