"""What one update knows of the files of the one before."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.build import update
from indexer.build.remembered import Remembered
from indexer.errors import ReadError
from indexer.index.index import Index
from indexer.sources.source_file import SourceFile
from tests.support import paths, write


class _Counting(SourceFile):
    """Tells how often it is read."""

    reads = 0

    def digest(self) -> str:
        type(self).reads += 1
        return super().digest()


@pytest.fixture
def source(tmp_path: Path) -> _Counting:
    write(tmp_path / "甲.txt", "第一版。")
    _Counting.reads = 0
    return _Counting(tmp_path / "甲.txt", "文/甲.txt")


def test_an_unchanged_file_is_read_once(source: _Counting) -> None:
    remembered = Remembered(settled=-(10**18))
    assert remembered.digest(source) == remembered.digest(source) == SourceFile.digest(source)
    assert source.reads == 1


def test_a_changed_file_is_read_again(source: _Counting) -> None:
    remembered = Remembered(settled=-(10**18))
    first = remembered.digest(source)
    write(source.file, "第二版长一些。")
    assert remembered.digest(source) != first


def test_a_file_that_another_took_the_place_of_is_read_again(source: _Counting, tmp_path: Path) -> None:
    remembered = Remembered(settled=-(10**18))
    first = remembered.digest(source)
    write(tmp_path / "乙.txt", "另一版。")  # as many bytes, and the same time
    before = source.file.stat()
    os.utime(tmp_path / "乙.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    (tmp_path / "乙.txt").replace(source.file)
    assert remembered.digest(source) != first


def test_a_file_that_was_changed_just_now_is_not_trusted(source: _Counting) -> None:
    remembered = Remembered(settled=10**18)
    remembered.digest(source)
    remembered.digest(source)
    assert source.reads == 2


def test_a_failure_is_remembered_until_the_file_changes(source: _Counting) -> None:
    remembered = Remembered(settled=-(10**18))
    remembered.digest(source)
    assert remembered.failure(source) is None
    remembered.fail(source, "坏了。")
    remembered.digest(source)
    assert remembered.failure(source) == "坏了。"
    write(source.file, "修好了的一版。")
    remembered.digest(source)
    assert remembered.failure(source) is None


def test_a_file_that_is_gone_is_a_failure_as_without(source: _Counting) -> None:
    source.file.unlink()
    with pytest.raises(ReadError):
        Remembered().digest(source)


def test_what_failed_is_told_again_and_not_read_again(
    index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "坏.txt").write_bytes(bytes(range(256)) * 30)
    remembered = Remembered(settled=-(10**18))
    first = index._update([corpus], remembered=remembered)
    assert [failure.path for failure in first.failed] == ["语料/坏.txt"]
    jobs: list[object] = []

    def read_all(wanted: object, *rest: object) -> object:
        jobs.extend(wanted)  # type: ignore[call-overload]
        return ((job, None) for job in jobs)

    monkeypatch.setattr(update, "read_all", read_all)
    assert index._update([corpus], remembered=remembered).failed == first.failed
    assert jobs == [None, None, None]


def test_a_long_update_is_committed_in_parts(index: Index, corpus: Path) -> None:
    for number in range(5):
        write(corpus / f"{number}.txt", f"第{number}份。")
    before = index.generation
    seen = []
    index._update([corpus], first_commit=0.0, progress=lambda _: seen.append(index.generation))
    assert len(set(seen)) > 1
    assert len(paths(index)) == 7
    assert before not in seen[2:]
