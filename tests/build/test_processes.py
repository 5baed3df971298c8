"""Processes in the background give way to others; those of a command that somebody waits for do not."""

from __future__ import annotations

import os

import pytest

from indexer.build.processes import in_background
from indexer.build.watched_process import Answer, WatchedProcess

_PATIENCE = 120.0


def _niceness() -> Answer:
    return lambda _: os.nice(0)


def niceness_of_a_process() -> int:
    process = WatchedProcess(_niceness)
    try:
        told: int = process.ask(None, _PATIENCE)
        return told
    finally:
        process.close()


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system has no such order")
def test_only_processes_in_the_background_give_way() -> None:
    ours = os.nice(0)
    with in_background(), in_background():
        pass
    assert niceness_of_a_process() == ours
    with in_background():
        assert niceness_of_a_process() > ours or ours == 19
    assert niceness_of_a_process() == ours
