"""Text on pages that are images: recognised where that is asked for, said where it was, and why it was not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pypdfium2
import pytest

import indexer
from indexer.documents.formats.pdf import read, recognition
from indexer.errors import BadParameter, ReadError
from indexer.model import Document, Kind, Passage, Recognition, page_ranges
from tests.documents.formats.pdf.test_reader import FULL, SECOND, page
from tests.documents.formats.pdf.writer import HEIGHT, WIDTH, Page, pdf

Install: TypeAlias = Callable[[str], None]
# What Tesseract writes of two lines at 300 dots an inch; the third word of the first is dirt.
FOUND = """level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
4\t1\t1\t1\t1\t0\t400\t400\t500\t50\t-1\t
5\t1\t1\t1\t1\t1\t400\t400\t200\t50\t96.1\t数据安全
5\t1\t1\t1\t1\t2\t590\t400\t100\t50\t91.5\t手册
5\t1\t1\t1\t1\t3\t690\t400\t60\t50\t3.0\t污
4\t1\t1\t1\t2\t0\t400\t500\t500\t50\t-1\t
5\t1\t1\t1\t2\t1\t400\t500\t110\t50\t90.0\tOpen
5\t1\t1\t1\t2\t2\t530\t500\t110\t50\t90.0\tData
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a program in the place of Tesseract."""

    def put(does: str) -> None:
        program = tmp_path / "tesseract"
        listing = 'if [ "$1" = --list-langs ]; then printf "List:\\nchi_sim\\neng\\n"; exit; fi'
        program.write_text(f"#!/bin/sh\n{listing}\n{does}\n", "utf-8")
        program.chmod(0o755)
        (tmp_path / "found.tsv").write_text(FOUND, "utf-8")
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    recognition._languages.cache_clear()
    yield put  # type: ignore[misc]
    recognition._languages.cache_clear()


@pytest.fixture
def finding(install: Install, tmp_path: Path) -> None:
    install(f'cat >/dev/null; cat "{tmp_path}/found.tsv"')


def scan() -> Page:
    made = Page()
    made.image()
    return made


def test_lines_come_with_their_spaces_and_without_dirt(finding: None) -> None:
    parsed = read(pdf([scan()]), "甲.pdf", Recognition())
    assert [(block.text, block.page) for block in parsed.blocks] == [("数据安全手册", 1), ("Open Data", 1)]
    assert parsed.recognized == (1,)
    assert not parsed.notes


def test_only_pages_without_text_are_recognised(finding: None) -> None:
    parsed = read(pdf([page([FULL, "完了。"]), scan(), page([SECOND])]), "甲.pdf", Recognition())
    assert [block.text for block in parsed.blocks if block.page != 2] == [FULL + "完了。", SECOND]
    assert parsed.recognized == (2,)


def test_an_empty_page_is_not_recognised(finding: None) -> None:
    assert read(pdf([page([FULL]), Page()]), "甲.pdf", Recognition()).recognized == ()


def test_without_being_asked_for_unread_pages_are_said() -> None:
    parsed = read(pdf([page([FULL]), scan(), scan(), page([SECOND]), scan()]), "甲.pdf")
    (note,) = parsed.notes
    assert note.startswith("第 2-3,5 页没有文字")
    assert "--ocr" in note


def test_a_page_that_takes_too_long_is_said_and_the_rest_is_read(install: Install) -> None:
    install("exec sleep 60")
    parsed = read(pdf([page([FULL]), scan()]), "甲.pdf", Recognition(page_seconds=0.2))
    assert [block.text for block in parsed.blocks] == [FULL]
    assert "0.2 秒" in parsed.notes[0]
    with pytest.raises(ReadError, match="没有文字") as caught:
        read(pdf([scan()]), "甲.pdf", Recognition(page_seconds=0.2))
    assert "0.2 秒" in caught.value.hint


def test_when_the_time_of_the_file_is_up_the_rest_stays_unread(finding: None) -> None:
    parsed = read(pdf([page([FULL]), scan(), scan()]), "甲.pdf", Recognition(seconds=-1))
    assert "第 2-3 页" in parsed.notes[0]


def test_what_the_program_complains_of_is_said(install: Install) -> None:
    install("cat >/dev/null; echo 'out of memory' >&2; exit 1")
    assert "out of memory" in read(pdf([page([FULL]), scan()]), "甲.pdf", Recognition()).notes[0]


def test_a_missing_program_or_language_is_said_before_anything_is_read(
    finding: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadParameter, match="chi_tra") as caught:
        recognition.require(Recognition("chi_sim+chi_tra"))
    assert "语言包" in caught.value.hint
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    with pytest.raises(BadParameter, match="没有找到 Tesseract"):
        next(iter(indexer.read([tmp_path], recognition=Recognition())))


def test_it_is_said_in_hits_and_documents_and_stays(finding: None, tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "甲.pdf").write_bytes(pdf([page([FULL, "完了。"]), scan()]))
    with indexer.create_index(tmp_path / "index") as index:
        (incomplete,) = index.update([folder]).incomplete
        assert incomplete.path.endswith("甲.pdf")
        assert index.update([folder], recognition=Recognition()).updated
        assert index.update([folder], recognition=Recognition()).unchanged
        assert index.update([folder]).unchanged
        found = indexer.results_to_dict(index.search("手册"))["hits"][0]
        assert (found["recognized"], found["page"], found["document"]["recognized_pages"]) == (True, 2, "2")
        assert not indexer.results_to_dict(index.search("完了"))["hits"][0]["recognized"]


def test_ranges_of_pages() -> None:
    assert page_ranges([]) is None
    assert page_ranges([1, 2, 3, 8, 10, 11]) == "1-3,8,10-11"
    document = Document("d", "甲.pdf", "甲", recognized_pages="1-3,8")
    pages = [(3, None), (4, None), (7, 8), (4, 5), (None, None)]
    passages = [Passage("d", 0, "话", kind=Kind.BODY, page=first, page_end=last) for first, last in pages]
    assert [document.is_recognized(passage) for passage in passages] == [True, False, True, False, False]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_tesseract_itself() -> None:
    recognition._languages.cache_clear()
    if "chi_sim" not in recognition._languages():
        pytest.skip("Tesseract has no Chinese")
    made = _photograph("数据安全管理制度")
    if made.pixels and not any(pixel < 128 for pixel in made.pixels[2]):
        pytest.skip("no font to draw Chinese with")
    recognition.require(Recognition())
    parsed = read(pdf([made]), "甲.pdf", Recognition())
    read_as = "".join(block.text for block in parsed.blocks)
    assert len(set(read_as) & set("数据安全管理制度")) > 4
    assert parsed.recognized == (1,)


def _photograph(text: str) -> Page:
    """A page that is an image of a text, drawn in whatever Chinese font there is."""
    shown = b"BT /H 14 Tf 60 600 Td <%s> Tj ET" % text.encode("utf-16-be").hex().encode()
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts ["
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>] >>"
    )
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R" % (WIDTH, HEIGHT)
        + b" /Resources << /Font << /H 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        font,
    )
    parts = (b"%d 0 obj\n%s\nendobj\n" % numbered for numbered in enumerate(objects, 1))
    document = pypdfium2.PdfDocument(b"%PDF-1.7\n" + b"".join(parts) + b"trailer\n<< /Root 1 0 R >>\n")
    bitmap = document[0].render(scale=4, grayscale=True)
    pixels = bytes(bitmap.buffer)
    rows = (pixels[at : at + bitmap.width] for at in range(0, len(pixels), bitmap.stride))
    made = Page()
    made.image((bitmap.width, bitmap.height, b"".join(rows)))
    bitmap.close()
    document.close()
    return made
