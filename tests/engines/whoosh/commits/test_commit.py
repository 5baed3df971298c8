"""A commit is all or nothing, also for other processes; a rebuild is one commit like any other."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import indexer
from indexer import errors
from indexer.build import update
from indexer.engines import ENTRIES
from indexer.engines.whoosh.commits import commit
from indexer.engines.whoosh.commits.toc import read_toc
from indexer.engines.whoosh.segments import array_file, layout
from indexer.engines.whoosh.segments.array_file import ArrayWriter
from indexer.engines.whoosh.segments.occurrences import Occurrences
from indexer.index import folder, location
from indexer.index.index import Index
from tests.support import ROOT, paths, write

# A build that stops after its first file until a line comes in; the third argument makes it a rebuild.
SLOW_BUILD = """
    import sys
    import indexer
    place, folder, rebuild = sys.argv[1:]
    index = indexer.create_index(place, replace_existing=True) if rebuild else indexer.open_index(place)
    def slowly(progress):
        print(progress.path, flush=True)
        sys.stdin.readline()
    index.update([folder], progress=slowly)
"""
OLD = ["语料/一.md", "语料/二.txt"]


@contextmanager
def building(index: Index, folder: Path, *, rebuild: bool) -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of building."""
    command = [sys.executable, "-c", textwrap.dedent(SLOW_BUILD), str(index.path), str(folder), "x" * rebuild]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **pipes, text=True, cwd=ROOT) as process:  # type: ignore[call-overload]
        assert process.stdout is not None
        assert process.stdout.readline()
        yield process
        process.kill()


def leftovers(index: Index) -> set[str]:
    """What the last commit does not need."""
    toc = read_toc(index.path)
    needed = {segment.segment_id() for segment in toc.segments} | {
        folder.MARKER.removesuffix(".json"),
        layout.LOCK_NAME,
        f"_{layout.INDEX_NAME}_{toc.generation}",
    }
    return {path.name for path in index.path.iterdir() if path.name.split(".")[0] not in needed or path.is_dir()}


@pytest.fixture
def more(tmp_path: Path) -> Path:
    write(tmp_path / "更多" / "三.txt", "还没有提交的文档。")
    return tmp_path / "更多"


