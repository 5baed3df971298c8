"""Several processes at one port: all answer, one that dies is replaced, none is left behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

import indexer
from indexer.errors import BadParameter
from tests.support import ROOT, write
from tests.webui.test_server import ask
from webui import server, workers

pytestmark = pytest.mark.skipif(
    not Path(f"/proc/self/task/{os.getpid()}/children").is_file(), reason="children are looked up in /proc"
)

# What hangs ends after so many seconds.
_PATIENCE = 120.0


def until(is_so: Callable[[], bool]) -> None:
    """Wait for a state."""
    end = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def children(pid: int) -> set[int]:
    """The processes that one has started and that are there."""
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def is_there(pid: int) -> bool:
    """Whether there is a process of that number, not one that is over and waits for somebody to look."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def total(port: int) -> int:
    """How many passages speak of data."""
    found: int = json.loads(ask(port, "/api/v1/search?q=数据")[1])["total"]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "文" / "甲.txt", "数据安全，人人有责。\n")
    with indexer.create_index(tmp_path / "索引") as made:
        made.update([tmp_path / "文"])
    return tmp_path


@pytest.fixture
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    command = [sys.executable, "-m", "indexer", "serve", "--index", "索引", "--port", "0", "--workers", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder, env=environment
    ) as process:
        assert process.stdout is not None
        found = re.search(r"127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert found
        yield process, int(found[1])
        process.kill()


def test_all_answer_of_the_last_commit(served: tuple[subprocess.Popen[str], int], folder: Path) -> None:
    process, port = served
    assert len(children(process.pid)) == 2
    assert {total(port) for _ in range(8)} == {1}
    write(folder / "文" / "乙.txt", "数据共享。\n")
    with indexer.open_index(folder / "索引") as other:
        other.update([folder / "文"])
    assert {total(port) for _ in range(8)} == {2}


def test_one_that_dies_is_replaced(served: tuple[subprocess.Popen[str], int]) -> None:
    process, port = served
    first = children(process.pid)
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    until(lambda: len(children(process.pid) - first) == 2)
    assert total(port) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_all_end_with_the_first(served: tuple[subprocess.Popen[str], int], number: signal.Signals) -> None:
    process, port = served
    started = children(process.pid)
    assert total(port) == 1
    process.send_signal(number)
    assert process.wait(timeout=_PATIENCE) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert not any(map(is_there, started))


def test_all_end_when_the_first_is_killed(served: tuple[subprocess.Popen[str], int]) -> None:
    process, _ = served
    started = children(process.pid)
    process.kill()
    until(lambda: not any(map(is_there, started)))


_FAILING = """
import sys
from indexer.errors import WorkersFailed
from webui import server, workers

workers._SHORTEST = 0.001
def work(started, load):
    if sys.argv[1] == "later":
        started()
    print("began", flush=True)
    raise SystemExit(3)
try:
    workers.serve_in(2, work, lambda: print("started", flush=True))
except WorkersFailed as error:
    print(error)
"""


def test_those_that_never_come_to_answer_are_given_up() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _FAILING, "at once"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=_PATIENCE, check=True)
    assert f"接连 {workers.GIVEN_UP} 个，不再重试" in done.stdout
    assert workers.GIVEN_UP <= done.stdout.count("began") <= workers.GIVEN_UP + 1


def test_those_that_did_answer_are_not() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _FAILING, "later"]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdout=pipe, stderr=nothing, text=True, env=environment) as run:
        assert run.stdout is not None
        began = 0
        while began <= workers.GIVEN_UP + 2:
            began += "began" in run.stdout.readline()
        run.terminate()
        assert "不再重试" not in run.stdout.read()


_WITH_A_CHILD_OF_ITS_OWN = """
import os, signal, sys, time
from webui import workers

workers._SHORTEST = 0.001
if sys.argv[1] == "ignored":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
elif not os.fork():
    time.sleep(0.2)
    os._exit(0)
def work(started, load):
    started()
    print(os.getpid(), flush=True)
    time.sleep(1 if sys.argv[1] == "ignored" else 600)
workers.serve_in(2, work, lambda: None)
"""


@pytest.fixture
def parent(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _WITH_A_CHILD_OF_ITS_OWN, request.param]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as run:
        yield run
        run.kill()


@pytest.mark.parametrize("parent", ["other"], indirect=True)
def test_a_child_that_is_none_of_them_may_end(parent: subprocess.Popen[str]) -> None:
    """As those of a shell that became the server (``exec``), and orphans in a container."""
    assert parent.stdout is not None
    started = {int(parent.stdout.readline()) for _ in range(2)}
    until(lambda: children(parent.pid) == started)
    os.kill(min(started), signal.SIGKILL)
    assert int(parent.stdout.readline()) not in started
    parent.terminate()
    assert parent.wait(timeout=_PATIENCE) == 0


@pytest.mark.parametrize("parent", ["ignored"], indirect=True)
def test_they_are_replaced_where_whoever_started_us_ignores_children(parent: subprocess.Popen[str]) -> None:
    assert parent.stdout is not None
    assert len({parent.stdout.readline() for _ in range(4)}) == 4
    parent.terminate()
    assert parent.wait(timeout=_PATIENCE) == 0


_WITHOUT_ROOM = """
import errno, os, sys, time
from indexer.errors import WorkersFailed
from webui import workers

workers._SHORTEST = workers._LONGEST = 0.001
copies, fork = 0, os.fork
def full():
    global copies
    copies += 1
    if copies in map(int, sys.argv[1:]):
        raise BlockingIOError(errno.EAGAIN, "no room")
    return fork()
os.fork = full
def work(started, load):
    started()
    print(os.getpid(), flush=True)
    time.sleep(0.5)
try:
    workers.serve_in(2, work, lambda: None)
except WorkersFailed as error:
    print(error)
"""


def test_what_the_system_has_no_room_for_is_told_at_first_and_tried_again_later() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _WITHOUT_ROOM]
    done = subprocess.run([*command, "2"], capture_output=True, text=True, env=environment, timeout=_PATIENCE)
    assert "起不了 2 个服务进程：系统给的资源（例如进程数）已用完。" in done.stdout
    assert "Traceback" not in done.stderr
    with subprocess.Popen([*command, "3", "4", "5"], stdout=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout is not None
        assert len({run.stdout.readline() for _ in range(4)}) == 4
        run.terminate()
        assert run.wait(timeout=_PATIENCE) == 0


def test_a_system_that_copies_no_processes_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    with pytest.raises(BadParameter, match="--workers 不能大于 1"):
        workers.serve_in(2, lambda *_: None, lambda: None)


def test_an_index_that_cannot_be_copied_is_named(tmp_path: Path) -> None:
    write(tmp_path / "甲.txt", "检索\n")
    with indexer.create_index(tmp_path / "索引", embedder=lambda texts, kind: np.eye(len(texts), 4)) as index:
        index.update([tmp_path / "甲.txt"])
        with pytest.raises(BadParameter, match="几个进程"):
            server.serve(index, "127.0.0.1", 0, print, workers=2)
