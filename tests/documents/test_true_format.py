"""Files whose ending says something else than their bytes."""

from __future__ import annotations

import pytest

from indexer import documents
from indexer.documents.true_format import true_name, true_suffix
from indexer.errors import ReadError
from tests.documents.formats.packages import zipped

PAGE = "<!DOCTYPE html>\n<html><body><h1>渡口</h1><p>渡船停了。</p></body></html>\n".encode()
MARKDOWN = "# 渡口\n\n渡船停了。\n\n## 一、渡船\n\n- 三只\n\n## 二、船工\n\n两位。\n".encode()
SETTINGS = "# 端口\nport = 80\n\n## 目录\nroot = /srv\n\n## 日志\nlog = on\n".encode()
WORD = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})


@pytest.mark.parametrize(
    ("content", "name", "actual"),
    [
        (b"%PDF-1.7 ...", "报告.docx", "报告.pdf"),
        (b"%PDF-1.7 ...", "报告.PDF", "报告.PDF"),
        (WORD, "报告.pdf", "报告.docx"),
        (WORD, "报告.txt", "报告.docx"),
        (WORD, "报告.doc", "报告.doc"),
        (WORD, "报告.docm", "报告.docm"),
        (zipped({"ppt/presentation.xml": "<p/>"}), "课件.docx", "课件.pptx"),
        (zipped({"xl/workbook.xml": "<w/>"}), "名册.csv", "名册.xlsx"),
        (zipped({"xl/workbook.bin": "w"}), "名册.xlsb", "名册.xlsb"),
        (zipped({"mimetype": "application/epub+zip"}), "书.odt", "书.epub"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "稿.docx", "稿.odt"),
        (b"{\\rtf1 x}", "稿.docx", "稿.rtf"),
        (b"{\\rtf1 x}", "稿.doc", "稿.doc"),
        (PAGE, "网页.txt", "网页.html"),
        (PAGE, "网页.pdf", "网页.html"),
        (PAGE, "网页.md", "网页.md"),
        (PAGE, "网页.xls", "网页.xls"),
        (MARKDOWN, "渡口.txt", "渡口.md"),
        (MARKDOWN.decode().encode("gb18030"), "渡口.TXT", "渡口.md"),
        # near-misses
        (MARKDOWN, "渡口.html", "渡口.html"),
        (SETTINGS, "设置.txt", "设置.txt"),
        ("## 渡船\n停了。\n## 船工\n两位。\n## 码头\n在修。\n".encode(), "渡口.txt", "渡口.txt"),
        ("# 渡船停了。\n#\n# 船工两位。\n# 码头在修。\n".encode(), "渡口.txt", "渡口.txt"),
        ("<html> 是网页的第一个标签，</html> 是最后一个。".encode(), "笔记.md", "笔记.md"),
        ("<html> 是网页的第一个标签。".encode(), "笔记.txt", "笔记.txt"),
        ("文件以 %PDF- 开头".encode(), "笔记.txt", "笔记.txt"),
        (zipped({"甲.txt": "甲"}), "稿.docx", "稿.docx"),
        (b"PK\x03\x04 cut off", "稿.pdf", "稿.pdf"),
        (b"", "稿.pdf", "稿.pdf"),
    ],
)
def test_the_first_bytes_tell(content: bytes, name: str, actual: str) -> None:
    assert true_name(content, name) == actual


def test_a_page_saved_as_text_is_read_as_a_page() -> None:
    parsed = documents.read(PAGE, "网页.txt")
    assert [block.text for block in parsed.blocks] == ["渡口", "渡船停了。"]


def test_markdown_saved_as_text_has_headings() -> None:
    parsed = documents.read(MARKDOWN, "渡口.txt")
    assert [block.heading for block in parsed.blocks if block.heading] == ["一、渡船", "二、船工"]


def test_a_file_that_says_nothing_is_what_its_ending_says() -> None:
    with pytest.raises(ReadError, match="不是 PDF"):
        documents.read("渡船停了。".encode(), "稿.pdf")
    assert true_suffix(b"\x00\x01", ".docx") == ".docx"


def test_what_may_crash_the_process_is_known_by_its_bytes_too() -> None:
    assert documents.is_isolated(b"%PDF-1.7", "报告.txt")
    assert not documents.is_isolated("渡船停了。".encode(), "报告.txt")
