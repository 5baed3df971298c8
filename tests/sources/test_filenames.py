"""Names of files, whatever bytes they are."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePath

import pytest

from indexer.index.index import Index
from indexer.sources.filenames import suffix
from tests.sources.files import named


@pytest.mark.parametrize("name", ["甲.md", "甲.TXT", "卷.tar.gz", ".md", "甲.", "甲", "甲..md", "第1.2版", ".甲.md"])
def test_the_ending_is_that_of_pathlib(name: str) -> None:
    assert suffix(name) == PurePath(name).suffix.lower().removesuffix("." if name.endswith(".") else "")


class TestNames:
    @pytest.mark.parametrize(
        ("raw", "read"),
        [
            ("资料目录.txt".encode("gbk"), "资料目录.txt"),
            ("說明.txt".encode("gb18030"), "說明.txt"),
            (b"\xff\xfe.txt", "\\xff\\xfe.txt"),
            (b"caf\xe9.txt", "caf\\xe9.txt"),
            (unicodedata.normalize("NFD", "é.txt").encode(), "é.txt"),
        ],
    )
    def test_bytes_are_read_as_text(self, index: Index, corpus: Path, raw: bytes, read: str) -> None:
        named(corpus, raw).write_text("一段。", "utf-8")
        assert set(index.update([corpus]).added) == {"语料/一.md", f"语料/{read}", "语料/二.txt"}
        assert index.document(f"语料/{read}").title == read.removesuffix(".txt")

    def test_names_in_other_encodings_do_not_swallow_each_other(self, index: Index, corpus: Path) -> None:
        for name in ("甲乙.txt", "丙丁.txt"):
            named(corpus, name.encode("gbk")).write_text(f"{name}的内容。", "utf-8")
        for raw in (b"\xff\xfe.txt", b"\xfe\xff.txt"):
            named(corpus, raw).write_text(f"{raw!r}的内容。", "utf-8")
        assert len(index.update([corpus]).added) == 6

    @pytest.mark.parametrize(
        ("twins", "shown"),
        [
            (["é.txt".encode(), unicodedata.normalize("NFD", "é.txt").encode()], ["/é.txt", "/e\\u0301.txt"]),
            (["资料.txt".encode(), "资料.txt".encode("gbk")], ["/资料.txt", "/\\xd7\\xca\\xc1\\xcf.txt"]),
            (["\u8c48.txt".encode(), "\uf900.txt".encode()], ["/\u8c48.txt", "/\\uf900.txt"]),
        ],
    )
    def test_two_that_read_alike_are_both_named(
        self, index: Index, corpus: Path, twins: list[bytes], shown: list[str]
    ) -> None:
        for raw in twins:
            named(corpus, raw).write_text(f"{raw!r}的内容。", "utf-8")
        report = index.update([corpus])
        assert len(report.added) == 3
        (failure,) = report.failed
        assert all(name in failure.reason for name in shown)
