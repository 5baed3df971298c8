"""Attacks on the program, counted: how often each was tried, and how often something was lost or wrong (never).

A row of the table is a function in a module here; whatever modules there are, are found. It gets an empty folder, sets
up in it what all its trials share, yields a trial, and cleans up after the ``yield``::

    @fault("bit flips in an index", short=20, faults=400, endurance=4000)
    def bit_flips(folder: Path) -> Iterator[Trial]:
        index = make_index(folder)

        def trial(random: Random) -> str:
            ...
            return ""  # survived; else one sentence: what was lost, or which answer was wrong

        yield trial

A trial takes all chance from ``random``, which is seeded by seed, row and number, so that each can be had again alone:
``python -m bench.faults --only "bit flips" --first 17 --count 1``. What it raises is wrong, too. It leaves the shared
things as they were.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from random import Random
from typing import TypeAlias

Trial: TypeAlias = Callable[[Random], str]

# How large a run is: the suite's, ``make faults`` (15 minutes at most), ``make endurance``.
SIZES = ("short", "faults", "endurance")

# Whether trials judge what they take. The suite does not: it tells right from wrong, on a machine that others use too.
judge_time = True


def too_dear(taken: float, most: float) -> bool:
    """Whether a trial took more CPU than it may (both in one unit), where that is judged."""
    return judge_time and taken > most


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of the table.

    Attributes:
        name: what is done to the program.
        counts: trials by size.
        prepare: a context in an empty folder, which gives the trial.
        each: files, queries or whatever is tried in a trial.
    """

    name: str
    counts: dict[str, int]
    prepare: Callable[[Path], AbstractContextManager[Trial]]
    each: int = 1


def allowed(seconds: float) -> float:
    """Seconds that a file may take; where time is not judged, as many as the slowest machine needs."""
    return seconds if judge_time else 3600.0


def judge_slowness(reason: str) -> str:
    """What is wrong where a file took longer than it may, however slow the machine is that judges."""
    return f"too slow: {reason}" if judge_time and "秒还没有读完" in reason else ""


# What a trial says begins with this where the program had to be ended from outside, nothing else being wrong.
HUNG = "hung: "


_FAULTS: dict[str, Fault] = {}


def fault(
    name: str, *, short: int, faults: int, endurance: int, each: int = 1
) -> Callable[[Callable[[Path], Iterator[Trial]]], Callable[[Path], Iterator[Trial]]]:
    """Make a row of a function: so many trials in the suite, in ``make faults`` and in ``make endurance``, in each of
    which so many things are tried.
    """

    def register(prepare: Callable[[Path], Iterator[Trial]]) -> Callable[[Path], Iterator[Trial]]:
        if name in _FAULTS:
            raise ValueError(f"two rows are called {name}")
        counts = dict(zip(SIZES, (short, faults, endurance), strict=True))
        _FAULTS[name] = Fault(name, counts, contextmanager(prepare), each)
        return prepare

    return register


def all_faults() -> tuple[Fault, ...]:
    """The rows of all modules here, by module, then as they stand in it."""
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        if not module.startswith("_"):
            import_module(f"{__name__}.{module}")
    return tuple(_FAULTS.values())


@dataclass(slots=True)
class Tally:
    """What came of the trials of a row.

    Attributes:
        tried: trials so far.
        wrong: number of each trial that something was lost in, or wrong, and what.
        hung: trials in which the program had to be ended from outside, and nothing was lost.
        seconds: how long they took.
    """

    tried: int = 0
    wrong: dict[int, str] | None = None
    seconds: float = 0.0
    hung: int = 0

    @property
    def survived(self) -> int:
        """Trials in which nothing was, and which came to their end."""
        return self.tried - self.hung - len(self.wrong or ())


def attempt(trial: Trial, seed: str, row: str, number: int) -> str:
    """What was lost or wrong in the trial of that number; empty if nothing."""
    try:
        return trial(Random(f"{seed} {row} {number}"))
    except Exception as error:  # whatever it is, a trial must not end in it
        return f"{type(error).__name__}: {error}"
