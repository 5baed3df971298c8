"""Files of formats that may crash or hang: whatever becomes of their process, they are failures by name."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import indexer
from indexer import documents
from indexer.build import isolation
from indexer.build.isolation import Limits
from indexer.errors import ReadError
from indexer.index.index import Index
from indexer.model import Failure, ParsedFile, Recognition
from tests.documents.formats.pdf.writer import Page, pdf
from tests.support import write

_read = documents.read


def made(text: str) -> bytes:
    page = Page()
    page.text(90, 700, text)
    return pdf([page])


def read_badly(content: bytes, name: str, recognition: Recognition | None = None) -> ParsedFile:
    """Stand in for a library with faults, which names call up."""
    if name.startswith("崩"):
        os._exit(11)
    if name.startswith("挂"):
        time.sleep(600)
    if name.startswith("大"):
        bytearray(4 << 30)
    return _read(content, name, recognition)


def serve_badly(connection: Connection, memory: int) -> None:
    documents.read = read_badly
    isolation._serve(connection, memory)


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(isolation, "_serve", serve_badly)
    yield
    isolation.close()


def test_the_same_as_here() -> None:
    content = made("数据安全的一段话。")
    try:
        assert isolation.read(content, "甲.pdf") == documents.read(content, "甲.pdf")
        assert isolation._reader._process.is_alive()
        with pytest.raises(ReadError, match="不是 PDF"):
            isolation.read(b"x", "乙.pdf")
    finally:
        isolation.close()
    assert isolation._reader._process is None


def test_other_formats_need_no_process() -> None:
    assert isolation.read("甲。".encode(), "甲.txt").blocks
    assert isolation._reader._process is None


def test_one_that_hangs_is_given_up(faults: None) -> None:
    with pytest.raises(ReadError, match=r"0\.5 秒"):
        isolation.read(made("甲的一段话。"), "挂.pdf", Limits(0.5))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not tell a process's memory")
def test_one_that_takes_too_much_memory(faults: None) -> None:
    with pytest.raises(ReadError, match="内存"):
        isolation.read(made("甲的一段话。"), "大.pdf", Limits(memory=256 << 20))


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


def test_after_a_crash_the_next_file_gets_a_new_process(faults: None, tmp_path: Path) -> None:
    for name in ("一", "崩", "崩二", "二"):
        (tmp_path / f"{name}.pdf").write_bytes(made(f"{name}的一段话。"))
    failures: list[Failure] = []
    read = [document.path for document, _ in indexer.read([tmp_path], failures.append)]
    assert [Path(path).name for path in read] == ["一.pdf", "二.pdf"]
    assert [(Path(failure.path).name, "被中止" in failure.reason) for failure in failures] == [
        ("崩.pdf", True),
        ("崩二.pdf", True),
    ]
    assert isolation._reader._process is None
