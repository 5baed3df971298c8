"""Files of an index that were changed behind the program's back: an error that says so, or the right answer; and a
rebuild mends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import indexer
from bench.faults import Trial, fault
from bench.faults._index import CHANGES, World, answers, make_world
from indexer import errors


def _damaged(world: World, change: Callable[[Random, list[Path]], None]) -> Trial:
    """A trial that changes files of a copy of the index."""

    def trial(random: Random) -> str:
        place = world.copy()
        files = sorted(path for path in place.iterdir() if path.name != "MAIN_WRITELOCK")
        change(random, files)
        try:
            with indexer.open_index(place) as index:
                if answers(index) != world.before:
                    return "other answers, without a word"
                index.check()
        except errors.IndexUnavailable as error:
            if not error.hint:
                return f"no way out: {error}"
        if random.random() < 0.1:
            CHANGES["rebuild"](place, world.corpus, 1)
            with indexer.open_index(place) as index:
                return "" if answers(index) == world.after["rebuild"] else "a rebuild did not mend it"
        return ""

    return trial


@fault("a bit flipped in any file of an index", short=30, faults=250, endurance=5000)
def bit(folder: Path) -> Iterator[Trial]:
    """Every file is as likely, however small it is."""

    def flip(random: Random, files: list[Path]) -> None:
        path = random.choice(files)
        content = bytearray(path.read_bytes())
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)
        path.write_bytes(content)

    yield _damaged(make_world(folder), flip)


@fault("bytes overwritten, cut off or added in any file", short=15, faults=100, endurance=2000)
def overwritten(folder: Path) -> Iterator[Trial]:
    """Also to nothing."""

    def spoil(random: Random, files: list[Path]) -> None:
        path = random.choice(files)
        content = path.read_bytes()
        at, length = random.randrange(len(content)), random.randrange(1, 4096)
        noise = random.randbytes(min(length, len(content) - at))
        path.write_bytes(
            random.choice(
                [
                    content[:at],
                    content[:at] + noise + content[at + len(noise) :],
                    content[:at] + bytes(len(noise)) + content[at + len(noise) :],
                    content + noise,
                    content[:at] + content[at + length :],
                    noise,
                ]
            )
        )

    yield _damaged(make_world(folder), spoil)


@fault("files of an index exchanged or missing", short=10, faults=60, endurance=1000)
def exchanged(folder: Path) -> Iterator[Trial]:
    """With each other, with those of an earlier commit, with those of another index of the same documents."""
    world = make_world(folder)
    other = world.fresh("rebuild", "other")
    CHANGES["rebuild"](other, world.corpus, 1)
    earlier = world.copy("earlier")
    CHANGES["update"](earlier, world.corpus, 1)
    strangers = [path for place in (other, earlier) for path in place.iterdir() if path.stat().st_size]

    def exchange(random: Random, files: list[Path]) -> None:
        victim = random.choice(files)
        if random.random() < 0.25:
            victim.unlink()
            return
        another = random.choice([each for each in [*files, *strangers] if each != victim])
        victim.write_bytes(another.read_bytes())

    yield _damaged(world, exchange)
