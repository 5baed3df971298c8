"""Documents printed as PDF against themselves: ``python -m bench.printed [FILE.docx …]``.

LibreOffice prints each file, and the paragraphs and table rows that are read from the PDF are compared with those that
are read from the file. Without files, texts of the corpora, or the handbook, are printed in every combination of font,
size and setting below: they break their lines elsewhere in each. Printed are how many paragraphs, table rows and
headings are read as in the source, of how many; also how many headings the PDF has that the source has not. White space
and marks at which lines end do not count: LibreOffice leaves some of these out beyond the margin.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import SHARED
from indexer import documents
from indexer.documents import libreoffice
from indexer.errors import ReadError
from indexer.model import Block, Kind

FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Sans Mono CJK SC")
SIZES = (10.5, 12, 14, 16)
SETTINGS = {"left": "", "justified": "text-align:justify;", "indented": "text-align:justify;"}
_UNCOUNTED = re.compile(r"[\s，、。；：]")
# Of every so many texts of a corpus one is printed.
_TEXTS = 2


def sources() -> Iterator[Path]:
    """Yield texts of the corpora that are beside the project, else of the handbook."""
    seed = sorted((SHARED / "corpora" / "seed").glob("*.md"))
    laws = sorted((SHARED / "corpora" / "just-laws").rglob("*.md"), key=lambda path: (path.stat().st_size, path))
    found = [*seed, *(laws[len(laws) * part // (_TEXTS + 1)] for part in range(1, _TEXTS + 1) if laws)]
    yield from found or sorted(Path("docs").glob("*.md"))[:3]


def page_of(blocks: Sequence[Block], font: str, size: float, setting: str) -> str:
    """Return a page of HTML that shows blocks by their looks alone."""
    indent = f"text-indent:{2 * size}pt;margin-top:0;margin-bottom:0;" if setting == "indented" else ""
    style = f"font-family:'{font}';font-size:{size}pt;{SETTINGS[setting]}"
    paragraphs = "".join(_paragraph(block, style, indent) for block in blocks)
    return f'<html><head><meta charset="utf-8"></head><body>{paragraphs}</body></html>'


def _paragraph(block: Block, style: str, indent: str) -> str:
    pieces, at = [], 0
    for start, end in block.bold:
        pieces += [escape(block.text[at:start]), f"<b>{escape(block.text[start:end])}</b>"]
        at = end
    text = "".join([*pieces, escape(block.text[at:])]).replace("\n", "<br>")
    style += "text-align:center;" if block.centered else indent
    return f'<p style="{style}">{text}</p>'


def convert(files: Sequence[Path], target: str, folder: Path, *options: str) -> None:
    """Have LibreOffice convert files into a folder."""
    program = libreoffice.program()
    if program is None:
        sys.exit("没有安装 LibreOffice。 LibreOffice is not installed.")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", *options, "--convert-to", target, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True)


def read(path: Path) -> Counter[tuple[str, str]]:
    """Return what a file is read as: kind, and text without what does not count; nothing where it cannot be read."""
    try:
        blocks = documents.read(path.read_bytes(), path.name).blocks
    except ReadError as error:
        print(f"{path.name}: {error.message}", file=sys.stderr)
        return Counter()
    return Counter((_kind(block), _UNCOUNTED.sub("", block.text)) for block in blocks)


def _kind(block: Block) -> str:
    return f"heading {block.depth}" if block.heading else "row" if block.kind is Kind.TABLE else "paragraph"


def compared(source: Path, printed: Path) -> Counter[str]:
    """Count what is read from a file, from its PDF, and from both, by sort."""
    one, other = read(source), read(printed)
    counts: Counter[str] = Counter()
    for name, found in (("source", one), ("printed", other), ("both", one & other)):
        for (kind, _), count in found.items():
            counts[f"{kind.partition(' ')[0]}s {name}"] += count
    return counts


def line(name: str, counts: Counter[str]) -> str:
    """Return the line of a file or a group of them."""
    shares = [
        f"{counts[f'{sort}s both']:>6} / {counts[f'{sort}s source']:<6}" for sort in ("paragraph", "row", "heading")
    ]
    return f"{name:44}{''.join(shares)}{counts['headings printed'] - counts['headings both']:>6}"


def in_all_settings(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Yield font, size and setting, a text set so, and that printed."""
    pages: dict[str, Path] = {}
    for path in sources():
        blocks = documents.read(path.read_bytes(), path.name).blocks
        for font, size, setting in product(FONTS, SIZES, SETTINGS):
            name = f"{font}, {size} pt, {setting}"
            page = folder / f"{len(pages)}.html"
            page.write_text(page_of(blocks, font, size, setting), "utf-8")
            pages[f"{name}\t{len(pages)}"] = page
    convert(list(pages.values()), "odt:writer8", folder, "--infilter=HTML (StarWriter)")
    convert([page.with_suffix(".odt") for page in pages.values()], "pdf", folder)
    for name, page in pages.items():
        yield name.partition("\t")[0], page.with_suffix(".odt"), page.with_suffix(".pdf")


def of_files(files: Sequence[Path], folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Yield the names of files, the files, and these printed."""
    convert(files, "pdf", folder)
    yield from ((path.name[:40], path, folder / f"{path.stem}.pdf") for path in files)


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    with TemporaryDirectory() as made:
        folder, total, groups = Path(made), Counter[str](), dict[str, Counter[str]]()
        for name, source, printed in (
            of_files(list(map(Path, arguments)), folder) if arguments else in_all_settings(folder)
        ):
            groups.setdefault(name, Counter()).update(compared(source, printed))
        print(f"{'':44}{'paragraphs':>15}{'rows':>15}{'headings':>15}{'more':>6}")
        for name, counts in groups.items():
            print(line(name, counts))
            total.update(counts)
        print(line("in all", total))


if __name__ == "__main__":
    main(sys.argv[1:])
