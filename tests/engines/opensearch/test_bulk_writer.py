"""Batches are sent side by side, all of them, and none is lost without a word."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest

from indexer.engines.opensearch import bulk_writer
from indexer.engines.opensearch.bulk_writer import BulkWriter
from indexer.errors import IndexUnavailable

Lines = Sequence[tuple[dict[str, Any], bytes]]


class Node:
    """What takes batches; those that hold ``refused`` it refuses, and until ``open`` it answers none."""

    def __init__(self, refused: bytes = b"") -> None:
        self.refused = refused
        self.open = threading.Event()
        self.open.set()
        self.written: list[bytes] = []

    def bulk(self, index: str, lines: Lines) -> None:
        assert self.open.wait(60)
        bodies = [body for _, body in lines]
        if self.refused in bodies:
            raise IndexUnavailable("现在写不下。", "请再试。")
        self.written += bodies


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_writer, "BATCH_BYTES", 10)


def lines(count: int) -> Lines:
    return [({"_id": str(number)}, b"%04d" % number) for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, 100])
def test_all_is_written_once_it_says_so(count: int) -> None:
    node = Node()
    writer = BulkWriter(node, "i")  # type: ignore[arg-type]
    writer.write(lines(count))
    writer.flush()
    assert sorted(node.written) == [body for _, body in lines(count)]
    writer.flush()
    writer.stop()
    assert len(node.written) == count


@pytest.mark.parametrize("refused", [b"0000", b"0020", b"0040"])
def test_a_batch_that_is_refused_is_told_at_the_end_at_the_latest(refused: bytes) -> None:
    writer = BulkWriter(Node(refused), "i")  # type: ignore[arg-type]
    with pytest.raises(IndexUnavailable):
        writer.write(lines(41))
        writer.flush()
    writer.stop()


def test_nothing_is_on_its_way_when_it_has_stopped() -> None:
    node = Node()
    node.open.clear()
    writer = BulkWriter(node, "i")  # type: ignore[arg-type]
    writer.write(lines(6))  # two batches
    assert node.written == []
    threading.Timer(0.1, node.open.set).start()
    writer.stop()
    assert len(node.written) == 6
