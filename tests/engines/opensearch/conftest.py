"""Where the cluster is, for tests that need one; without one they are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines.contract import Engine
from tests.support import cluster_urls, make_engine, opensearch_pool


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A cluster that programs find without being told; what a test made on it is free for the next one."""
    monkeypatch.setenv("XUNZHANG_URL", ",".join(cluster_urls()))
    yield
    opensearch_pool().release(tmp_path)


@pytest.fixture
def engine(environment: None, tmp_path: Path) -> Engine:
    """Takes the place of the suite's engines."""
    return make_engine("opensearch", tmp_path / "index")


@pytest.fixture
def lasting() -> str:
    """Likewise."""
    return "opensearch"
