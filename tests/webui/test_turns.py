"""One computes at a time, the same one as long as there is something to do, and nobody waits for long ones."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from webui.turns import Turns

NEVER = 3600.0


class Task:
    """Notes which thread does it, tells of its begin and waits until it may end; fails if it is to."""

    def __init__(self, *, may_end: bool = True, fails: bool = False) -> None:
        self.begun, self.may_end, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.thread: int | None = None
        self.is_cancelled = False
        self._fails = fails
        if may_end:
            self.may_end.set()

    def service(self) -> None:
        self.thread = threading.get_ident()
        self.begun.set()
        self.may_end.wait()
        self.ended.set()
        if self._fails:
            raise ValueError("a task that fails")

    def cancel(self) -> None:
        self.is_cancelled = True


class Alone:
    """A task that notes how many are done at once."""

    at_once = 0
    seen: list[int] = []  # noqa: RUF012

    def __init__(self, left: threading.Semaphore) -> None:
        self._left = left

    def service(self) -> None:
        Alone.at_once += 1
        self.seen.append(Alone.at_once)
        threading.Event().wait(0.0005)  # lets others in, were there any
        Alone.at_once -= 1
        self._left.release()

    def cancel(self) -> None:
        raise AssertionError


@contextmanager
def running(threads: int, patience: float) -> Iterator[Turns]:
    turns = Turns(threads, patience)
    try:
        yield turns
    finally:
        turns.shutdown()


def wait_for(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    while not condition():
        pause.wait(0.001)


@pytest.mark.parametrize("others", [1, 3])
def test_the_others_wait_for_the_end_of_a_turn(others: int) -> None:
    with running(4, NEVER) as turns:
        wait_for(lambda: turns.at_rest == 4)
        long, waiting = Task(may_end=False), [Task() for _ in range(others)]
        turns.add_task(long)
        long.begun.wait()
        for each in waiting:
            turns.add_task(each)
        wait_for(lambda: turns.at_rest == 3)
        assert not any(each.begun.is_set() for each in waiting)
        long.may_end.set()
        for each in waiting:
            assert each.ended.wait(60)


def test_never_are_two_at_it_while_none_is_long() -> None:
    left = threading.Semaphore(0)
    with running(4, NEVER) as turns:
        for _ in range(100):
            turns.add_task(Alone(left))
        for _ in range(100):
            assert left.acquire(timeout=60)
    assert Alone.seen == [1] * 100


@pytest.mark.parametrize("patience", [0.0, 0.01])
def test_nobody_waits_for_a_long_turn(patience: float) -> None:
    with running(3, patience) as turns:
        long = [Task(may_end=False), Task(may_end=False)]
        beside = [Task(), Task()]
        for each in (*long, *beside):
            turns.add_task(each)
        assert all(each.ended.wait(60) for each in beside)
        assert not any(each.ended.is_set() for each in long)
        for each in long:
            each.may_end.set()


def test_as_many_are_answered_at_once_as_there_are_threads() -> None:
    with running(2, 0.0) as turns:
        long, more = [Task(may_end=False), Task(may_end=False)], Task()
        for each in (*long, more):
            turns.add_task(each)
        assert all(each.begun.wait(60) for each in long)
        assert not more.begun.is_set()
        long[1].may_end.set()
        assert more.ended.wait(60)
        long[0].may_end.set()


def test_one_thread_does_it_all_where_none_is_long() -> None:
    tasks = [Task() for _ in range(30)]
    with running(4, NEVER) as turns:
        for each in tasks:
            wait_for(lambda: turns.at_rest == 4)
            turns.add_task(each)
            assert each.ended.wait(60)
    assert len({each.thread for each in tasks}) == 1


def test_a_turn_that_fails_ends(caplog: pytest.LogCaptureFixture) -> None:
    fails, then = Task(fails=True), Task()
    with running(2, NEVER) as turns:
        turns.add_task(fails)
        turns.add_task(then)
        assert then.ended.wait(60)
    assert "a task that fails" in caplog.text


@pytest.mark.parametrize("is_given_up", [True, False])
def test_at_the_end_what_waits_is_given_up(is_given_up: bool) -> None:
    turns, long, waiting = Turns(2, NEVER), Task(may_end=False), Task()
    turns.add_task(long)
    long.begun.wait()
    turns.add_task(waiting)
    turns.shutdown(cancel_pending=is_given_up, timeout=0.0)
    assert waiting.is_cancelled is is_given_up
    long.may_end.set()
    assert long.ended.wait(60)
    turns.shutdown()
    assert waiting.is_cancelled
    assert not waiting.begun.is_set()
