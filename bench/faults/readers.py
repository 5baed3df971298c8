"""Readers of an index that others change meanwhile: each answer is of one commit, and never of one that is gone."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import indexer
from bench.faults import Trial, fault
from bench.faults._child import child
from bench.faults._index import CHANGES, World, answers, make_world, write_corpus
from indexer import errors

_COMMITS, _READERS, _DOCUMENTS = 5, 4, 6


@fault("the index replaced under an open reader", short=4, faults=15, endurance=600)
def replaced(folder: Path) -> Iterator[Trial]:
    """Deleted and built anew, moved in, rebuilt: the very next answer is that of what is there."""
    world = make_world(folder)
    other = world.fresh("rebuild", "other")
    CHANGES["rebuild"](other, world.corpus, 1)

    def trial(random: Random) -> str:
        place = world.copy()
        with indexer.open_index(place) as index:
            if answers(index) != world.before:
                return "the old index answers otherwise"
            for _ in range(random.randrange(1, 4)):
                wrong = _replace(random, world, place, other, index)
                if wrong or answers(index) != world.after["rebuild"] or index.check():
                    return wrong or "it does not answer as what is there now"
                shutil.rmtree(place)
                shutil.copytree(world.old, place)
                if answers(index) != world.before:
                    return "it does not answer as what was put back"
        return ""

    yield trial


def _replace(random: Random, world: World, place: Path, other: Path, index: indexer.Index) -> str:
    """Put another index in the place of an open one; what is wrong meanwhile."""
    how = random.choice(["deleted and built", "deleted and copied", "moved in", "rebuilt"])
    if how == "rebuilt":
        CHANGES["rebuild"](place, world.corpus, 1)
        return ""
    beside = place.with_name("away")
    shutil.rmtree(beside, ignore_errors=True)
    place.rename(beside) if how == "moved in" else shutil.rmtree(place)
    if _answers_still(index):
        return "an index that is gone goes on answering"
    if how == "deleted and built":
        CHANGES["first build"](place, world.corpus, 1)
    else:
        shutil.copytree(other, place)
    return ""


def _answers_still(index: indexer.Index) -> bool:
    try:
        index.search("数据")
    except errors.IndexMissing:
        return False
    return True


@fault(f"a writer, {_READERS} readers, {_COMMITS} commits", short=1, faults=5, endurance=200)
def commits(folder: Path) -> Iterator[Trial]:
    """Every document says which commit it is of: no answer mixes two, and none goes back."""
    corpus, place = folder / "语料", folder / "index"

    def build() -> str:
        for number in range(1, _COMMITS + 1):
            write_corpus(corpus, f"第{number}版", range(_DOCUMENTS))
            CHANGES["update"](place, corpus, 1)
        return "done"

    def trial(_: Random) -> str:
        shutil.rmtree(place, ignore_errors=True)
        write_corpus(corpus, "第0版", range(_DOCUMENTS))
        CHANGES["first build"](place, corpus, 1)
        ended = threading.Event()
        with child(build) as writer, indexer.open_index(place) as shared:
            others = [indexer.open_index(place) for _ in range(_READERS // 2)]
            readers = [_Reader(index, ended) for index in (*others, shared, shared)]
            done = writer.wait()
            ended.set()
            for reader in readers:
                reader.join()
        if done is None:
            return "the writer died"
        with indexer.open_index(place) as index:
            kept = index.search(f"第{_COMMITS}版").tiers["exact"] and not index.check()
        return next((reader.wrong for reader in readers if reader.wrong), "" if kept else "commits are lost")

    yield trial


class _Reader(threading.Thread):
    """Asks all the time, till ``ended`` or till something is wrong."""

    def __init__(self, index: indexer.Index, ended: threading.Event) -> None:
        super().__init__()
        self._index, self._ended = index, ended
        self.wrong = ""
        self.start()

    def run(self) -> None:
        """Ask."""
        last = 0
        while not self._ended.is_set() and not self.wrong:
            try:
                last = self._read(last)
            except Exception as error:  # whatever it is, it is what is looked for
                self.wrong = f"{type(error).__name__}: {error}"

    def _read(self, last: int) -> int:
        """The commit that an answer is of, which may not be before ``last``."""
        texts = [hit.passage.text for hit in self._index.search("施行", limit=100).hits]
        versions = {int(text.partition("版")[0].removeprefix("第")) for text in texts}
        if len(texts) != _DOCUMENTS or len(versions) != 1 or min(versions) < last:
            self.wrong = f"after commit {last} an answer of {len(texts)} passages of {versions}"
        return min(versions, default=last)
