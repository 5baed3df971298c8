"""Real files of every format against what a right reading of them shows: ``python -m bench.formats [PATTERN…]``.

Beside each sample stands ``NAME.truth.md``: its headings in order, sentences that must each be in one passage, table
rows. A file is a row of the table: how many of these are right, missing, and, of headings, invented. Headings are
compared without white space, in order.
"""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from bench import SHARED
from indexer import documents
from indexer.documents import passages
from indexer.errors import ReadError
from indexer.model import Passage

SAMPLES = SHARED / "samples"
_COUNTS = re.compile(r"^Blocks (\d+); table rows (\d+)", re.M)
_SLIDE = re.compile(r"\d+ (.*)")
_ELIDED = "…"
_UNCONFIRMED = re.compile(r"\s*← not confirmed.*")
# Of the first line of a slide so much is compared, in code points without white space: truths are cut.
_FIRST = 30


@dataclass(slots=True)
class Truth:
    """What a right reading shows; ``elided`` where only the first of the headings are listed."""

    headings: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    slides: list[str] = field(default_factory=list)
    counts: tuple[str, ...] = ("?", "?")
    elided: bool = False


def squeezed(text: str) -> str:
    """Return a text without white space and the bars between cells."""
    return "".join(text.replace("|", "").split())


def read_truth(path: Path) -> Truth:
    """Read a truth beside a sample."""
    text = path.read_text("utf-8")
    truth = Truth(elided=f"\n{_ELIDED}\n" in text)
    if counts := _COUNTS.search(text):
        truth.counts = counts.groups()
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        title, *lines = part.splitlines()
        items = [_UNCONFIRMED.sub("", line.strip()[2:]) for line in lines if line.strip().startswith("- ")]
        if title.startswith("Headings"):
            truth.headings = [squeezed(item) for item in items]
        elif title.startswith("First line"):
            truth.slides = [squeezed(match[1])[:_FIRST] for item in items if (match := _SLIDE.match(item))]
        elif "sentences" in title:
            truth.sentences = [squeezed(item) for item in items]
        elif "row" in title:
            truth.rows = [squeezed(item) for item in items]
    return truth


def compare(wanted: list[str], found: list[str], *, elided: bool) -> tuple[list[str], list[str], int]:
    """Return what is missing, what is invented, and how many are right; after the end of an elided list all goes."""
    blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    right_wanted = {block.a + step for block in blocks for step in range(block.size)}
    right_found = {block.b + step for block in blocks for step in range(block.size)}
    end = max(right_found, default=-1) + 1 if elided else len(found)
    missing = [one for index, one in enumerate(wanted) if index not in right_wanted]
    invented = [one for index, one in enumerate(found[:end]) if index not in right_found]
    return missing, invented, len(right_wanted)


def first_lines(made: list[Passage]) -> list[str]:
    """Return the first line of every page or slide."""
    first: dict[int, str] = {}
    for passage in made:
        if passage.page is not None:
            first.setdefault(passage.page, squeezed(passage.text.partition("\n")[0])[:_FIRST])
    return list(first.values())


def measure(path: Path) -> list[str]:
    """Return the lines that say how one sample was read."""
    truth = read_truth(path.with_name(f"{path.name}.truth.md"))
    content = path.read_bytes()
    start = time.perf_counter()
    try:
        parsed = documents.read(content, path.name)
    except ReadError as error:
        return [f"{path.name:28} {error.message}"]
    seconds = time.perf_counter() - start
    _, made = passages.build("d", path.stem, parsed)
    texts = [squeezed(one.text) for one in made]
    headings = [squeezed(block.heading or block.text) for block in parsed.blocks if block.heading or block.level]
    titles = [squeezed(one.text) for one in made if one.kind == "title"]
    wanted = truth.headings or truth.slides
    found = first_lines(list(made)) if truth.slides else headings
    missing, invented, right = compare(wanted, found, elided=truth.elided)
    shown_as_title = [one for one in missing if one in titles]
    missing = [one for one in missing if one not in titles]
    sentences = sum(any(one in text for text in texts) for one in truth.sentences)
    rows = sum(any(one in text for text in texts) for one in truth.rows)
    tables = sum(one.kind == "table" for one in made)
    lines = [
        f"{path.name:28} {right + len(shown_as_title):5}/{len(wanted):<5} {len(missing):4} {len(invented):4}   "
        f"{len(made):5} ({truth.counts[0]})  {sentences}/{len(truth.sentences)}  {tables:4} ({truth.counts[1]})  "
        f"{rows}/{len(truth.rows)}  {len(content) / 1e6 / seconds:6.1f}"
    ]
    lines += [f"    missing   {one[:60]}" for one in missing]
    lines += [f"    invented  {one[:60]}" for one in invented]
    return lines


def main(patterns: list[str]) -> None:
    """Print the table of the samples whose names match."""
    print(f"{'':28} headings  miss  inv  passages     sent.  rows        row    MB/s")
    for pattern in patterns or ["*"]:
        for path in sorted(SAMPLES.glob(pattern)):
            if path.suffix.lower() in documents.SUFFIXES and not path.name.endswith(".md"):
                print("\n".join(measure(path)))


if __name__ == "__main__":
    main(sys.argv[1:])
