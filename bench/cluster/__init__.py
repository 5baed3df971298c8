"""Measurements of the engine of many machines, on real clusters of this one (``tools.opensearch``)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from indexer.engines.connection import Connection
from tools.opensearch.cluster import Cluster
from tools.opensearch.program import prepare

# Beside the one for the tests.
CACHE = Path(".cache/opensearch")


@contextmanager
def running(folder: Path, nodes: int, heap: int = 512, *, starts_quickly: bool = True) -> Iterator[Cluster]:
    """A new cluster, which ends with the context."""
    program = replace(prepare(CACHE.absolute(), os.environ, heap), starts_quickly=starts_quickly)
    cluster = Cluster(folder, program)
    try:
        cluster.start(nodes)
        yield cluster
    finally:
        cluster.stop()


def connection_to(cluster: Cluster, shards: int = 1, replicas: int = 0, timeout_s: float = 30) -> Connection:
    """How its nodes are reached."""
    return Connection(tuple(cluster.urls), shards=shards, replicas=replicas, timeout_s=timeout_s)
