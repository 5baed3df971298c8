"""Mutated files of every kind: each gives passages or is reported, none ends or stops the build, none costs another.

A trial indexes a folder of mutated files and a sound one, and looks each of them up in the report.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import indexer
from bench.faults import Trial, allowed, fault, judge_slowness
from bench.faults._corpus import badly_said
from bench.faults._mutating import ENCODINGS, mutate, mutate_container
from bench.faults._sound_files import BINARIES, TEXTS, others
from indexer.documents import is_isolated

# Files of a trial, and seconds that each may take: many times what it needs.
_FILES = 20
_LONGEST = 60.0
# How often a file is mutated that nobody made for this.
_OTHERS = 0.1


def _made(random: Random, suffix: str, found: list[bytes]) -> bytes:
    if found and random.random() < _OTHERS:
        return mutate_container(random, random.choice(found))
    if suffix in BINARIES:
        return mutate_container(random, random.choice(BINARIES[suffix]))
    return mutate(random, random.choice(TEXTS[suffix]).encode(random.choice(ENCODINGS), "ignore"))


def _row(suffix: str) -> Callable[[Path], Iterator[Trial]]:
    def prepare(folder: Path) -> Iterator[Trial]:
        files, numbers = folder / "文", itertools.count()
        index = indexer.create_index(folder / "index")
        found = others(suffix)

        def trial(random: Random) -> str:
            shutil.rmtree(files, ignore_errors=True)
            files.mkdir()
            for number in range(_FILES):
                (files / f"{number:02}{suffix}").write_bytes(_made(random, suffix, found))
            sound = f"完好的一段，第 {next(numbers)} 次。"
            (files / "z.txt").write_text(sound, "utf-8")
            report = index.update([files], prune=True, max_seconds=allowed(_LONGEST))
            if not index.search(f'"{sound}"', match="exact").total:
                return "a sound document is lost"
            paths = [files / f"{number:02}{suffix}" for number in range(_FILES)]
            return next((f"{path.name}: {said}" for path in paths if (said := _wrong(path, report))), "")

        yield trial
        index.close()

    return prepare


def _wrong(file: Path, report: indexer.UpdateReport) -> str:
    """What is wrong with what became of a file, or of the members of one."""
    path, isolated = f"{file.parent.name}/{file.name}", is_isolated(file.read_bytes(), file.name)
    read = (*report.added, *report.updated, *report.renamed, *report.unchanged)
    reasons = [each.reason for each in report.failed if f"{each.path}/".startswith(f"{path}/")]
    for reason in reasons:
        if said := badly_said(reason) or ("" if isolated else judge_slowness(reason)):
            return said
    if reasons or any(f"{each}/".startswith(f"{path}/") for each in read) or report.skipped:
        return ""
    return "neither read nor reported"


for _suffix in (*TEXTS, *BINARIES):
    fault(f"mutated files: {_suffix}", short=1, faults=3, endurance=100, each=_FILES)(_row(_suffix))
