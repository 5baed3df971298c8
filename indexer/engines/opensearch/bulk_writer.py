"""Records on their way to an index, in batches, several of them at once: a node writes each with one processor."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from indexer.engines.opensearch.cluster import Cluster, Json

# Bytes of one batch, about, and how many are on their way at a time.
BATCH_BYTES = 4 << 20
_AT_ONCE = 4


class BulkWriter:
    """Writes into one index; what goes wrong with a batch is raised when a later one is given, or at the end."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = index
        self._pool = ThreadPoolExecutor(_AT_ONCE)
        self._sent: deque[Future[None]] = deque()
        self._waiting: list[tuple[Json, bytes]] = []
        self._bytes = 0

    def write(self, lines: Iterable[tuple[Json, bytes]]) -> None:
        """Take records, each with what says where it goes (``Cluster.bulk``)."""
        for line in lines:
            self._waiting.append(line)
            self._bytes += len(line[1])
            if self._bytes > BATCH_BYTES:
                self._send()

    def flush(self) -> None:
        """Come back when all that was given is written."""
        self._send()
        while self._sent:
            self._sent.popleft().result()

    def stop(self) -> None:
        """Come back when nothing is on its way any more, whatever has become of it; nothing can be written then."""
        wait(self._sent)
        self._pool.shutdown()

    def _send(self) -> None:
        while len(self._sent) >= _AT_ONCE:
            self._sent.popleft().result()
        if self._waiting:
            self._sent.append(self._pool.submit(self._cluster.bulk, self._index, self._waiting))
        self._waiting, self._bytes = [], 0
