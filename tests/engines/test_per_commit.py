"""What is made once a commit: never twice, never of an old commit, never by a failure."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import indexer
from indexer.engines.per_commit import PerCommit
from tests.support import write


class Source:
    """Something with commits that counts what was made of it."""

    def __init__(self) -> None:
        self.commits = 0
        self.made: list[int] = []

    @property
    def generation(self) -> str:
        return str(self.commits)

    def make(self) -> int:
        self.made.append(self.commits)
        return self.commits


@given(st.lists(st.sampled_from(["commit", "ask", "fail"]), max_size=30))
def test_it_is_made_once_for_each_commit_that_is_asked_about(steps: list[str]) -> None:
    source, fails = Source(), False

    def make() -> int:
        if fails:
            raise ZeroDivisionError
        return source.make()

    value = PerCommit(source, make)
    expected: list[int] = []
    for step in steps:
        fails = step == "fail"
        if step == "commit":
            source.commits += 1
            continue
        if fails and source.commits not in expected:
            with pytest.raises(ZeroDivisionError):
                value()
            continue
        assert value() == source.commits
        if source.commits not in expected:
            expected.append(source.commits)
    assert source.made == expected


def test_threads_that_ask_at_once_share_one() -> None:
    source, entered, go_on = Source(), threading.Event(), threading.Event()

    def make() -> object:
        source.make()
        entered.set()
        assert go_on.wait(20)
        return object()

    value = PerCommit(source, make)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(value)]
        assert entered.wait(20)
        asked += [pool.submit(value) for _ in range(3)]
        go_on.set()
        found = [each.result(20) for each in asked]
    assert all(each is found[0] for each in found)
    assert source.made == [0]


def test_who_waits_while_a_commit_comes_gets_the_new_one() -> None:
    source, entered, go_on = Source(), threading.Event(), threading.Event()

    def make() -> int:
        made = source.make()
        entered.set()
        assert go_on.wait(20)
        return made

    value = PerCommit(source, make)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(value)
        assert entered.wait(20)
        source.commits += 1
        second = pool.submit(value)
        go_on.set()
        assert (first.result(20), second.result(20)) == (0, 1)
    assert value() == 1


def test_what_a_commit_interrupts_is_made_again() -> None:
    """A value that is half of one commit and half of the next is not kept for the next."""
    source = Source()

    def make() -> str:
        before = source.make()
        if len(source.made) == 1:
            source.commits += 1
        return f"{before}, {source.commits}"

    value = PerCommit(source, make)
    assert [value(), value(), value()] == ["0, 1", "1, 1", "1, 1"]


def test_a_failure_after_a_commit_does_not_bring_the_old_one_back() -> None:
    source, fails = Source(), False

    def make() -> int:
        if fails:
            raise ZeroDivisionError
        return source.make()

    value = PerCommit(source, make)
    assert value() == 0
    source.commits, fails = 1, True
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            value()
    fails = False
    assert value() == 1


def test_an_index_gives_it_to_others_and_sees_commits_of_others(tmp_path: Path) -> None:
    write(tmp_path / "语料" / "一.txt", "数据。")
    made: list[int] = []

    def count(index: indexer.Index) -> int:
        made.append(len(index.documents()))
        return made[-1]

    with indexer.create_index(tmp_path / "index") as index:
        documents = index.per_commit(count)
        assert (documents(), made) == (0, [0])
        index.update([tmp_path / "语料"])
        assert (documents(), documents(), made) == (1, 1, [0, 1])
        write(tmp_path / "语料" / "二.txt", "安全。")
        with indexer.open_index(tmp_path / "index") as other:
            other.update([tmp_path / "语料"])
        assert (documents(), made) == (2, [0, 1, 2])
