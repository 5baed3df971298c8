"""The mill: LibreOffice makes one source a file of every format, and each must read as the source does.

It opens what it wrote itself, so this proves that the formats agree, not that all files of them are read; real files
are measured by ``bench.formats``. What a format, or LibreOffice writing it, cannot keep is listed here as data.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from indexer import documents
from indexer.documents import libreoffice
from indexer.model import Block, Kind, ParsedFile, Role

pytestmark = pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed")
Shown = tuple[int, Kind, Role, str]
FORMATS = ("odt", "docx", "rtf", "doc", "pdf", "epub")
# Formats that hold all that a document of a word processor is.
WHOLE = ("odt", "docx", "rtf", "doc")

HEADINGS = (1, Kind.HEADING, Role.BODY), (2, Kind.HEADING, Role.BODY)
BODY, TABLE = (0, Kind.BODY, Role.BODY), (0, Kind.TABLE, Role.BODY)
SOURCE = """<html><head><meta charset="utf-8"><title>雨水花园手册</title></head><body>
<p style="text-align:center"><b>雨水花园手册</b></p>
<h1>第一章 选址</h1><p>花园离房屋基础至少三米，离化粪池至少十五米。</p>
<h2>（一）土壤</h2>
<p>先做渗水试验<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>，下渗要快。</p>
<ol><li><p>挖一个三十厘米深的坑；</p></li><li><p>灌满水。</p></li></ol><ul><li><p>沙土最好</p></li></ul>
<h2>（二）日照</h2><p><b>朝向。</b>朝南的坡地光照最多。</p>
<p style="text-align:center">图1 下渗速度与土壤</p><p>资料来源：园艺站</p>
<h1>第二章 植物</h1>
<table border=1><tr><td><p>名称</p></td><td><p>株距</p></td></tr><tr><td><p>菖蒲</p></td><td><p>30</p></td></tr>
<tr><td colspan=2><p>以上各一株</p></td></tr></table>
<p>打印日期：<sdfield type=datetime sdnum="2052;2052;YYYY年M月D日">1999年1月1日</sdfield></p>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym"
href="#sdfootnote1anc">1</a>试验方法见附录。</p></div></body></html>"""
EXPECTED: list[Shown] = [
    (0, Kind.TITLE, Role.BODY, "雨水花园手册"),
    (*HEADINGS[0], "第一章选址"),
    (*BODY, "花园离房屋基础至少三米，离化粪池至少十五米。"),
    (*HEADINGS[1], "（一）土壤"),
    (*BODY, "先做渗水试验，下渗要快。"),
    (0, Kind.BODY, Role.FOOTNOTE, "试验方法见附录。"),
    (*BODY, "1.挖一个三十厘米深的坑；"),
    (*BODY, "2.灌满水。"),
    (*BODY, "沙土最好"),
    (*HEADINGS[1], "（二）日照"),
    (*BODY, "朝向。朝南的坡地光照最多。"),
    (0, Kind.CAPTION, Role.BODY, "图1下渗速度与土壤"),
    (0, Kind.SOURCE, Role.BODY, "资料来源：园艺站"),
    (*HEADINGS[0], "第二章植物"),
    (*TABLE, "名称株距"),
    (*TABLE, "菖蒲30"),
    (*TABLE, "以上各一株"),
    (*BODY, "打印日期："),
]
# LibreOffice writes EPUB without the numbers of lists, and notes at the end, with their signs.
OF_EPUB: dict[Shown, Shown | None] = {
    (*BODY, "先做渗水试验，下渗要快。"): (*BODY, "先做渗水试验¹，下渗要快。"),
    (0, Kind.BODY, Role.FOOTNOTE, "试验方法见附录。"): None,
    (*BODY, "1.挖一个三十厘米深的坑；"): (*BODY, "挖一个三十厘米深的坑；"),
    (*BODY, "2.灌满水。"): (*BODY, "灌满水。"),
}
NOTE_OF_EPUB: Shown = (0, Kind.BODY, Role.FOOTNOTE, "¹试验方法见附录。")
# The seed report: bodies, captions, sources, topics of each; None where the format forces another number. PDF knows
# lines and no paragraphs (``formats.pdf`` has tests of its own); EPUB is written without the bold of Han.
COUNTS: dict[str, tuple[int | None, int, int | None, int]] = {
    **dict.fromkeys(WHOLE, (81, 12, 10, 48)),
    "pdf": (None, 12, None, 48),
    "epub": (81, 12, 10, 0),
}


def run(folder: Path, target: str, source: Path, *more: str) -> Path:
    """Have LibreOffice make a file of a format."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    program = libreoffice.program()
    assert program
    command = [program, profile, "--headless", *more, "--convert-to", target, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{source.stem}.{target.partition(':')[0]}"


def ground(folder: Path, page: str) -> dict[str, Path]:
    """Return a file of each format, made from a page."""
    source = folder / "手册.html"
    source.write_text(page, "utf-8")
    odt = run(folder, "odt:writer8", source, "--infilter=HTML (StarWriter)")
    return {"odt": odt} | {name: run(folder, name, odt) for name in FORMATS[1:]}


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine is doing besides, the files of the mill are opened."""
    monkeypatch.setattr(libreoffice, "SECONDS", 3_600)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The source of this module in all formats."""
    return ground(tmp_path_factory.mktemp("mill"), SOURCE)


@pytest.fixture(scope="session")
def seed(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The seed report in all formats: it names no headings, so that each must be told by its looks and words."""
    (path,) = (corpora / "seed").glob("*.md")
    paragraphs = map(marked, read(path).blocks)
    head = '<html><head><meta charset="utf-8"></head><body>'
    return ground(tmp_path_factory.mktemp("seed"), f"{head}{''.join(paragraphs)}</body></html>")


def read(path: Path) -> ParsedFile:
    """Read a file."""
    return documents.read(path.read_bytes(), path.name)


def marked(block: Block) -> str:
    """Return a block as HTML, by its looks only."""
    pieces, at = [], 0
    for start, end in block.bold:
        pieces += [escape(block.text[at:start]), f"<b>{escape(block.text[start:end])}</b>"]
        at = end
    text = "".join([*pieces, escape(block.text[at:])]).replace("\n", "<br>")
    return f"<p{' align=center' if block.centered else ''}>{text}</p>"


def shown(path: Path) -> Iterator[Shown]:
    """Yield what a file was read as, without white space and the day on which LibreOffice opened it."""
    for block in read(path).blocks:
        text = "".join(block.text.split())
        if path.suffix != ".doc":
            text = re.sub(r"(?<=打印日期：)\d+年\d+月\d+日$", "", text)
        yield block.depth if block.heading else 0, block.kind, block.role, text


@pytest.mark.parametrize("name", WHOLE)
def test_formats_of_word_processors_read_the_same(made: dict[str, Path], name: str) -> None:
    assert list(shown(made[name])) == EXPECTED


def test_an_epub_reads_the_same_but_for_what_it_does_not_hold(made: dict[str, Path]) -> None:
    wanted = [other for one in EXPECTED if (other := OF_EPUB.get(one, one)) is not None]
    found = list(shown(made["epub"]))
    assert NOTE_OF_EPUB in found
    assert [one for one in found if one != NOTE_OF_EPUB] == wanted


def test_a_pdf_has_the_headings_and_all_of_the_text(made: dict[str, Path]) -> None:
    found = list(shown(made["pdf"]))
    assert [one[:2] for one in found if one[1] is Kind.HEADING] == [
        one[:2] for one in EXPECTED if one[1] is Kind.HEADING
    ]
    text = "".join(one[3] for one in found)
    assert [one[3] for one in EXPECTED if one[3] not in text.replace("试验1，", "试验，")] == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_seed_report(seed: dict[str, Path], name: str, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = read(seed[name]).blocks
    kinds = Counter(block.kind for block in blocks)
    depths = Counter(block.depth for block in blocks if block.heading)
    topics = {topic for block in blocks for topic in block.topics}
    found = (kinds[Kind.BODY], kinds[Kind.CAPTION], kinds[Kind.SOURCE], len(topics))
    with capsys.disabled():
        print(f"\nmill {name}: {dict(depths)} headings, bodies, captions, sources, topics {found}")
    assert depths == {1: 10, 2: 50}
    assert all(wanted in (None, count) for wanted, count in zip(COUNTS[name], found, strict=True)), found
