"""Several processes that answer at one socket: each a copy of the first, which answers nothing and looks after them.

They share what the first has loaded, as far as nobody changes it, and the mapped files of the index; each sees commits
by itself. Whoever is freest accepts the next connection. One that dies is replaced; if none comes so far as to answer,
that is given up. When the first is told to end, or is killed, all end. It may have children that are none of ours:
those of the shell that became it, and all that lose their parent where it is the first process of a container.
"""

from __future__ import annotations

import mmap
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import TypeVar

from indexer.errors import BadParameter, WorkersFailed, reason
from webui.loads import Load, loads_of

T = TypeVar("T")
# What a process does; it calls what it is given once it can answer, and tells of its load.
Work = Callable[[Callable[[], None], Load], None]

# Processes in a row that die before they can answer, after which there will be no more.
GIVEN_UP = 5
# Seconds before one that died is replaced: at first, at most, each time twice as many; and those in which none may have
# died for it to begin anew.
_SHORTEST, _LONGEST, _FORGIVEN = 0.1, 5.0, 60.0
# Seconds that they have to end by themselves: waitress waits for answers it is at for five.
_PATIENCE = 10.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def serve_in(count: int, work: Work, started: Callable[[], None]) -> None:
    """Let ``count`` processes do ``work`` until interrupted or terminated; ``started`` is called here once they are.

    Raises:
        BadParameter: this system cannot copy processes.
        WorkersFailed: they die before they can answer, or the system has no room for them.
    """
    if not hasattr(os, "fork"):
        hint = "请不加它，用一个进程；要用满几个核，可以在 Linux 或 macOS 上运行。"
        raise BadParameter("在这个系统上 --workers 不能大于 1。", hint)
    workers = _Workers(work)
    before = {each: signal.signal(each, workers.told_to_end) for each in _SIGNALS}
    # Some who start us ignore it, which is handed down: then nobody is told of a process that died.
    before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        workers.run(count, started)
    except KeyboardInterrupt:
        pass
    finally:
        workers.end()
        for each, handler in before.items():
            signal.signal(each, handler)


class _Workers:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._alive: dict[int, tuple[mmap.mmap, Load]] = {}  # each with a byte that it sets once it can answer
        self._reading, self._writing = os.pipe()  # of which only we could write, so that it ends with us
        self._is_ending = self._is_waiting = False

    def told_to_end(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal; what is done between waits is done to its end."""
        self._is_ending = True
        if self._is_waiting:
            self._is_waiting = False
            raise KeyboardInterrupt

    def run(self, count: int, started: Callable[[], None]) -> None:
        """Keep ``count`` alive."""
        for load in loads_of(count):
            if (error := self._start(load)) is not None:
                hint = "请减少 --workers，或者放宽这个用户能有的进程数和内存。"
                raise WorkersFailed(f"起不了 {count} 个服务进程：{reason(error)}。", hint)
        started()
        dead_before_answering, pause, last = 0, _SHORTEST, time.monotonic()
        while True:
            answers, load = self._next_dead()
            dead_before_answering = 0 if answers[0] else dead_before_answering + 1
            if dead_before_answering == GIVEN_UP:
                hint = "请看上面的出错信息；或者不加 --workers 再试一次。"
                raise WorkersFailed(f"服务进程还不能回答就退出了，接连 {GIVEN_UP} 个，不再重试。", hint)
            now = time.monotonic()
            pause, last = min(2 * pause, _LONGEST) if now - last < _FORGIVEN else _SHORTEST, now
            self._wait(partial(time.sleep, pause))
            while self._start(load) is not None:  # there may be room again before long
                self._wait(partial(time.sleep, _LONGEST))

    def _next_dead(self) -> tuple[mmap.mmap, Load]:
        """Wait until one dies."""
        while (pid := self._wait(os.wait)[0]) not in self._alive:
            pass
        return self._alive.pop(pid)

    def _wait(self, action: Callable[[], T]) -> T:
        self._is_waiting = True
        if self._is_ending:
            raise KeyboardInterrupt
        done = action()
        self._is_waiting = False
        return done

    def _start(self, load: Load) -> OSError | None:
        """Return what the system says where it starts none."""
        answers = mmap.mmap(-1, 1)
        load.add(0)  # whatever one that died has told
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            pid = os.fork()
        except OSError as error:
            return error
        if not pid:
            self._be_worker(answers, load)
        self._alive[pid] = answers, load
        return None

    def _be_worker(self, answers: mmap.mmap, load: Load) -> None:
        """Do the work; never return."""
        status = 1
        try:
            os.close(self._writing)
            for each in _SIGNALS:
                signal.signal(each, _end_once)
            if not self._is_ending:
                threading.Thread(target=self._end_with_parent, daemon=True).start()
                self._work(lambda: answers.__setitem__(0, 1), load)
            status = 0
        except KeyboardInterrupt:
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            with suppress(OSError):
                sys.stderr.flush()
            os._exit(status)

    def _end_with_parent(self) -> None:
        os.read(self._reading, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def end(self) -> None:
        """End all: politely, and after a while not."""
        self._is_waiting = False
        self._send(signal.SIGTERM)
        end = time.monotonic() + _PATIENCE
        while self._reap(os.WNOHANG) and time.monotonic() < end:
            time.sleep(0.01)
        self._send(signal.SIGKILL)
        self._reap(0)
        os.close(self._reading)
        os.close(self._writing)

    def _send(self, number: signal.Signals) -> None:
        for pid in self._alive:
            with suppress(ProcessLookupError):  # one of whose end we were told as we were interrupted
                os.kill(pid, number)

    def _reap(self, options: int) -> bool:
        """Whether any is still alive."""
        for pid in list(self._alive):
            try:
                is_gone = os.waitpid(pid, options)[0] == pid
            except ChildProcessError:
                is_gone = True
            if is_gone:
                del self._alive[pid]
        return bool(self._alive)


def _end_once(number: int, frame: FrameType | None) -> None:
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt
