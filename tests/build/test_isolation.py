"""Files that crash, hang or fill the memory: whatever becomes of their process, they are failures by name."""

from __future__ import annotations

import errno
import os
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import indexer
from indexer import documents
from indexer.analysis import Analyzer
from indexer.build import containers, isolation, processes, workers
from indexer.build.isolation import Limits
from indexer.build.watched_process import Answer, WatchedProcess
from indexer.errors import ReadError
from indexer.index.index import Index
from indexer.model import Failure, ParsedFile, Recognition
from tests.documents.formats.pdf.writer import Page, pdf
from tests.support import write

_read = documents.read
FORMATS_TRIED = [".txt", ".md", ".html", ".csv", ".eml", ".pdf"]
FEW = [".txt", ".pdf"]


def made(text: str) -> bytes:
    page = Page()
    page.text(90, 700, text)
    return pdf([page])


def content(name: str, text: str) -> bytes:
    return made(text) if name.endswith(".pdf") else f"\n\n{text}\n".encode()


def read_badly(content: bytes, name: str, recognition: Recognition | None = None) -> ParsedFile:
    """Stand in for a parser with faults, which names call up."""
    if name.startswith("崩"):
        os._exit(11)
    if name.startswith("挂"):
        time.sleep(600)
    if name.startswith("大"):
        bytearray(4 << 30)
    return _read(content, name, recognition)


def be_bad() -> None:
    """Read badly, with all libraries loaded before anybody looks at the time."""
    for suffix in FORMATS_TRIED:
        documents.read(content(suffix, "一段话。"), f"甲{suffix}")
    documents.read = read_badly


def bad_parser(limits: Limits, name: str) -> Answer:
    be_bad()
    return isolation._parser(limits, name)


def bad_worker(analyzer: Analyzer, prepare: workers.Prepare, limits: Limits) -> Answer:
    be_bad()
    return workers._worker(analyzer, prepare, limits)


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> None:
    make = {isolation._parser: bad_parser, workers._worker: bad_worker, containers._opener: containers._opener}

    def start_badly(self: WatchedProcess, made: Callable[..., Answer], *given: object) -> None:
        start(self, make[made], *given)

    start = WatchedProcess.__init__
    monkeypatch.setattr(WatchedProcess, "__init__", start_badly)
    monkeypatch.setattr(isolation, "_spare", isolation._Spare())


@pytest.mark.parametrize("suffix", FORMATS_TRIED)
def test_the_same_as_here(suffix: str) -> None:
    there = content(suffix, "数据安全的一段话。")
    with isolation.reader(Limits()) as reader:
        assert reader.parse(there, f"甲{suffix}") == documents.read(there, f"甲{suffix}")


def test_an_error_is_the_same_as_here() -> None:
    with isolation.reader(Limits()) as reader, pytest.raises(ReadError, match="不是 PDF"):
        reader.parse(b"x", "乙.pdf")


def test_a_process_ends_with_its_build_unless_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_spare", isolation._Spare())

    def process() -> Any:
        with isolation.reader(Limits()) as reader:
            reader.parse(b"x", "a.txt")
            assert reader._process is not None
            return reader._process._process

    assert not process().is_alive()
    with isolation.keep_process():
        with isolation.keep_process():
            first = process()
        assert first.is_alive()
        assert process() is first
        with isolation.reader(Limits(9)) as other:
            assert other._process is None
        assert not first.is_alive()
        second = process()
    assert not second.is_alive()


@pytest.mark.parametrize("suffix", FEW)
def test_one_that_hangs_is_given_up(faults: None, suffix: str) -> None:
    with isolation.reader(Limits(2)) as reader, pytest.raises(ReadError, match="2 秒"):
        reader.parse(content(suffix, "甲的一段话。"), f"挂{suffix}")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not tell a process's memory")
@pytest.mark.parametrize("suffix", FEW)
def test_one_that_takes_too_much_memory(faults: None, suffix: str) -> None:
    with isolation.reader(Limits(memory=256 << 20)) as reader, pytest.raises(ReadError, match="内存"):
        reader.parse(content(suffix, "甲的一段话。"), f"大{suffix}")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_crash_is_the_files_failure_and_the_rest_goes_on(index: Index, tmp_path: Path, workers: int) -> None:
    folder = tmp_path / "文"
    folder.mkdir()
    for name in ("甲", "乙"):
        (folder / f"{name}.pdf").write_bytes(made(f"{name}的一段话。"))
    (folder / "坏.pdf").write_bytes(made("坏的一段话。")[:400])
    write(folder / "丙.txt", "丙的一段话。")
    report = index.update([folder], workers=workers)
    assert [failure.path for failure in report.failed] == ["文/坏.pdf"]
    assert len(report.added) == 3
    (hit,) = index.search("甲的一段话").hits[:1]
    assert hit.passage.page == 1


@pytest.mark.parametrize("suffix", FEW)
def test_after_a_crash_the_next_file_gets_a_new_process(faults: None, tmp_path: Path, suffix: str) -> None:
    for name in ("一", "崩", "崩二", "二"):
        (tmp_path / f"{name}{suffix}").write_bytes(content(suffix, f"{name}的一段话。"))
    failures: list[Failure] = []
    read = [document.path for document, _ in indexer.read([tmp_path], failures.append)]
    assert [Path(path).stem for path in read] == ["一", "二"]
    assert [(Path(failure.path).stem, "被中止" in failure.reason) for failure in failures] == [
        ("崩", True),
        ("崩二", True),
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_whatever_a_file_does_is_its_own_failure(faults: None, index: Index, tmp_path: Path, workers: int) -> None:
    folder = tmp_path / "文"
    folder.mkdir()
    for name in ("一.txt", "二.md", "三.html", "挂.md", "崩.html", "崩.csv", "大.txt"):
        (folder / name).write_bytes(content(name, f"{name[0]}的一段话。"))
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        for name in ("四.txt", "崩.txt"):
            archive.writestr(name, f"{name[0]}的一段话。")
    report = index.update([folder], workers=workers, max_seconds=15, memory=512 << 20)
    reasons = {failure.path.removeprefix("文/"): failure.reason for failure in report.failed}
    said = {"挂.md": "15 秒", "崩.html": "被中止", "崩.csv": "被中止", "大.txt": "内存", "包.zip/崩.txt": "被中止"}
    if not Path("/proc/self/statm").exists():
        del reasons["大.txt"], said["大.txt"]
    assert {path: said[path] in reason for path, reason in reasons.items()} == dict.fromkeys(said, True)
    assert {path.removeprefix("文/") for path in report.added} == {"一.txt", "二.md", "三.html", "包.zip/四.txt"}
    assert index.check() == ()


def test_where_no_process_can_be_had_what_cannot_crash_is_read_here(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_more(*_: object) -> None:
        raise OSError(errno.EAGAIN, "no more processes")

    monkeypatch.setattr(isolation, "_spare", isolation._Spare())
    monkeypatch.setattr(processes._Process, "start", no_more)
    write(tmp_path / "文" / "甲.txt", "甲的一段话。")
    (tmp_path / "文" / "乙.pdf").write_bytes(made("乙的一段话。"))
    report = index.update([tmp_path / "文"])
    assert report.added == ("文/甲.txt",)
    assert [(failure.path, "进程" in failure.reason) for failure in report.failed] == [("文/乙.pdf", True)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no forks")
def test_a_fork_starts_a_process_of_its_own() -> None:
    with isolation.reader(Limits()) as reader:
        before = reader.parse("一段话。".encode(), "甲.txt")
        reading, writing = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if not child:
            same = reader.parse("一段话。".encode(), "甲.txt") == before
            reader.close()
            os.write(writing, b"same" if same else b"other")
            os._exit(0)
        os.waitpid(child, 0)
        assert os.read(reading, 9) == b"same"
        os.close(reading)
        os.close(writing)
        assert reader.parse("一段话。".encode(), "甲.txt") == before
