"""A machine that refuses: a full disk, permissions, descriptors, memory. Told as what it is; the last commit stays."""

from __future__ import annotations

import errno
import os
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import indexer
from bench.faults import HUNG, Trial, fault
from bench.faults._child import child, result_of
from bench.faults._index import CHANGES, World, answers, make_world
from indexer import errors

_NOBODY = 65534
# Seconds after which a child without memory hangs.
_HANGING = 20


def _refused(error: errors.IndexUnavailable) -> str:
    """What is wrong with what was said of a refusal: it is no damage, and no rebuild helps."""
    if isinstance(error, errors.IndexDamaged | errors.IndexMissing) or "--rebuild" in str(error) or not error.hint:
        return f"a refusal is called {type(error).__name__}: {error}"
    return ""


def _build(world: World, place: Path, change: str) -> str:
    """Carry out a change; whether it ended well, was refused, or what is wrong with how that was said."""
    try:
        CHANGES[change](place, world.corpus, 1)
    except errors.IndexUnavailable as error:
        return _refused(error)
    return ""


def _ask(world: World, place: Path) -> str:
    """Open and ask everything: right answers, or a refusal."""
    try:
        with indexer.open_index(place) as index:
            return "" if answers(index) == world.before else "other answers, without a word"
    except errors.IndexUnavailable as error:
        return _refused(error)


@fault("the disk full at any byte of a build", short=4, faults=24, endurance=600)
def full_disk(folder: Path) -> Iterator[Trial]:
    """No file can grow over a limit by chance, as where a quota or the disk ends."""
    world = make_world(folder)
    most = sum(path.stat().st_size for path in world.old.iterdir())

    def trial(random: Random) -> str:
        change, limit = random.choice(list(CHANGES)), random.choice([random.randrange(400), random.randrange(most)])
        place = world.fresh(change)

        def limited() -> str:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            return _build(world, place, change)

        return result_of(limited) or world.judge(place, change)

    yield trial


@fault("reading, writing or syncing fails: EIO, ENOSPC, EDQUOT, EROFS", short=6, faults=30, endurance=800)
def failing_disk(folder: Path) -> Iterator[Trial]:
    """At any of the system's calls for files of the index; those after it fail too, or go well again."""
    world = make_world(folder)
    numbers = (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS)

    def trial(random: Random) -> str:
        change, number, first = random.choice(list(CHANGES)), random.choice(numbers), random.randrange(25)
        for_good = random.random() < 0.5
        place = world.fresh(change)

        def failing() -> str:
            calls = 0

            def guarded(original: Callable[..., object]) -> Callable[..., object]:
                def call(*given: object, **more: object) -> object:
                    nonlocal calls
                    if isinstance(given[0], int) or str(given[0]).startswith(str(place)):
                        calls += 1
                        if calls > first if for_good else calls == first + 1:
                            raise OSError(number, os.strerror(number))
                    return original(*given, **more)

                return call

            for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "open"), (os, "listdir"), (os, "open")):
                setattr(owner, name, guarded(getattr(owner, name)))
            return _build(world, place, change)

        return result_of(failing) or world.judge(place, change)

    yield trial


@fault("permissions lost or the folder read-only", short=4, faults=24, endurance=500)
def permissions(folder: Path) -> Iterator[Trial]:
    """Of the folder or of some of its files, for a user without rights of root."""
    world = make_world(folder)
    for each in (folder, *folder.parents):
        if each.owner() == Path.home().owner() and each != each.parent and each.stat().st_mode & 0o077 == 0:
            each.chmod(0o755)

    def trial(random: Random) -> str:
        place = world.copy()
        changed = random.sample(list(place.iterdir()), random.randrange(3)) or [place]
        for path in changed:
            path.chmod(random.choice([0o000, 0o444, 0o555, 0o111]))

        def asked() -> str:
            if os.geteuid() == 0:
                os.setegid(_NOBODY)
                os.seteuid(_NOBODY)
            return _ask(world, place) or _build(world, place, random.choice(["update", "prune"]))

        said = result_of(asked)
        for path in [place, *place.iterdir()]:
            path.chmod(0o755)
        if said:
            return said
        with indexer.open_index(place) as index:
            return "" if answers(index) in (world.before, *world.after.values()) else "it answers otherwise now"

    yield trial


@fault("few descriptors", short=4, faults=16, endurance=400)
def descriptors(folder: Path) -> Iterator[Trial]:
    """So few that opening, asking or building fails somewhere."""
    world = make_world(folder)

    def trial(random: Random) -> str:
        change, more = random.choice(["ask", *CHANGES]), random.randrange(8)
        place = world.fresh(change)

        def limited() -> str:
            free = os.dup(0)
            os.close(free)
            resource.setrlimit(resource.RLIMIT_NOFILE, (free + more, free + more))
            return _ask(world, place) if change == "ask" else _build(world, place, change)

        said = result_of(limited)
        if said or change == "ask":
            return said or ""
        return _whole(world, place, change)

    yield trial


def _whole(world: World, place: Path, change: str) -> str:
    """Of a build that could not read some of its files, which it reports: the index is sound and can be built on."""
    try:
        with indexer.open_index(place) as index:
            if problems := index.check():
                return f"after {change}: {problems}"
            answers(index)
    except errors.IndexMissing:
        return "" if change == "first build" else f"the index is gone after {change}"
    CHANGES["rebuild"](place, world.corpus, 1)
    with indexer.open_index(place) as index:
        return "" if answers(index) == world.after["rebuild"] else "it cannot be built on"


@fault("little memory", short=2, faults=16, endurance=300)
def memory(folder: Path) -> Iterator[Trial]:
    """So little that asking or building fails somewhere, or the system ends it. Python itself may hang then: a thread
    that has no memory to begin is waited for by ``Thread.start``. That is ended from here, as a user would, and counted
    by itself.
    """
    world = make_world(folder)

    def trial(random: Random) -> str:
        change, more = random.choice(["ask", *CHANGES]), random.randrange(1 << random.randrange(16, 25))
        place = world.fresh(change)

        def limited() -> str:
            taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (taken + more, taken + more))
            os.close(2)  # libraries that give up print
            try:
                return _ask(world, place) if change == "ask" else _build(world, place, change)
            except (MemoryError, RuntimeError, SystemError, errors.BadParameter):
                # outside the index, or a rebuild that could read nothing and says so: nothing of the index may be lost
                return ""
            except OSError as error:
                if error.errno != errno.ENOMEM:  # so the system refuses to map a file: here the dictionary
                    raise
                return ""

        with child(limited) as running:
            try:
                said, hung = running.wait(idle=_HANGING), ""
            except TimeoutError:
                said, hung = None, f"{HUNG}{change} had to be ended: no CPU time for {_HANGING} s, or no end"
        if said or change == "ask":
            return said or hung
        return _whole(world, place, change) or hung

    yield trial
