"""``python -m bench.cluster.faults``: a cluster of three nodes is hurt while it is asked and written to.

Each row of the table says what was done, what was seen, and whether anything was lost or wrong (never): every answer is
compared with those that are right, and a question that is not answered must raise ``IndexUnavailable``.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

import indexer
from bench.cluster import connection_to, running
from bench.faults._child import child
from bench.faults._index import answers, write_corpus
from indexer import errors
from indexer.engines.connection import Connection
from indexer.engines.opensearch import bulk_writer
from tools.opensearch.cluster import Cluster, Node, ask
from tools.opensearch.front import tls_front
from tools.opensearch.problems import CannotStart

# Documents of the corpus before and after each change.
_OLD, _NEW = range(12), range(6, 24)
# Bytes of one bulk request, so that a small update takes many.
_BULK = 4_000
# Answers that each reader must have had before anything is done, and after.
_ANSWERS = 5
# Seconds after which a recovery counts as hung.
_HUNG = 120.0
# How often what ends it is tried.
_REMEDIES = 3


def hits(index: indexer.Index) -> str:
    """What is found by one question: hits, scores, counts, facets."""
    results = index.search("数据 税收", limit=50, facets=("section", "document"))
    said = {**indexer.results_to_dict(results), "took_ms": 0, "generation": ""}
    return json.dumps(said, ensure_ascii=False, default=str)


@dataclass(slots=True)
class World:
    """A cluster with one index on it, and what that answers before and after an update.

    Attributes:
        place: the folder that points to it.
        corpus: the documents of the next state.
        right: all that it answers in each state.
        right_hits: what it answers to one question.
    """

    cluster: Cluster
    connection: Connection
    place: Path
    corpus: Path
    right: dict[str, str] = field(default_factory=dict)
    right_hits: dict[str, str] = field(default_factory=dict)

    def open(self, timeout_s: float = 10) -> indexer.Index:
        """The index, asked with less patience than usual."""
        return indexer.open_index(self.place, connection=replace(self.connection, timeout_s=timeout_s))

    def anew(self) -> indexer.Index:
        """An empty index that takes its place when it is first updated."""
        return indexer.create_index(self.place, "opensearch", connection=self.connection, replace_existing=True)

    def update(self, on_file: Callable[[int], None] = lambda _: None) -> None:
        """Bring it up to date, alone; told of each file."""
        with self.open(30) as index:
            index.update([self.corpus], prune=True, workers=1, progress=lambda progress: on_file(progress.files))

    def reset(self) -> None:
        """Make it as it was at first."""
        write_corpus(self.corpus, "甲版", _OLD)
        with self.anew() as index:
            index.update([self.corpus], workers=1)
        write_corpus(self.corpus, "乙版", _NEW)

    def judge(self, *states: str) -> str:
        """What is wrong: the index must be whole and answer as one of these states."""
        with self.open(30) as index:
            problems, said = index.check(), answers(index)
        if problems:
            return problems[0]
        return "" if said in [self.right[state] for state in states] else f"answers as neither of {states}"


@dataclass
class Readers:
    """Threads that ask without pause, each through an index of its own, and judge what they get.

    Attributes:
        seen: how often which outcome; what begins with ``WRONG`` must not be.
    """

    world: World
    states: tuple[str, ...]
    seen: Counter[str] = field(default_factory=Counter)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def asking(self, count: int = 2) -> Iterator[Readers]:
        """Readers ask while the context lasts, and some more answers before and after."""
        threads = [threading.Thread(target=self._ask) for _ in range(count)]
        for thread in threads:
            thread.start()
        try:
            self.wait(_ANSWERS * count)
            yield self
            self.wait(_ANSWERS * count)
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def wait(self, answers_more: int) -> None:
        """Wait for so many more right answers."""
        wanted = self.seen["right"] + answers_more
        while self.seen["right"] < wanted and not self.wrong:
            time.sleep(0.05)

    @property
    def wrong(self) -> str:
        """What was wrong."""
        return next((outcome for outcome in self.seen if outcome.startswith("WRONG")), "")

    def _ask(self) -> None:
        index: indexer.Index | None = None
        while not self._stop.is_set():
            try:
                index = index or self.world.open()
                is_right = hits(index) in [self.world.right_hits[state] for state in self.states]
                self.seen["right" if is_right else "WRONG answer"] += 1
            except errors.IndexUnavailable:
                self.seen["unavailable, and said so"] += 1
            except Exception as error:  # whatever else it is must be told
                self.seen[f"WRONG {type(error).__name__}: {error}"[:200]] += 1
        if index:
            index.close()


Row: TypeAlias = Callable[[World], tuple[str, str]]
_ROWS: dict[str, Row] = {}


def row(name: str) -> Callable[[Row], Row]:
    """Enter a row: what is done, told by what was seen and what was wrong."""

    def enter(made: Row) -> Row:
        _ROWS[name] = made
        return made

    return enter


def _told(readers: Readers, more: str = "") -> str:
    counts = ", ".join(f"{count} {outcome}" for outcome, count in readers.seen.most_common())
    return f"questions: {counts}{'; ' if more else ''}{more}"


@row("a node killed while questions are asked, and back")
def killed_asked(world: World) -> tuple[str, str]:
    """Each node in turn."""
    readers = Readers(world, ("before",))
    with readers.asking():
        for node in world.cluster.nodes:
            node.kill()
            readers.wait(_ANSWERS)
            world.cluster.start_node(node)
            world.cluster.wait()
    return _told(readers), readers.wrong


@row("a node killed while an update is written, and back")
def killed_written(world: World) -> tuple[str, str]:
    """Whichever holds the primary shard is among them."""
    ends: Counter[str] = Counter()
    for node in world.cluster.nodes:
        world.reset()
        try:
            world.update(partial(_kill_half_way, node))
            ends["committed"] += 1
            wrong = world.judge("after")
        except errors.IndexUnavailable:
            ends["refused, and said so"] += 1
            wrong = world.judge("before")
        world.cluster.start_node(node)
        world.cluster.wait()
        world.update()
        wrong = wrong or world.judge("after")
        if wrong:
            return str(dict(ends)), wrong
    return ", ".join(f"{count} {end}" for end, count in ends.items()) + "; the next update right each time", ""


def _kill_half_way(node: Node, files: int) -> None:
    if files == len(_NEW) // 2:
        node.kill()


@row("two of three nodes killed, and back")
def two_gone(world: World) -> tuple[str, str]:
    """Without a majority nothing may be answered from what is left as if it were all."""
    readers, seconds, hung = Readers(world, ("before",)), [], 0
    with readers.asking():
        for number in range(3):
            gone = [node for node in world.cluster.nodes if node is not world.cluster.nodes[number]]
            for node in gone:
                node.kill()
            refused = readers.seen["unavailable, and said so"]
            while readers.seen["unavailable, and said so"] == refused and not readers.wrong:
                time.sleep(0.05)
            started = time.monotonic()
            for node in gone:
                world.cluster.start_node(node)
            try:
                world.cluster.wait(_HUNG)
            except CannotStart:
                hung += 1
                remedy(world)
            seconds.append(time.monotonic() - started)
    took = ", ".join(f"{each:.0f}" for each in seconds)
    return _told(readers, f"green again after {took} s; hung {hung} of {len(seconds)}"), readers.wrong


def remedy(world: World) -> None:
    """What the handbook says of recoveries that do not end: cancel the primaries that copies are to be made from, which
    then start anew from what their own nodes have; others may get stuck where these were, so that it is done again.
    """
    for _ in range(_REMEDIES):
        url = world.cluster.urls[0]
        active = ask(url, "/_recovery?active_only=true")
        stuck = [(name, each) for name, index in active.items() for each in index["shards"] if each["stage"] == "INIT"]
        commands = [
            {"index": name, "shard": each["id"], "node": each["source"]["name"], "allow_primary": True}
            for name, each in stuck
            if each["type"] == "PEER"
        ]
        ask(url, "/_cluster/reroute", "POST", {"commands": [{"cancel": each} for each in commands]})
        with suppress(CannotStart):
            world.cluster.wait(_HUNG)
            return
    world.cluster.wait()


@row("a slow node: it stops for as long as questions are refused or answered, then goes on")
def slow(world: World) -> tuple[str, str]:
    """Each node in turn."""
    readers = Readers(world, ("before",))
    with readers.asking():
        for node in world.cluster.nodes:
            node.send(signal.SIGSTOP)
            answered = readers.seen.total()
            while readers.seen.total() < answered + _ANSWERS and not readers.wrong:
                time.sleep(0.05)
            node.send(signal.SIGCONT)
            world.cluster.wait()
    return _told(readers), readers.wrong


@row("a disk that is nearly full: the cluster makes all indices read-only, and writable again")
def read_only(world: World) -> tuple[str, str]:
    """The cluster does it itself, at a watermark that is above what any disk has."""
    _set_watermarks(world, "9000tb")
    try:
        world.cluster.wait_until(lambda: all(_blocks(world)))
        try:
            world.update()
            said, wrong = "updated", "a read-only index was written"
        except errors.IndexUnavailable as error:
            said, wrong = f"update: {error.message}", ""
        wrong = wrong or world.judge("before")
        _set_watermarks(world, "1b")
        world.cluster.wait_until(lambda: not any(_blocks(world)))
    finally:
        _set_watermarks(world, None)
    world.update()
    return f"{said} questions right; writable again by itself, updated", wrong or world.judge("after")


def _set_watermarks(world: World, free: str | None) -> None:
    """Have nodes take less than so much free space for a disk that is nearly full; None: not look at it."""
    watched = "cluster.routing.allocation.disk"
    settings = {f"{watched}.watermark.{name}": free for name in ("low", "high", "flood_stage")}
    settings |= {f"{watched}.threshold_enabled": free and "true", "cluster.info.update.interval": free and "10s"}
    told: dict[str, object] = {"transient": settings}
    if free is None:  # it also refuses new indices, till it next looks
        told["persistent"] = {"cluster.blocks.create_index": None}
    ask(world.cluster.urls[0], "/_cluster/settings", "PUT", told)


def _blocks(world: World) -> list[bool]:
    """Of each index whether it is read-only."""
    answer = ask(world.cluster.urls[0], f"/{world.connection.prefix}-*/_settings")
    blocks = (index["settings"]["index"].get("blocks", {}) for index in answer.values())
    return [each.get("read_only_allow_delete") == "true" for each in blocks]


@row("two builders at once")
def two_builders(world: World) -> tuple[str, str]:
    """One of them is refused, or waits for its turn."""
    ends: Counter[str] = Counter()

    def build() -> None:
        try:
            world.update()
            ends["committed"] += 1
        except errors.IndexBusy:
            ends["busy, and said so"] += 1
        except Exception as error:
            ends[f"WRONG {type(error).__name__}: {error}"[:200]] += 1

    threads = [threading.Thread(target=build) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wrong = next((end for end in ends if end.startswith("WRONG")), "")
    return ", ".join(f"{count} {end}" for end, count in ends.items()), wrong or world.judge("after")


@row("a builder killed: its lock has no owner")
def dead_owner(world: World) -> tuple[str, str]:
    """The next one waits till the lock counts no more."""
    _killed_in(world, world.update)
    wrong, started, refused = world.judge("before"), time.monotonic(), 0
    while True:
        try:
            world.update()
            break
        except errors.IndexBusy:
            refused += 1
            time.sleep(5)
    took = time.monotonic() - started
    return f"refused {refused} times, then updated after {took:.0f} s", wrong or world.judge("after")


@row("a rebuild killed, and done again")
def rebuild(world: World) -> tuple[str, str]:
    """The old index stays, and nothing of the unfinished one is left in the end."""

    def again(on_file: Callable[[int], None] = lambda _: None) -> None:
        with indexer.create_index(
            world.place, "opensearch", connection=world.connection, replace_existing=True
        ) as made:
            made.update([world.corpus], workers=1, progress=lambda progress: on_file(progress.files))

    _killed_in(world, again)
    wrong, deadline = world.judge("before"), time.monotonic() + 300
    while True:
        try:
            again()
            break
        except errors.IndexBusy:
            if time.monotonic() > deadline:
                return "", "the lock of a dead builder lasts for ever"
            time.sleep(5)
    left = _indices(world)
    return f"the old one answered; after the next rebuild {left} index in the cluster", wrong or world.judge("after")


def _indices(world: World) -> int:
    """How many indices hold records."""
    answer = ask(world.cluster.urls[0], f"/{world.connection.prefix}-*/_settings")
    return sum(not name.endswith("-heads") for name in answer)


def _killed_in(world: World, build: Callable[[Callable[[int], None]], None]) -> None:
    """Build in a process of its own, which dies half-way."""

    def die(files: int) -> None:
        if files == len(_NEW) // 2:
            os.kill(os.getpid(), signal.SIGKILL)

    def work() -> str:
        build(die)
        return "done"

    with child(work) as running_child:
        running_child.wait()


@row("a login and a private certificate, right and wrong")
def login(world: World) -> tuple[str, str]:
    """Through nginx, which asks for both."""
    secret, told = "geheim", []
    with tls_front(world.cluster.urls, "xunzhang", secret) as (url, certificate):
        right = Connection((url,), "xunzhang", secret, certificate)
        cases = {
            "right": right,
            "wrong password": replace(right, password=f"{secret}?"),
            "nobody": replace(right, user=None, password=None),
            "certificate unknown": replace(right, ca=None),
        }
        for name, connection in cases.items():
            try:
                with indexer.open_index(world.place, connection=connection) as index:
                    is_right = hits(index) == world.right_hits["before"]
                told.append(f"{name}: {'answered' if is_right else 'WRONG'}")
                if name != "right" or not is_right:
                    return "; ".join(told), f"{name} was answered"
            except errors.IndexUnavailable as error:
                told.append(f"{name}: {error.message}")
                if name == "right" or secret in str(error):
                    return "; ".join(told), f"{name}: {error}"
    return "; ".join(told), ""


def prepare_world(cluster: Cluster, folder: Path) -> World:
    """An index on three shards, each with a copy, and what it answers, which an engine of this process says too."""
    connection = connection_to(cluster, shards=3, replicas=1)
    world = World(cluster, connection, folder / "索引", folder / "语料")
    for state, version, numbers in (("after", "乙版", _NEW), ("before", "甲版", _OLD)):
        write_corpus(world.corpus, version, numbers)
        with world.anew() as index:
            index.update([world.corpus], workers=1)
            world.right[state], world.right_hits[state] = answers(index), hits(index)
    return world


def main() -> int:
    """Run the rows and print the table; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.cluster.faults", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[""], help="rows whose name holds one of these")
    options = parser.parse_args()
    print("| what was done | seen | lost or wrong | s |\n| --- | --- | --- | ---: |", flush=True)
    failed, bulk_writer.BATCH_BYTES = False, _BULK
    with tempfile.TemporaryDirectory(prefix="xunzhang-cluster-") as name:
        folder = Path(name)
        (folder / "nodes").mkdir()
        with running(folder / "nodes", 3) as cluster:
            world = prepare_world(cluster, folder)
            for title, made in _ROWS.items():
                if not any(part in title for part in options.only):
                    continue
                world.reset()
                cluster.wait()
                started = time.monotonic()
                seen, wrong = made(world)
                failed |= bool(wrong)
                print(f"| {title} | {seen} | {wrong or '0'} | {time.monotonic() - started:.0f} |", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
