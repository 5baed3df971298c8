"""When work in a process of its own is given up: what is slow is waited for, what is stuck is not."""

from __future__ import annotations

import os
from itertools import count

import pytest

from bench.faults._child import Child, child


def test_what_gets_cpu_time_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    looks = count()

    def ticks(_: Child) -> int:
        look = next(looks)
        if look == 3:
            os.write(writing, b"x")
        return look

    monkeypatch.setattr(Child, "_ticks", ticks)
    with child(lambda: os.read(reading, 1).decode()) as running:
        assert running.wait(idle=0.01) == "x"
    os.close(reading)
    os.close(writing)


def test_what_gets_none_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    monkeypatch.setattr(Child, "_ticks", lambda _: 7)
    with child(lambda: os.read(reading, 1).decode()) as running, pytest.raises(TimeoutError):
        running.wait(idle=0.01)
    os.close(reading)
    os.close(writing)


def test_cpu_time_is_that_of_the_child_and_of_what_it_started() -> None:
    reading, writing = os.pipe()
    with child(lambda: os.read(reading, 1).decode()) as running:
        before = running._ticks()
        os.write(writing, b"x")
        assert running.wait() == "x"
        assert before >= 0
        assert running._ticks() == 0  # it is gone
    os.close(reading)
    os.close(writing)
