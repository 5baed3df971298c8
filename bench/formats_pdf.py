"""Real PDF files against what a right reading of them shows: ``python -m bench.formats_pdf [PATTERN…]``.

Beside each sample stands ``NAME.truth.md``: bookmarks with their pages, how many articles and on which pages some of
them begin, names of divisions, sentences with their pages that must each be in one passage. A file is a row: how many
of each are right, sections that open with a number and are not in the truth, and MB read in a second of the processor.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench import SHARED
from indexer import documents
from indexer.analysis.numerals import to_chinese
from indexer.documents import passages
from indexer.errors import ReadError
from indexer.model import Passage

_BOOKMARK = re.compile(r"^ *- (.+) \(p\. (\d+)\)$", re.M)
_SENTENCE = re.compile(r"^- p\. (\d+): (.+)$", re.M)
_COUNT = re.compile(r"^Articles: .*?, (\d+) in number", re.M)
_BEGINS = re.compile(r"(\d+)→(\d+)")
_DIVISION = re.compile(r"第[一二三四五六七八九十百]+(?:分编|编|章|节)(?!第)")


def squeezed(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def measure(path: Path) -> list[str]:
    """Return the lines that say how one sample was read."""
    truth = path.with_name(f"{path.name}.truth.md").read_text("utf-8")
    content = path.read_bytes()
    start = time.process_time()
    try:
        parsed = documents.read(content, path.name)
    except ReadError as error:
        return [f"{path.name:28} {error.message}"]
    speed = len(content) / 1e6 / (time.process_time() - start)
    _, made = passages.build("d", path.stem, parsed)
    parts = [
        _share("bookmarks", _BOOKMARK.findall(truth), lambda one: _opens(made, one[0], int(one[1]))),
        _share("sentences", _SENTENCE.findall(truth), lambda one: _says(made, one[1], int(one[0]))),
        *_articles(truth, made),
        *_divisions(truth, made),
    ]
    cells = "  ".join(part[0] for part in parts if part[0])
    missing = [f"    missing   {one}" for part in parts for one in part[1]]
    return [f"{path.name:28} {len(made):5} passages  {cells}  {speed:.2f} MB/s", *missing]


def _share(name, wanted, is_right):  # type: ignore[no-untyped-def]
    missing = [str(one) for one in wanted if not is_right(one)]
    return (f"{name} {len(wanted) - len(missing)}/{len(wanted)}" if wanted else "", missing)


def _opens(made: Sequence[Passage], name: str, page: int) -> bool:
    wanted = squeezed(name)
    return any(squeezed(one.text) == wanted and one.page == page and one.kind in ("heading", "title") for one in made)


def _says(made: Sequence[Passage], sentence: str, page: int) -> bool:
    wanted = squeezed(sentence)
    return any(wanted in squeezed(one.text) and page - 1 <= (one.page or 0) <= page for one in made)


def _articles(truth: str, made: Sequence[Passage]):  # type: ignore[no-untyped-def]
    if not (count := _COUNT.search(truth)):
        return []
    pages = {one.section[-1]: one.page for one in reversed(made) if one.section}
    names = [f"第{to_chinese(number)}条" for number in range(1, int(count[1]) + 1)]
    begins = _BEGINS.findall(truth)
    return [
        _share("articles", names, pages.__contains__),
        _share("their pages", begins, lambda one: pages.get(f"第{to_chinese(int(one[0]))}条") == int(one[1])),
    ]


def _divisions(truth: str, made: Sequence[Passage]):  # type: ignore[no-untyped-def]
    listed = [squeezed(line[2:]) for line in truth.splitlines() if line.startswith("- 第")]
    wanted = {
        name for line in listed for name in re.split(r"(?<=.)(?=第[一二三四五六七八九十]+(?:分编|编|章|节))", line)
    }
    if not _COUNT.search(truth):
        return []
    headings = [squeezed(one.text) for one in made if one.kind == "heading" and _DIVISION.match(squeezed(one.text))]
    invented = [name for name in set(headings) if name not in wanted]
    share, missing = _share("divisions", sorted(wanted), headings.__contains__)
    return [(f"{share} (invented {len(invented)}: {invented[:5]})", missing)]


def main(patterns: Sequence[str]) -> None:
    """Print the rows of the samples whose names match."""
    for pattern in patterns or ["*.pdf"]:
        for path in sorted((SHARED / "samples").glob(pattern)):
            print("\n".join(measure(path)))


if __name__ == "__main__":
    main(sys.argv[1:])
