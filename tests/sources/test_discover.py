"""Which files are found under which paths: links, what could not be looked at, and what cannot be read."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from pathlib import Path

import pytest

import indexer
from indexer.errors import ReadError
from indexer.index.index import Index
from indexer.model import Failure
from indexer.model.ids import content_digest
from indexer.sources.discover import discover
from indexer.sources.source_file import SourceFile
from tests.sources.files import reasons
from tests.support import as_nobody, paths, write


class TestWhatCannotBeLookedAt:
    """It is not gone: neither pruned nor taken for renamed."""

    def blind(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        scan = os.scandir

        def scandir(path: str) -> object:
            if str(path) == str(folder):
                raise PermissionError(13, "Permission denied", path)
            return scan(path)

        monkeypatch.setattr("indexer.sources.discover.os.scandir", scandir)

    def test_documents_in_a_forbidden_folder_stay(
        self, index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(corpus / "里" / "深" / "三.txt", "锁在里面的内容。")
        index.update([corpus])
        before = index.document("语料/里/深/三.txt").id
        self.blind(monkeypatch, corpus / "里")
        write(corpus / "外.txt", "锁在里面的内容。")
        report = index.update([corpus], prune=True)
        assert [failure.path for failure in report.failed] == ["语料/里"]
        assert (report.added, report.renamed, report.removed) == (("语料/外.txt",), (), ())
        assert index.document("语料/里/深/三.txt").id == before

    def test_documents_behind_a_broken_link_stay(self, index: Index, corpus: Path, tmp_path: Path) -> None:
        write(tmp_path / "盘" / "三.txt", "另一块盘上的。")
        (corpus / "盘").symlink_to(tmp_path / "盘")
        index.update([corpus], follow_links=True)
        (tmp_path / "盘").rename(tmp_path / "拔掉")
        report = index.update([corpus], prune=True, follow_links=True)
        assert [failure.path for failure in report.failed] == ["语料/盘"]
        assert "语料/盘/三.txt" in paths(index)

    @pytest.mark.parametrize("known_by_itself", [True, False])
    def test_a_folder_without_any_document_is_not_pruned(
        self, index: Index, corpus: Path, tmp_path: Path, *, known_by_itself: bool
    ) -> None:
        write(tmp_path / "盘.txt", "旁边还有一份。")
        index.update([corpus] if known_by_itself else [tmp_path / "盘.txt"])
        index.update([corpus])
        for file in list(corpus.iterdir()):
            file.unlink()
        write(corpus / "图.png", "不是文档")
        assert not index.update([corpus]).failed
        report = index.update([corpus], prune=True)
        assert report.removed == ()
        assert "2 份都留着" in reasons(report.failed)["语料"]
        assert len(index.documents()) >= 2

    def test_an_empty_root_inside_another_is_not_pruned_with_it(
        self, index: Index, corpus: Path, tmp_path: Path
    ) -> None:
        index.update([corpus])
        write(tmp_path / "外.txt", "外面的。")
        index.update([tmp_path])
        for file in list(corpus.iterdir()):
            file.unlink()
        report = index.update([tmp_path], prune=True)
        assert (report.removed, [failure.path for failure in report.failed]) == ((), ["语料"])


class TestLinks:
    def failing(self, index: Index, corpus: Path) -> dict[str, str]:
        report = index.update([corpus])
        assert {"语料/一.md", "语料/二.txt"} <= {*report.added, *report.unchanged}
        return reasons(report.failed)

    def test_a_loop_is_named(self, index: Index, corpus: Path) -> None:
        (corpus / "圈").symlink_to(corpus)
        assert "成环" in self.failing(index, corpus)["语料/圈"]

    def test_a_broken_one_is_named(self, index: Index, corpus: Path) -> None:
        (corpus / "断.txt").symlink_to(corpus / "没有")
        (corpus / "断.png").symlink_to(corpus / "没有")
        assert self.failing(index, corpus) == {"语料/断.txt": "链接指向的文件不存在。请修好或删掉它。"}

    @pytest.mark.parametrize("name", ["圈.txt", "圈"])
    def test_one_that_leads_to_itself_is_named(self, index: Index, corpus: Path, name: str) -> None:
        (corpus / name).symlink_to(name)
        assert "绕回了自己" in self.failing(index, corpus)[f"语料/{name}"]
        assert "绕回了自己" in reasons(index.update([corpus / name]).failed)[str(corpus / name)]

    def test_one_into_a_forbidden_folder_is_named(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "根"
            write(root / "一.txt", "内容")
            write(Path(folder) / "禁" / "二.txt", "内容")
            (root / "二.txt").symlink_to(Path(folder) / "禁" / "二.txt")
            (Path(folder) / "禁").chmod(0o600)
            Path(folder).chmod(0o755)
            with as_nobody():
                found = discover([root], follow_links=True)
        assert list(found.files) == ["根/一.txt"]
        assert "打不开" in reasons(found.failures)["根/二.txt"]

    def test_one_that_leads_out_is_named_and_not_followed(self, index: Index, corpus: Path, tmp_path: Path) -> None:
        write(tmp_path / "外" / "密.txt", "不该给人看。")
        (corpus / "外").symlink_to(tmp_path / "外")
        (corpus / "密.txt").symlink_to(tmp_path / "外" / "密.txt")
        (corpus / "图.png").symlink_to(tmp_path / "外" / "密.txt")
        failed = self.failing(index, corpus)
        assert list(failed) == ["语料/密.txt", "语料/外"] or list(failed) == ["语料/外", "语料/密.txt"]
        assert all("通到目录外面" in reason and "--follow-links" in reason for reason in failed.values())
        assert set(index.update([corpus], follow_links=True).added) == {"语料/外/密.txt", "语料/密.txt"}
        report = index.update([corpus], prune=True)
        assert (len(report.failed), report.removed) == (2, ())

    def test_one_that_stays_inside_is_followed(self, index: Index, corpus: Path, tmp_path: Path) -> None:
        write(corpus / "里" / "三.txt", "里面的。")
        (corpus / "近").symlink_to("里")
        (corpus / "四.txt").symlink_to(corpus / "里" / "三.txt")
        (tmp_path / "另一个名字").symlink_to(corpus)
        assert self.failing(index, corpus) == {}
        assert "语料/四.txt" in paths(index)
        assert discover([tmp_path / "另一个名字"]).failures == []

    def test_one_to_another_folder_that_is_given_later_is_followed(self, tmp_path: Path) -> None:
        write(tmp_path / "乙" / "文.txt", "内容")
        write(tmp_path / "甲" / "文.txt", "内容")
        (tmp_path / "甲" / "链.txt").symlink_to(tmp_path / "乙" / "文.txt")
        found = discover([tmp_path / "甲", tmp_path / "乙"])
        assert (sorted(found.files), found.failures) == (["乙/文.txt", "甲/文.txt", "甲/链.txt"], [])

    def test_folders_linked_to_each_other_are_looked_into_once(self, tmp_path: Path) -> None:
        folders = [tmp_path / "根" / str(number) for number in range(9)]
        for folder in folders:
            write(folder / "文.txt", "内容")
        for folder in folders:
            for other in folders:
                if other is not folder:
                    (folder / f"到{other.name}").symlink_to(other)
        assert sorted(discover([tmp_path / "根"]).files) == [f"根/{number}/文.txt" for number in range(9)]

    def test_a_folder_goes_by_its_own_name_before_any_link_to_it(self, tmp_path: Path) -> None:
        write(tmp_path / "甲" / "尾" / "文.txt", "内容")
        write(tmp_path / "乙" / "文.txt", "内容")
        (tmp_path / "甲" / "a").symlink_to("尾")
        (tmp_path / "甲" / "b").symlink_to(tmp_path / "乙")
        assert sorted(discover([tmp_path / "甲", tmp_path / "乙"]).files) == ["乙/文.txt", "甲/尾/文.txt"]
        assert sorted(discover([tmp_path / "甲"], follow_links=True).files) == ["甲/b/文.txt", "甲/尾/文.txt"]

    def test_folders_may_be_nested_deeply(self, tmp_path: Path) -> None:
        folders = [f"{tmp_path}/根{'/d' * depth}" for depth in range(1500)]
        for folder in folders:
            os.mkdir(folder)  # noqa: PTH102 - pathlib takes paths apart recursively
        Path(folders[-1], "文.txt").write_text("内容", "utf-8")
        try:
            assert len(discover([tmp_path / "根"]).files) == 1
        finally:
            Path(folders[-1], "文.txt").unlink()  # pytest would delete recursively
            for folder in reversed(folders):
                os.rmdir(folder)  # noqa: PTH106


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_what_is_no_regular_file_is_named_and_never_opened(index: Index, corpus: Path) -> None:
    os.mkfifo(corpus / "管.txt")
    os.mkfifo(corpus / "管")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(corpus / "座.md"))  # addresses of sockets are short
        (corpus / "空.txt").symlink_to(os.devnull)
        report = index.update([corpus])
    assert set(reasons(report.failed)) == {"语料/管.txt", "语料/管", "语料/座.md", "语料/空.txt"}
    assert all("不是普通文件" in failure.reason for failure in report.failed)
    assert len(report.added) == 2


def test_files_of_other_formats_are_counted_by_ending(index: Index, corpus: Path) -> None:
    for name in ("甲.rar", "深/乙.RAR", "丙.et", "说明", ".隐藏.rar"):
        write(corpus / name, "")
    report = index.update([corpus])
    assert report.skipped == {".rar": 2, ".et": 1, "": 1}
    assert next(iter(report.skipped)) == ".rar"


def test_marks_of_files_that_are_open_in_office_are_no_files(index: Index, corpus: Path) -> None:
    for name in ("~$合同.docx", "~草稿.txt", "$附.txt"):
        write(corpus / name, "桥归市里管。")
    report = index.update([corpus])
    assert {"语料/~草稿.txt", "语料/$附.txt"} <= set(report.added)
    assert (report.failed, report.skipped) == ((), {})


def test_a_forbidden_file_is_named() -> None:
    failures: list[Failure] = []
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "可.txt", "内容")
        list(indexer.read([folder]))  # what this imports may lie where nobody may look
        write(Path(folder) / "禁.txt", "内容")
        (Path(folder) / "禁.txt").chmod(0)
        Path(folder).chmod(0o755)
        with as_nobody():
            list(indexer.read([folder], on_failure=failures.append))
    (failure,) = failures
    assert failure.path.endswith("禁.txt")
    assert "打不开" in failure.reason


class TestContent:
    """What can go wrong with a file that was found: a ReadError with a sentence and a way out, never another error."""

    def refused(self, path: Path) -> ReadError:
        with pytest.raises(ReadError) as caught:
            SourceFile(path, path.name).content()
        assert caught.value.hint
        with pytest.raises(ReadError) as of_digest:
            SourceFile(path, path.name).digest()
        assert str(of_digest.value) == str(caught.value)
        return caught.value

    @pytest.mark.parametrize("content", [b"", b"\xff\r\n", b"x" * 200_000])
    def test_bytes_as_they_are(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "甲.md").write_bytes(content)
        source = SourceFile(tmp_path / "甲.md", "甲.md")
        assert source.content() == content
        assert source.digest() == content_digest(content)

    def test_missing_and_directory(self, tmp_path: Path) -> None:
        (tmp_path / "目录.md").mkdir()
        assert "不存在" in self.refused(tmp_path / "无.md").message
        assert "目录" in self.refused(tmp_path / "目录.md").message

    def test_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def deny(path: str, _: int) -> int:
            raise PermissionError(13, os.strerror(13), path)

        monkeypatch.setattr("indexer.sources.source_file.os.open", deny)
        write(tmp_path / "甲.md", "文")
        assert "权限" in self.refused(tmp_path / "甲.md").message

    def test_other_system_errors(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(path: str, _: int) -> int:
            raise OSError(5, "Input/output error", path)

        monkeypatch.setattr("indexer.sources.source_file.os.open", fail)
        write(tmp_path / "甲.md", "文")
        assert "磁盘读写出错" in self.refused(tmp_path / "甲.md").message

    def test_a_large_one_by_its_size_alone(self, tmp_path: Path) -> None:
        with (tmp_path / "稀.txt").open("wb") as file:
            file.truncate(3 << 30)
        error = self.refused(tmp_path / "稀.txt")
        assert "3072 MB" in error.message
        assert "--max-file-mb 3072" in error.hint

    def test_one_of_just_the_size_that_is_allowed(self, tmp_path: Path) -> None:
        file = tmp_path / "甲.txt"
        write(file, "x" * 100)
        assert len(SourceFile(file, "甲.txt", 100).content()) == 100
        with pytest.raises(ReadError, match="上限"):
            SourceFile(file, "甲.txt", 99).content()

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
    def test_a_pipe_is_never_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "管.txt")
        assert "不是普通文件" in self.refused(tmp_path / "管.txt").message


class TestPatterns:
    def test_a_pattern_finds_files_and_folders(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("甲/一.md", "甲/二.txt", "甲/深/三.md", "甲/图.png", "乙/四.md"):
            write(tmp_path / name, "字")
        monkeypatch.chdir(tmp_path)
        assert sorted(discover(["甲/*.md"]).files) == ["甲/一.md"]
        assert sorted(discover(["**/*.md"]).files) == ["乙/四.md", "深/三.md", "甲/一.md"]
        sources = discover(["甲/*"])
        assert sorted(sources.files) == ["深/三.md", "甲/一.md", "甲/二.txt"]
        assert (sources.skipped, sources.failures) == (["甲/图.png"], [])

    def test_what_fits_nothing_is_refused(self, tmp_path: Path) -> None:
        sources = discover([tmp_path / "*.md"])
        assert len(sources.refused) == 1

    def test_a_name_with_the_characters_of_a_pattern_is_that_name(self, tmp_path: Path) -> None:
        write(tmp_path / "甲" / "[1].md", "字")
        write(tmp_path / "甲" / "1.md", "字")
        assert sorted(discover([tmp_path / "甲" / "[1].md"]).files) == ["甲/[1].md"]


def test_sizes_are_those_of_files_shared_by_members(tmp_path: Path) -> None:
    import zipfile

    write(tmp_path / "甲" / "一.txt", "字" * 10)
    with zipfile.ZipFile(tmp_path / "甲" / "包.zip", "w") as archive:
        archive.writestr("二.txt", "二")
        archive.writestr("三.txt", "三")
    sources = discover([tmp_path / "甲"])
    whole = (tmp_path / "甲" / "包.zip").stat().st_size
    assert sources.sizes() == {"甲/一.txt": 30, "甲/包.zip/二.txt": whole / 2, "甲/包.zip/三.txt": whole / 2}
    assert sources.have_bytes(30 + whole)
    assert not sources.have_bytes(31 + whole)


def test_no_files_have_no_bytes_and_none_is_newest(tmp_path: Path) -> None:
    assert not discover([tmp_path]).have_bytes(1)
    assert discover([tmp_path]).newest() is None


def test_the_newest_file_is_that_changed_last(tmp_path: Path) -> None:
    import zipfile

    for name in "甲乙丙":
        write(tmp_path / "文" / f"{name}.txt", name)
    later = time.time() + 1_000  # of what was written so quickly no time tells which was the last
    os.utime(tmp_path / "文" / "乙.txt", (later, later))
    with zipfile.ZipFile(tmp_path / "文" / "包.zip", "w") as archive:
        archive.writestr("丁.txt", "丁")
    os.utime(tmp_path / "文" / "包.zip", (later + 1, later + 1))
    found = discover([tmp_path / "文"])
    assert "文/包.zip/丁.txt" in found.files
    (tmp_path / "文" / "丙.txt").unlink()
    newest = found.newest()
    assert newest is not None
    assert newest.path == "文/乙.txt"
