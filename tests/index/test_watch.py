"""An index that follows its files: whatever happens to them, it comes to be what they are."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

import indexer
from indexer.engines.whoosh.commits.commit import Commit
from indexer.errors import IndexMissing
from indexer.index.index import Index
from indexer.index.watch import Watch
from indexer.model import UpdateReport, WatchState
from tests.support import paths, write

# Seconds after which a machine has hung; nothing is asserted of how long anything takes.
HUNG = 600


class Following:
    """A watch in a thread of its own."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.reports: Queue[UpdateReport] = Queue()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        for report in self.watch.run():
            self.reports.put(report)

    def until(self, index: Index, wanted: set[str]) -> None:
        """Take reports until the index holds these documents."""
        while set(paths(index)) != wanted:
            self.reports.get(timeout=HUNG)


@pytest.fixture
def following(index: Index, corpus: Path) -> Iterator[Following]:
    made = Following(index.watch([corpus]))
    yield made
    made.watch.stop()
    made.thread.join()


def test_files_are_followed(following: Following, corpus: Path, tmp_path: Path) -> None:
    with indexer.open_index(tmp_path / "index") as index:
        following.until(index, {"语料/一.md", "语料/二.txt"})
        write(corpus / "新" / "三.md", "# 新的\n\n后来写的。\n")
        following.until(index, {"语料/一.md", "语料/二.txt", "语料/新/三.md"})
        write(corpus / ".暂存", "# 换过\n\n一次写好再换上去的。\n")
        (corpus / ".暂存").replace(corpus / "一.md")
        while not index.search('"再换上去"', match="exact").total:
            following.reports.get(timeout=HUNG)
        (corpus / "二.txt").rename(corpus / "改名.txt")
        following.until(index, {"语料/一.md", "语料/改名.txt", "语料/新/三.md"})
        shutil.rmtree(corpus / "新")
        following.until(index, {"语料/一.md", "语料/改名.txt"})
        write(corpus / "新" / "四.md", "# 又有了\n\n目录重建了。\n")
        following.until(index, {"语料/一.md", "语料/改名.txt", "语料/新/四.md"})


def test_a_burst_is_followed(following: Following, corpus: Path, tmp_path: Path) -> None:
    wanted = {f"语料/批/{number}.txt" for number in range(300)}
    for number in range(300):
        write(corpus / "批" / f"{number}.txt", f"第{number}份。")
    with indexer.open_index(tmp_path / "index") as index:
        following.until(index, {"语料/一.md", "语料/二.txt", *wanted})


def test_a_folder_that_is_gone_is_waited_for_and_keeps_its_documents(
    following: Following, corpus: Path, tmp_path: Path
) -> None:
    with indexer.open_index(tmp_path / "index") as index:
        following.until(index, {"语料/一.md", "语料/二.txt"})
        corpus.rename(tmp_path / "拔掉")
        while not (following.watch.status.report or UpdateReport()).failed:
            following.reports.get(timeout=HUNG)
        assert len(paths(index)) == 2
        write(tmp_path / "拔掉" / "三.md", "拔掉的时候写的。")
        (tmp_path / "拔掉").rename(corpus)
        following.until(index, {"语料/一.md", "语料/二.txt", "语料/三.md"})


def test_an_ignore_file_counts_as_soon_as_it_is_there(following: Following, corpus: Path, tmp_path: Path) -> None:
    with indexer.open_index(tmp_path / "index") as index:
        following.until(index, {"语料/一.md", "语料/二.txt"})
        write(corpus / ".xunzhangignore", "*.txt\n")
        following.until(index, {"语料/一.md"})


def test_another_builder_is_waited_for(index: Index, corpus: Path, tmp_path: Path) -> None:
    other = Commit(tmp_path / "index")
    following = Following(index.watch([corpus]))
    waited = threading.Event()
    while following.watch.status.state != WatchState.WAITING:
        assert not waited.wait(0.05)  # only a moment for the other thread
    assert "另一个" in following.watch.status.problem
    other.abort()
    with indexer.open_index(tmp_path / "index") as reading:
        following.until(reading, {"语料/一.md", "语料/二.txt"})
    following.watch.stop()
    following.thread.join()
    assert (following.watch.status.state, following.watch.status.problem) == (WatchState.CURRENT, "")


def test_an_index_that_is_gone_ends_it(index: Index, corpus: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "index")
    watch = index.watch([corpus])
    with pytest.raises(IndexMissing):
        next(watch.run())
    assert watch.status.state == WatchState.STOPPED


def test_an_index_among_the_files_does_not_set_itself_going(corpus: Path) -> None:
    with indexer.create_index(corpus / "索引") as index:
        watch = index.watch([corpus])
        reports = watch.run()
        assert len(next(reports).added) == 2
        write(corpus / "三.txt", "后来写的。")
        assert next(reports).added == ("语料/三.txt",)  # not an update of nothing in between
        watch.stop()


@pytest.mark.parametrize("given", ["一.md", "*.md"])
def test_a_file_and_a_pattern_are_watched_where_they_are(index: Index, corpus: Path, given: str) -> None:
    watch = index.watch([corpus / given])
    reports = watch.run()
    assert next(reports).added == ("语料/一.md",)
    write(corpus / "一.md", "# 改了\n\n改过的。\n")
    assert next(reports).updated == ("语料/一.md",)
    watch.stop()
