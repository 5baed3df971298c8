"""Builds that are killed: the last commit stays, whole, and the next build goes on."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from bench.faults import Trial, fault
from bench.faults._child import child
from bench.faults._index import CHANGES, World, make_world

# Seconds that builds take here at most, alone and with processes that read: a kill comes within them.
_ALONE, _WITH_WORKERS = 1.0, 2.5
# So many events of files a build has here at most.
_EVENTS = 45


@fault("killed at a random moment", short=5, faults=40, endurance=1000)
def random_moment(folder: Path) -> Iterator[Trial]:
    """The process that writes, with what it started or alone."""
    world = make_world(folder)

    def trial(random: Random) -> str:
        change = random.choice(list(CHANGES))
        place = world.fresh(change)
        with child(lambda: _carry_out(world, place, change, 1)) as running:
            time.sleep(random.uniform(0, _ALONE))
            running.kill()
            running.wait()
        return world.judge(place, change)

    yield trial


@fault("killed with processes that read: all, the parent, a child", short=1, faults=10, endurance=300)
def with_workers(folder: Path) -> Iterator[Trial]:
    """A child alone: the build goes on; the parent alone: no child is left, and the next build can begin."""
    world = make_world(folder)

    def trial(random: Random) -> str:
        change, whom = random.choice(list(CHANGES)), random.choice(["all", "parent", "child"])
        place = world.fresh(change)
        with child(lambda: _carry_out(world, place, change, 2)) as running:
            time.sleep(random.uniform(0, _WITH_WORKERS))
            if whom == "all":
                running.kill_all()
            elif whom == "parent":
                running.kill()
            else:
                for each in running.started()[-1:]:
                    os.kill(each, signal.SIGKILL)
            ended = running.wait()
        if whom == "child" and ended is None:
            return f"{change} died with a process that only read"
        return world.judge(place, change)

    yield trial


@fault("killed before an event of a file", short=5, faults=40, endurance=1500)
def file_event(folder: Path) -> Iterator[Trial]:
    """Before each opening, renaming, deletion and sync, in turn by chance."""
    world = make_world(folder)

    def trial(random: Random) -> str:
        change, number = random.choice(list(CHANGES)), random.randrange(_EVENTS)
        place = world.fresh(change)
        with child(lambda: _killed_at(number, place, lambda: _carry_out(world, place, change, 1))) as running:
            running.wait()
        return world.judge(place, change)

    yield trial


def _carry_out(world: World, place: Path, change: str, workers: int) -> str:
    CHANGES[change](place, world.corpus, workers)
    return "done"


def _killed_at(number: int, place: Path, work: Callable[[], str]) -> str:
    """Do work, and die before its event of that number."""
    left = number

    def count() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            writes = isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            heard = bool(writes) and str(arguments[0]).startswith(str(place))
        else:
            heard = event in {"os.rename", "os.remove", "os.mkdir"} and str(arguments[0]).startswith(str(place))
        if heard:
            count()

    synced = os.fsync

    def sync(descriptor: int) -> None:
        count()
        synced(descriptor)

    os.fsync = sync  # type: ignore[assignment]
    sys.addaudithook(hear)
    return work()
