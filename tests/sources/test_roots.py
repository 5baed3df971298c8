"""Which folder the beginning of a path stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.index.index import Index
from tests.sources.files import named, reasons
from tests.support import paths, write


class TestRoots:
    """One name, one folder."""

    @pytest.fixture
    def other(self, corpus: Path, tmp_path: Path) -> Path:
        """A folder elsewhere with the name of ``corpus``, one file of which has a namesake there."""
        folder = tmp_path / "另" / corpus.name
        write(folder / "一.md", "别的内容。")
        return folder

    @pytest.mark.parametrize("together", [True, False])
    @pytest.mark.parametrize("single", [True, False])
    @pytest.mark.parametrize("single_first", [True, False])
    def test_two_of_one_name_are_not_mixed(
        self, index: Index, corpus: Path, other: Path, *, together: bool, single: bool, single_first: bool
    ) -> None:
        first, second = (corpus / "一.md" if single_first else corpus), (other / "一.md" if single else other)
        if not together:
            index.update([first])
        report = index.update([first, second], prune=True)
        assert [failure.path for failure in report.failed] == [str(second)]
        assert str(corpus) in report.failed[0].reason
        assert index.passages("语料/一.md")[-1].text == "第一条 为了规范数据处理活动，制定本法。"
        assert (report.updated, report.removed) == ((), ())

    def test_a_folder_that_has_moved_is_the_same_root(self, index: Index, corpus: Path, tmp_path: Path) -> None:
        index.update([corpus])
        (tmp_path / "新家").mkdir()
        moved = corpus.rename(tmp_path / "新家" / corpus.name)
        report = index.update([moved])
        assert (report.unchanged, report.failed) == (("语料/一.md", "语料/二.txt"), ())
        write(corpus / "三.txt", "旧地方又有了一个。")
        assert str(moved) in reasons(index.update([corpus]).failed)[str(corpus)]

    def test_another_name_of_the_same_folder_is_no_other(self, index: Index, corpus: Path, tmp_path: Path) -> None:
        index.update([corpus])
        (tmp_path / "别名").symlink_to(corpus)
        assert index.update([tmp_path / "别名"]).unchanged == ("语料/一.md", "语料/二.txt")

    def test_a_path_that_is_not_there(self, index: Index, corpus: Path) -> None:
        report = index.update([corpus, corpus / "没有"])
        assert [failure.reason for failure in report.failed] == ["没有这个文件或目录。请检查路径。"]
        assert len(report.added) == 2

    def test_a_place_that_is_no_text_is_remembered(self, index: Index, tmp_path: Path) -> None:
        folder = named(tmp_path, b"\xff\xfe")
        folder.mkdir()
        (folder / "一.txt").write_text("一段。", "utf-8")
        assert index.update([folder]).added == index.update([folder]).unchanged == ("\\xff\\xfe/一.txt",)


NESTED = ("书/前言.md", "书/卷/一.md", "书/卷/二.md", "书/卷/附/三.md")


class TestNestedRoots:
    """A file below two roots is one document."""

    @pytest.fixture
    def book(self, tmp_path: Path) -> Path:
        for path in NESTED:
            write(tmp_path / path, f"{path} 的内容。")
        return tmp_path / "书"

    @pytest.mark.parametrize(
        ("calls", "expected"),
        [
            ([["书"], ["书/卷"]], NESTED),
            ([["书", "书/卷"]], NESTED),
            ([["书/卷"], ["书"]], ("书/前言.md", "卷/一.md", "卷/二.md", "卷/附/三.md")),
            ([["书/卷", "书"]], ("书/前言.md", "卷/一.md", "卷/二.md", "卷/附/三.md")),
            ([["书/卷/附"], ["书"], ["书/卷"]], ("书/前言.md", "书/卷/一.md", "书/卷/二.md", "附/三.md")),
            ([["书/卷/一.md"], ["书"]], ("书/前言.md", "书/卷/二.md", "书/卷/附/三.md", "卷/一.md")),
            ([["书"], ["书/卷/一.md"]], NESTED),
        ],
    )
    def test_every_file_once(self, index: Index, book: Path, calls: list[list[str]], expected: tuple[str, ...]) -> None:
        for call in calls:
            assert not index.update([book.parent / each for each in call]).failed
        assert tuple(paths(index)) == expected
        assert set(index.update([book]).unchanged) == set(expected)

    @pytest.mark.parametrize("first", ["书", "书/卷"])
    def test_prune_reaches_what_lies_in_the_folders_named_whatever_its_root(
        self, index: Index, book: Path, first: str
    ) -> None:
        index.update([book.parent / first])
        index.update([book])
        inner = "书/卷" if first == "书" else "卷"
        (book / "前言.md").unlink()
        (book / "卷" / "二.md").unlink()
        assert index.update([book / "卷"], prune=True).removed == (f"{inner}/二.md",)
        (book / "卷" / "一.md").unlink()
        assert set(index.update([book], prune=True).removed) == {"书/前言.md", f"{inner}/一.md"}
        assert paths(index) == [f"{inner}/附/三.md"]

    def test_a_link_to_a_known_root_leads_to_its_documents(self, index: Index, corpus: Path, tmp_path: Path) -> None:
        index.update([corpus])
        write(tmp_path / "书" / "前言.md", "前言。")
        (tmp_path / "书" / "参考").symlink_to(corpus)
        report = index.update([tmp_path / "书"], prune=True)
        assert (report.added, report.unchanged) == (("书/前言.md",), ("语料/一.md", "语料/二.txt"))
