"""Documents that are pathological or cannot be read. The rest is committed, and each failure has a sentence.

Each trial indexes a broken file between two sound ones, which must be found afterwards, and reads it alone: a file that
is neither in the index nor among the failures was lost without a word.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from bench.faults import Trial, fault
from bench.faults._corpus import Corpus
from bench.faults._hostile_files import every_hostile

_REPEATED = 20_000
# From one file made to do harm to the next that is tried: some of every kind come first.
_STEP = 7


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


# Each repeated so often that whatever is quadratic in it hangs.
_PIECES = {
    ".html": (
        *(
            "<p>x",
            "<b>x",
            "<div>x",
            "<li>x",
            "<ul><li>x",
            "<table><tr><td>x",
            "<td>x",
            "<dt>x",
            "<dl><dd>x",
            "<a href=x>x",
        ),
        *(
            "<br>x",
            "<br>",
            "<!--x",
            "<ruby>x<rt>y",
            "<h1>x",
            "<h2>第一章 x",
            "<script>",
            "<p>第一条 x",
            "<pre>x\n\n",
            "&",
            "<",
        ),
        *("<x y='", "<p style='font-weight:bold'>x", "<nav>x", "</p>", "<select><option>x", "<meta name=a content=b>"),
    ),
    ".md": (
        *(
            "<p>x",
            "x\n",
            "x\n\n",
            "# x\n",
            "- x\n",
            "> ",
            "- ",
            "**x",
            "_x",
            "`x",
            "[x](",
            "![x](",
            "|x|y|\n|-|-|\n",
            "1. x\n",
        ),
        *("<b>", "&x", "\\", "~~x", "```\n", "    x\n", "第一条 x\n", "[^1]: x\n", "[x]: y\n", "===\nx\n", ":::\n"),
    ),
    ".txt": (
        "x\n",
        "x",
        "字",
        "第一条 x\n",
        "（一）x\n",
        "　　x\n",
        " ",
        "\n",
        "图1 x\n",
        "---\n",
        "x\t",
        "1.1 x\n",
        "“x",
        "（",
    ),
}


@fault("one piece repeated 20,000 times", short=4, faults=16, endurance=200)
def repeated_pieces(folder: Path) -> Iterator[Trial]:
    """Files that are one piece over and over, of which real attacks on parsers consist."""
    corpus = Corpus(folder)
    every = [(suffix, piece) for suffix, pieces in _PIECES.items() for piece in pieces]

    def trial(random: Random) -> str:
        suffix, piece = random.choice(every)
        said = corpus.try_file(suffix, lambda file: _write(file, (piece * _REPEATED).encode()))
        return said and f"{piece!r} in {suffix}: {said}"

    yield trial
    corpus.close()


@fault("files that are none, too large, or too long without a break", short=9, faults=18, endurance=180)
def hostile_files(folder: Path) -> Iterator[Trial]:
    """Pipes, links out of the folder, sparse files, unbroken runs, huge titles; some must be read, the others named."""
    corpus = Corpus(folder)
    (folder / "外.txt").write_text("不该进索引的秘密。", "utf-8")
    turns = itertools.count()

    def sparse(file: Path) -> None:
        with file.open("wb") as stream:
            stream.truncate(3 << 30)

    hostile: tuple[tuple[str, Callable[[Path], None], bool], ...] = (
        (".txt", os.mkfifo, False),
        (".txt", lambda file: file.symlink_to(folder / "外.txt"), False),
        (".d", lambda file: file.symlink_to("/etc"), False),
        (".txt", lambda file: file.symlink_to("/dev/zero"), False),
        (".txt", sparse, False),
        (".txt", lambda file: _write(file, b"x" * 0x110000), True),
        (".md", lambda file: _write(file, ("# " + "题" * 1_700_000).encode()), True),
        (".md", lambda file: _write(file, ("---\ntitle: " + "题" * 1_700_000 + "\n---\n文").encode()), True),
        (".html", lambda file: _write(file, ("<title>" + "7" * 1_200_000 + "</title><p>文").encode()), True),
    )

    def trial(random: Random) -> str:
        suffix, put, readable = hostile[next(turns) % len(hostile)]
        workers = random.choice((None, None, 2))
        before = corpus.index.stats().documents
        said = corpus.try_file(suffix, put, workers=workers)
        if not said and corpus.index.search("不该进索引的秘密").total:
            return "a link was followed out of the folder"
        if not said and before == 2 and readable != (corpus.index.stats().documents == 3):
            return f"{suffix} was {'refused' if readable else 'read'}"
        corpus.index.update([corpus.files], prune=True)
        return said

    yield trial
    corpus.close()


@fault("files made to do harm", short=0, faults=10, endurance=100)
def harmful_files(folder: Path) -> Iterator[Trial]:
    """Bombs, depths, lengths, passwords, loops: each read, or refused for what it is. The suite has a test of each."""
    corpus = Corpus(folder)
    every = every_hostile()
    turns = itertools.count()

    def trial(_: Random) -> str:
        hostile = every[next(turns) * _STEP % len(every)]
        said = corpus.try_hostile(hostile)
        return said and f"{hostile.suffix} {hostile.name}: {said}"

    yield trial
    corpus.close()
