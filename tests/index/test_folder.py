"""The marker of a folder, and what the system does not let be read: told as it is, never as damage."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import indexer
from indexer import errors
from indexer.index.folder import MARKER
from indexer.index.index import Index
from tests.support import as_nobody, write

REFUSALS = {
    errno.EACCES: "权限",
    errno.EMFILE: "ulimit",
    errno.ENFILE: "ulimit",
    errno.EIO: "检查磁盘",
    errno.ENOSPC: "磁盘空间",
    errno.ENOMEM: "内存",
}


def told(ask: Callable[[], object]) -> errors.IndexUnavailable:
    """The error that asking ends in."""
    with pytest.raises(errors.IndexUnavailable) as caught:
        ask()
    assert type(caught.value) is errors.IndexUnavailable, caught.value
    assert "--rebuild" not in str(caught.value)
    assert "Errno" not in str(caught.value)
    return caught.value


@contextmanager
def refusing(monkeypatch: pytest.MonkeyPatch, number: int, name: str) -> Iterator[None]:
    """A system that opens no file or folder whose name holds ``name``."""

    def guarded(original: Callable[..., object]) -> Callable[..., object]:
        def refuse(path: object, *rest: object, **more: object) -> object:
            if name in Path(str(path)).name:
                raise OSError(number, os.strerror(number), str(path))
            return original(path, *rest, **more)

        return refuse

    with monkeypatch.context() as patch:
        for module, function in ((os, "open"), (os, "listdir"), (Path, "open")):
            patch.setattr(module, function, guarded(getattr(module, function)))
        yield


@pytest.mark.parametrize("number", REFUSALS)
@pytest.mark.parametrize("name", [MARKER, "index", ".toc", ".arrays"])
def test_what_the_system_refuses_is_itself(
    index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch, number: int, name: str
) -> None:
    index.update([corpus])
    with refusing(monkeypatch, number, name):
        caught = told(lambda: indexer.open_index(index.path))
    assert REFUSALS[number] in caught.hint
    assert errors.reason(OSError(number, "")) in caught.message
    assert indexer.open_index(index.path).search("数据").total == 2


@pytest.mark.parametrize("number", REFUSALS)
def test_an_open_index_goes_on_after_a_refusal(
    index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    index.update([corpus])
    with indexer.open_index(index.path) as other:
        write(corpus / "三.txt", "数据又一份。")
        index.update([corpus])
        with refusing(monkeypatch, number, ".arrays"):
            told(lambda: other.search("数据"))
        assert other.search("数据").total == 3


@pytest.mark.parametrize("name", [MARKER, "_MAIN7_1.toc", "*.arrays"])
def test_a_file_without_permission_is_not_damaged(index: Index, corpus: Path, name: str) -> None:
    index.update([corpus])
    for parent in index.path.parents:  # of the tests, which pytest makes for us alone
        if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & 0o005:
            parent.chmod(0o755)
    victims = list(index.path.glob(name))
    assert victims
    with as_nobody():
        assert indexer.open_index(index.path).search("数据").total == 2
    for path in victims:
        path.chmod(0)
    with as_nobody():
        assert "没有权限" in told(lambda: indexer.open_index(index.path)).message
    for path in victims:
        path.chmod(0o644)
    assert indexer.open_index(index.path).check() == ()


def test_too_few_descriptors_are_not_damage(index: Index, corpus: Path) -> None:
    index.update([corpus])
    indexer.open_index(index.path).search("数据")  # whatever is imported at first use
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
    try:
        caught = [told(lambda: indexer.open_index(index.path)), told(lambda: index.search("数据"))]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert all("ulimit" in error.hint for error in caught)
    assert index.search("数据").total == 2


def test_a_rebuild_does_not_drop_dictionaries_that_it_may_not_read(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "词.txt", "规范数据\n")
    with indexer.create_index(tmp_path / "index", userdict=tmp_path / "词.txt") as index:
        index.update([corpus])
    with refusing(monkeypatch, errno.EACCES, ".toc"):
        told(lambda: indexer.create_index(index.path, replace_existing=True))
    again = indexer.create_index(index.path, replace_existing=True)
    again.update([corpus])
    assert again.explain("规范数据").words == ("规范数据",)


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"[]",
        b"{}",
        b"5",
        b'{"format": 7, "engine": "whoosh"}',
        b'{"format": 7, "engine": "whoosh", "checksum": "00000000"}',
        b'{"format": 6, "engine": "whoosh", "checksum": "00000000"}',
        b"[" * 100_000,
    ],
)
def test_a_marker_that_is_not_what_was_written_is_damage(index: Index, stored: bytes) -> None:
    (index.path / MARKER).write_bytes(stored)
    with pytest.raises(errors.IndexDamaged):
        indexer.open_index(index.path)


@pytest.mark.parametrize("stored", [b'{"format": 6, "engine": "whoosh"}', b'{"format": 8, "engine": "whoosh"}'])
def test_a_marker_of_another_program_needs_no_checksum(index: Index, stored: bytes) -> None:
    (index.path / MARKER).write_bytes(stored)
    with pytest.raises(errors.IndexMismatch):
        indexer.open_index(index.path)