class TestOtherProcesses:
    @pytest.mark.parametrize("rebuild", [False, True])
    @pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
    def test_a_build_that_dies_leaves_the_last_commit(
        self, index: Index, corpus: Path, more: Path, how: signal.Signals, *, rebuild: bool
    ) -> None:
        index.update([corpus])
        with building(index, more, rebuild=rebuild) as process:
            process.send_signal(how)
            process.wait(120)
        assert paths(index) == OLD
        with indexer.open_index(index.path) as reopened:
            assert reopened.check() == ()
            write(corpus / "四.txt", "之后还能写。")
            assert reopened.update([corpus]).added == ("语料/四.txt",)
        assert leftovers(index) == set()

    @pytest.mark.parametrize("rebuild", [False, True])
    @pytest.mark.parametrize("rebuilding", [False, True])
    def test_a_second_build_is_refused_and_the_first_goes_on(
        self, index: Index, corpus: Path, more: Path, *, rebuild: bool, rebuilding: bool
    ) -> None:
        index.update([corpus])
        with building(index, more, rebuild=rebuilding) as process:
            second = indexer.create_index(index.path, replace_existing=True) if rebuild else index
            write(corpus / "四.txt", "等着。")
            with pytest.raises(errors.IndexBusy, match="另一个"):
                second.update([corpus])
            assert paths(index) == OLD
            process.communicate("\n", 30)
            assert process.returncode == 0
        assert paths(index) == (["更多/三.txt"] if rebuilding else ["更多/三.txt", *OLD])
        assert index.check() == ()

    def test_an_open_reader_sees_a_commit_of_another_process(self, index: Index, corpus: Path) -> None:
        index.update([corpus])
        code = "import indexer,sys; indexer.open_index(sys.argv[1]).remove(['语料/一.md'])"
        subprocess.run([sys.executable, "-c", code, str(index.path)], check=True, cwd=ROOT)
        assert paths(index) == ["语料/二.txt"]
        assert index.search("纳税").total == 1

    def test_an_update_that_finds_another_commit_in_its_way_is_refused(
        self, index: Index, corpus: Path, more: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index.update([corpus])
        discover = update.discover

        def meanwhile(*given: object, **options: object) -> object:
            monkeypatch.undo()
            with indexer.open_index(index.path) as other:
                other.update([more])
            return discover(*given, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(update, "discover", meanwhile)
        write(corpus / "四.txt", "晚了一步。")
        with pytest.raises(errors.IndexBusy, match="刚刚"):
            index.update([corpus])
        assert paths(index) == ["更多/三.txt", *OLD]


class TestFailedCommits:
    """A disk that is full at some moment of a commit: the last one stays, and nothing of the failed one is left."""

    @pytest.mark.parametrize("rebuild", [False, True])
    @pytest.mark.parametrize(
        ("place", "step"),
        [(ArrayWriter, "add"), (Occurrences, "encoded"), (array_file.os, "fsync"), (commit, "write_toc")],
    )
    def test_a_full_disk(
        self, index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch, place: object, step: str, *, rebuild: bool
    ) -> None:
        index.update([corpus])

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        write(corpus / "三.txt", "放不下了。")
        target = indexer.create_index(index.path, replace_existing=True) if rebuild else index
        with monkeypatch.context() as patch, pytest.raises(errors.IndexUnavailable, match="磁盘已满"):
            patch.setattr(place, step, full)
            target.update([corpus])
        assert leftovers(index) == set()
        assert paths(index) == OLD
        assert target.update([corpus]).added == (
            ("语料/一.md", "语料/三.txt", "语料/二.txt") if rebuild else ("语料/三.txt",)
        )
        assert index.check() == ()

    def test_what_a_killed_build_left_is_gone_before_the_next_one_writes(
        self, index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index.update([corpus])
        (index.path / "MAIN.tmp").mkdir()
        for name in ("MAIN.tmp/abc.ctmp", "MAIN_abcdefgh.arrays", "_MAIN_7.toc.1700000000.5"):
            write(index.path / name, "剩下的")
        seen: list[set[str]] = []
        index.update([corpus], progress=lambda _: seen.append(leftovers(index)))
        assert seen == [set(), set()]

    def test_creation_starts_over_where_a_killed_one_left_off(self, index: Index, corpus: Path) -> None:
        (index.path / folder.MARKER).unlink()
        again = indexer.create_index(index.path)
        assert again.update([corpus]).added == tuple(OLD)
        assert leftovers(again) == set()


class TestRebuild:
    def rebuilt(self, index: Index, **options: object) -> Index:
        return indexer.create_index(index.path, replace_existing=True, **options)  # type: ignore[arg-type]

    def test_dictionaries_go_on(self, index: Index, corpus: Path, tmp_path: Path) -> None:
        write(tmp_path / "词.txt", "规范数据\n")
        write(tmp_path / "同义.txt", "车祸, 交通事故\n")
        write(tmp_path / "空.txt", "")
        files = {"userdict": tmp_path / "词.txt", "synonyms": tmp_path / "同义.txt"}
        self.rebuilt(index, **files).update([corpus])
        again = self.rebuilt(index)
        again.update([corpus])
        assert again.explain("规范数据").words == ("规范数据",)
        assert again.stats().fingerprint["synonyms"]
        without = self.rebuilt(index, userdict=tmp_path / "空.txt", synonyms=tmp_path / "空.txt")
        without.update([corpus])
        assert without.explain("规范数据").words != ("规范数据",)
        assert not without.stats().fingerprint["synonyms"]

    def test_the_old_one_is_read_till_the_new_one_is_there(self, index: Index, corpus: Path, more: Path) -> None:
        index.update([corpus])
        seen: list[list[str]] = []
        with self.rebuilt(index) as new:
            assert paths(new) == []
            report = new.update([more], progress=lambda _: seen.append(paths(index)))
            assert seen == [OLD]
            assert (report.added, report.passages) == (("更多/三.txt",), 1)
            assert paths(new) == paths(index) == ["更多/三.txt"]
            assert new.update([corpus]).added == tuple(OLD)
        assert index.search("数据").total == 2
        assert leftovers(index) == set()

    @pytest.mark.parametrize(
        "wrong", [["错字"], ["语料", "错字"], ["空"], ["语料", "空"], ["坏"], ["语料/图.png"], ["语料", "乙/语料"]]
    )
    def test_it_is_refused_where_a_path_has_nothing_to_read(
        self, index: Index, corpus: Path, tmp_path: Path, wrong: list[str]
    ) -> None:
        index.update([corpus])
        (tmp_path / "空").mkdir()
        write(corpus / "图.png", "")
        write(tmp_path / "乙" / "语料" / "一.txt", "同名的。")
        write(tmp_path / "坏" / "坏.txt", "\x01\x02" * 500)
        with pytest.raises(errors.BadParameter, match="原来的索引没有动"):
            self.rebuilt(index).update([tmp_path / each for each in wrong])
        assert paths(index) == OLD
        assert leftovers(index) == set()

    def test_readers_take_up_new_dictionaries(self, index: Index, corpus: Path, tmp_path: Path) -> None:
        index.update([corpus])
        assert index.search("数据").total == 2
        (tmp_path / "词.txt").write_text("规范数据处理活动\n", "utf-8")
        with self.rebuilt(index, userdict=tmp_path / "词.txt") as new:
            new.update([corpus])
        assert index.search("数据").total == 2
        assert index.explain("规范数据处理活动").words == ("规范数据处理活动",)
        write(corpus / "三.txt", "规范数据处理活动的办法。")
        assert index.update([corpus]).added == ("语料/三.txt",)

    def test_a_reader_that_cannot_segment_as_the_new_one_says_so(self, index: Index, corpus: Path) -> None:
        index.update([corpus])
        with indexer.open_index(index.path) as other:
            changed = other._engine.manifest().replace('"rjieba ', '"rjieba 0.0.')
            other._engine.apply([], changed)
        with pytest.raises(errors.IndexMismatch):
            index.search("数据")
        with pytest.raises(errors.IndexMismatch):
            index.update([corpus])

    @pytest.mark.parametrize("damage", [b"", b"broken"])
    def test_a_damaged_index_can_be_replaced(self, index: Index, corpus: Path, damage: bytes) -> None:
        index.update([corpus])
        for path in index.path.glob("*.*"):
            path.write_bytes(damage)
        with self.rebuilt(index) as new:
            assert new.update([corpus]).added == tuple(OLD)
        with indexer.open_index(index.path) as reopened:
            assert reopened.check() == ()
            assert leftovers(reopened) == set()


class TestOtherFormats:
    """A program of a new format rebuilds beside what programs of the old one read."""

    @contextmanager
    def old_program(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(ENTRIES, "whoosh", replace(ENTRIES["whoosh"], format=3))
            patch.setattr(layout, "INDEX_NAME", "MAIN3")
            yield

    @pytest.fixture
    def old(self, tmp_path: Path, corpus: Path) -> Index:
        with self.old_program():
            index = indexer.create_index(tmp_path / "旧")
            index.update([corpus])
        return index

    def test_the_marker_is_the_commit(self, old: Index, more: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def seen_by_the_old() -> list[str]:
            with self.old_program(), indexer.open_index(old.path) as reopened:
                assert reopened.check() == ()
                return paths(reopened)

        def interrupted(*_: object) -> None:
            assert seen_by_the_old() == OLD
            raise KeyboardInterrupt

        new = indexer.create_index(old.path, replace_existing=True)
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(location, "write_marker", interrupted)
            new.update([more])
        assert seen_by_the_old() == OLD
        assert list(old.path.glob("*MAIN7_[!W]*")) == []
        new.update([more])
        assert leftovers(new) == set()
        assert paths(indexer.open_index(old.path)) == ["更多/三.txt"]

    def test_readers_of_the_old_one_are_told(self, old: Index, more: Path) -> None:
        indexer.create_index(old.path, replace_existing=True).update([more])
        with self.old_program():
            for ask in (old.documents, old.stats, lambda: old.search("数据"), lambda: old.update([more])):
                with pytest.raises(errors.IndexMismatch, match="格式"):
                    ask()  # type: ignore[operator]

    def test_an_old_program_that_writes_keeps_a_new_one_out(self, old: Index, corpus: Path, more: Path) -> None:
        refused: list[errors.IndexBusy] = []

        def rebuild(_: object) -> None:
            with pytest.MonkeyPatch.context() as patch, pytest.raises(errors.IndexBusy) as caught:
                patch.setitem(ENTRIES, "whoosh", replace(ENTRIES["whoosh"], format=9))
                patch.setattr(layout, "INDEX_NAME", "MAIN9")
                indexer.create_index(old.path, replace_existing=True).update([more])
            refused.append(caught.value)

        with self.old_program():
            write(corpus / "三.txt", "旧程序写的。")
            old.update([corpus / "三.txt"], progress=rebuild)
            assert len(refused) == 1
            assert old.check() == ()
            assert leftovers(old) == set()


def test_every_format_has_file_names_of_its_own() -> None:
    """Whoever raises the format writes here by which name its files begin; a name is never used again."""
    names = {5: "MAIN", 6: "MAIN6", 7: "MAIN7"}
    assert names[ENTRIES["whoosh"].format] == layout.INDEX_NAME
    assert len(set(names.values())) == len(names)
    assert all(layout.OURS.match(f"{name}_a.trm") and layout.OURS.match(f"_{name}_1.toc") for name in names.values())
