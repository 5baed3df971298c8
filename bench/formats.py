"""Real files of every format against what a right reading of them shows: ``python -m bench.formats [PATTERN…]``.

Beside each sample stands ``NAME.truth.md``: its headings in order, some with their pages, sentences that must each be
in one passage, table rows. A file is a row of the table: how many of these are right, missing, and, of headings,
invented; how many pages of those that are known are right; MB of the file read in a second of the processor. Headings
are compared without white space, in order; a title that stands alone counts as found. Articles of laws are counted, so
none of them is invented.

``--peers`` reads each sample once more in processes of its own, by us and by the libraries that are installed of
python-docx, python-pptx, openpyxl, odfpy, striprtf and pypdf: seconds of the processor, and the most MB of memory that
the process had. They give text and no headings, so they have less to do.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

from bench import SHARED
from indexer import documents
from indexer.analysis.numerals import to_chinese
from indexer.documents import passages
from indexer.errors import ReadError
from indexer.model import Passage

SAMPLES = SHARED / "samples"
_COUNTS = re.compile(r"^Blocks (\d+); table rows (\d+)", re.M)
_ARTICLES = re.compile(r"^Articles: .*?, (\d+) in number", re.M)
_BEGINS = re.compile(r"(\d+)→(\d+)")
_SLIDE = re.compile(r"(\d+) (.*)")
_ON_PAGE = re.compile(r"(.+) \(p\. (\d+)\)")
_PAGE_BEFORE = re.compile(r"p\. (\d+): (.+)")
_ROW = re.compile(r"(?:header|row \d+) ?: ?(.+)")
_DIVISION = re.compile(r"(?<=.)(?=第[一二三四五六七八九十]+(?:分编|编|章|节))")
_ARTICLE = re.compile(r"第[零一二三四五六七八九十百千]+条")
_MARK = re.compile(r"(?<=[\u4e00-\u9fff])[*＊]$")
_UNCONFIRMED = re.compile(r"\s*← not confirmed.*")
_LISTS = ("Headings", "Nav")
# Of the first line of a slide so much is compared, in code points without white space: truths are cut.
_FIRST = 30


def squeezed(text: str) -> str:
    """Return a text without white space, the bars between cells, and the mark of a footnote at its end."""
    return _MARK.sub("", "".join(text.replace("|", "").split()))


@dataclass(slots=True)
class Truth:
    """What a right reading shows.

    Attributes:
        headings: in order, without white space; of slides their first lines.
        pages: bookmark, article or sentence → the page it is on, where that is known.
        elided: whether only the first of the headings are listed.
    """

    headings: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)
    articles: int = 0
    counts: tuple[str, ...] = ("?", "?")
    elided: bool = False
    slides: bool = False

    @classmethod
    def read(cls, path: Path) -> Truth:
        """Read the truth beside a sample."""
        text = path.read_text("utf-8")
        truth = cls(elided="\n…\n" in text or "\n- then " in text)
        if counts := _COUNTS.search(text):
            truth.counts = counts.groups()
        if articles := _ARTICLES.search(text):
            truth.articles = int(articles[1])
            truth.pages |= {f"第{to_chinese(int(one))}条": int(page) for one, page in _BEGINS.findall(text)}
        for part in re.split(r"^## ", text, flags=re.M):
            title, *lines = part.splitlines()
            for line in lines:
                if line.strip().startswith("- "):
                    truth._note(title, _UNCONFIRMED.sub("", line.strip()[2:]))
        if truth.articles:  # some are listed with the line they share with others, and once more by themselves
            truth.headings = list(dict.fromkeys(truth.headings))
        return truth

    def _note(self, title: str, item: str) -> None:
        if row := _ROW.fullmatch(item):
            self.rows.append([squeezed(cell).strip('"') for cell in re.split(r" \| |,", row[1]) if cell.strip()])
        elif title.startswith("First line"):
            if slide := _SLIDE.match(item):
                self.slides = True
                self.headings.append(squeezed(slide[2])[:_FIRST])
        elif title.startswith("Bookmarks"):  # a choice of the headings
            if placed := _ON_PAGE.fullmatch(item):
                self.pages[squeezed(placed[1])] = int(placed[2])
        elif title.startswith(_LISTS) and not item.startswith("then "):
            name = squeezed(item.removeprefix("title: "))
            self.headings += _DIVISION.split(name) if self.articles else [name]
        elif "sentences" in title:
            placed = _PAGE_BEFORE.fullmatch(item)
            self.sentences.append(squeezed(placed[2] if placed else item))
            if placed:
                self.pages[self.sentences[-1]] = int(placed[1])
        elif "row" in title:
            self.rows.append([squeezed(cell) for cell in item.split("|")])


@dataclass(slots=True)
class Reading:
    """What a sample was read as."""

    passages: tuple[Passage, ...]
    headings: list[str]

    @classmethod
    def of(cls, content: bytes, path: Path, truth: Truth) -> Reading:
        """Read a sample."""
        parsed = documents.read(content, path.name)
        _, made = passages.build("d", path.stem, parsed)
        if truth.slides:
            return cls(made, first_lines(made))
        found = [squeezed(block.heading or block.text) for block in parsed.blocks if block.heading or block.level]
        if truth.articles:
            found = list(dict.fromkeys(one for one in found if not _ARTICLE.fullmatch(one)))
        return cls(made, found)

    def says(self, words: list[str], page: int | None = None) -> bool:
        """Tell whether one passage says all of these, on this page if one is given; it may have begun before it."""
        return any(
            all(word in text for word in words) and (page is None or page in (one.page, one.page_end))
            for one, text in zip(self.passages, self.texts, strict=True)
        )

    @property
    def texts(self) -> list[str]:
        """The texts of the passages without white space."""
        return [squeezed(one.text) for one in self.passages]


def first_lines(made: tuple[Passage, ...]) -> list[str]:
    """Return the first line of every page or slide."""
    first: dict[int, str] = {}
    for passage in made:
        if passage.page is not None:
            first.setdefault(passage.page, squeezed(passage.text.partition("\n")[0])[:_FIRST])
    return list(first.values())


def compare(wanted: list[str], found: list[str], *, elided: bool) -> tuple[list[str], list[str], int]:
    """Return what is missing, what is invented, and how many are right; after the end of an elided list all goes."""
    blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    right_wanted = {block.a + step for block in blocks for step in range(block.size)}
    right_found = {block.b + step for block in blocks for step in range(block.size)}
    end = max(right_found, default=-1) + 1 if elided else len(found)
    missing = [one for index, one in enumerate(wanted) if index not in right_wanted]
    invented = [one for index, one in enumerate(found[:end]) if index not in right_found]
    return missing, invented, len(right_wanted)


def measure(path: Path) -> list[str]:
    """Return the lines that say how one sample was read."""
    truth = Truth.read(path.with_name(f"{path.name}.truth.md"))
    content = path.read_bytes()
    start = time.process_time()
    try:
        reading = Reading.of(content, path, truth)
    except ReadError as error:
        return [f"{path.name:28} {error.message}"]
    speed = len(content) / 1e6 / max(time.process_time() - start, 1e-6)
    missing, invented, right = compare(truth.headings, reading.headings, elided=truth.elided)
    titles = [squeezed(one.text) for one in reading.passages if one.kind == "title"]
    shown = [one for one in missing if one in titles]
    missing = [one for one in missing if one not in titles]
    sections = {one.section[-1] for one in reading.passages if one.section}
    articles = [one for one in map(_article, range(1, truth.articles + 1)) if one not in sections]
    rows = [row for row in truth.rows if not reading.says(row)]
    sentences = [one for one in truth.sentences if not reading.says([one])]
    pages = [one for one, page in truth.pages.items() if not reading.says([one], page)]
    cells = [
        f"{right + len(shown)}/{len(truth.headings)}",
        str(len(missing)),
        str(len(invented)) if truth.headings else "",
        _share(truth.articles, len(articles)),
        f"{len(reading.passages)} ({truth.counts[0]})",
        _share(len(truth.sentences), len(sentences)),
        _share(len(truth.pages), len(pages)),
        f"{sum(one.kind == 'table' for one in reading.passages)} ({truth.counts[1]})",
        _share(len(truth.rows), len(rows)),
        f"{speed:.1f}",
    ]
    wrong = {"heading": missing, "invented": invented if truth.headings else [], "article": articles}
    wrong |= {"sentence": sentences, "page": pages, "row": [" ".join(row) for row in rows]}
    return [_line(path.name, cells), *(f"    {kind:9} {one[:70]}" for kind, ones in wrong.items() for one in ones)]


def _article(number: int) -> str:
    return f"第{to_chinese(number)}条"


def _share(wanted: int, missing: int) -> str:
    return f"{wanted - missing}/{wanted}" if wanted else ""


def _line(name: str, cells: list[str]) -> str:
    widths = (9, 5, 4, 10, 13, 6, 6, 11, 5, 6)
    return f"{name:28}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))


# ── peers ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ours(content: bytes, name: str) -> int:
    return sum(len(block.text) for block in documents.read(content, name).blocks)


def _python_docx(content: bytes, name: str) -> int:
    from docx import Document

    document = Document(BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return sum(len(one.text) for one in document.paragraphs) + sum(map(len, cells))


def _python_pptx(content: bytes, name: str) -> int:
    from pptx import Presentation

    shapes = (shape for slide in Presentation(BytesIO(content)).slides for shape in slide.shapes)
    return sum(len(shape.text_frame.text) for shape in shapes if shape.has_text_frame)


def _openpyxl(content: bytes, name: str) -> int:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    return sum(len(str(value)) for sheet in book for row in sheet.values for value in row if value is not None)


def _odfpy(content: bytes, name: str) -> int:
    from odf import teletype
    from odf.opendocument import load
    from odf.text import P

    return sum(len(teletype.extractText(one)) for one in load(BytesIO(content)).getElementsByType(P))


def _striprtf(content: bytes, name: str) -> int:
    from striprtf.striprtf import rtf_to_text

    return len(rtf_to_text(content.decode("latin-1"), errors="ignore"))


def _pypdf(content: bytes, name: str) -> int:
    from pypdf import PdfReader

    return sum(len(page.extract_text()) for page in PdfReader(BytesIO(content)).pages)


PEERS: dict[str, Callable[[bytes, str], int]] = {
    ".docx": _python_docx,
    ".pptx": _python_pptx,
    ".xlsx": _openpyxl,
    ".odt": _odfpy,
    ".rtf": _striprtf,
    ".pdf": _pypdf,
}


def _cost(read: Callable[[bytes, str], int], content: bytes, name: str) -> str:
    """Return what one reading takes in this process, its libraries loaded before."""
    import resource

    read(content, name)
    before = resource.getrusage(resource.RUSAGE_SELF)
    read(content, name)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return f"{after.ru_utime - before.ru_utime:7.2f} s {after.ru_maxrss / 1024:6.0f} MB"


def beside_peers(path: Path) -> Iterator[str]:
    """Yield a line for each that reads a sample: seconds of the processor, and the most memory its process had."""
    readers = [("xunzhang", _ours)]
    if peer := PEERS.get(path.suffix.lower()):
        readers.append((peer.__name__.strip("_").replace("_", "-"), peer))
    for name, read in readers:
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            try:
                said = pool.submit(_cost, read, path.read_bytes(), path.name).result()
            except ModuleNotFoundError:
                said = "is not installed"
            except Exception as error:
                said = f"fails: {type(error).__name__}"
        yield f"{path.name:28} {name:12} {said}"


def main(arguments: list[str]) -> None:
    """Print the table of the samples whose names match."""
    patterns = [one for one in arguments if not one.startswith("--")] or ["*"]
    paths = [path for pattern in patterns for path in sorted(SAMPLES.glob(pattern))]
    paths = [path for path in paths if path.suffix.lower() in documents.SUFFIXES and not path.name.endswith(".md")]
    if "--peers" in arguments:
        for path in paths:
            print("\n".join(beside_peers(path)))
        return
    print(_line("", ["headings", "miss", "inv", "articles", "passages", "sent.", "pages", "rows", "row", "MB/s"]))
    for path in paths:
        print("\n".join(measure(path)))


if __name__ == "__main__":
    main(sys.argv[1:])
