"""All threads of a server use one heap; the garbage collector passes over what stays, and nothing stays for good."""

from __future__ import annotations

import gc
import platform
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from webui import allocator

_HEAPS = """
import ctypes, sys, threading
from webui.allocator import share_one_heap

if sys.argv[2] == "one":
    share_one_heap()
held, all_have, may_end = [], threading.Barrier(5), threading.Event()

def take():
    held.append(bytes(50_000))
    all_have.wait()
    may_end.wait()

threads = [threading.Thread(target=take) for _ in range(4)]
for each in threads:
    each.start()
all_have.wait()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(library.fopen(sys.argv[1].encode(), b"w"))
library.malloc_info(0, file)
library.fclose(file)
may_end.set()
"""


def heaps(folder: Path, asked: str) -> int:
    told = folder / asked
    subprocess.run([sys.executable, "-c", _HEAPS, str(told), asked], check=True)
    return told.read_text().count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has a heap for each thread")
def test_threads_share_one_heap(tmp_path: Path) -> None:
    assert heaps(tmp_path, "one") == 1
    assert heaps(tmp_path, "many") > 1


def test_nothing_is_done_where_the_library_has_no_such_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_library(_: object) -> object:
        raise OSError("none")

    monkeypatch.setattr("ctypes.CDLL", no_library)
    allocator.share_one_heap()
    monkeypatch.setattr(sys, "platform", "win32")
    allocator.share_one_heap()
    allocator.settle()


class _Commit:
    """Something that refers to itself, so that only the garbage collector frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def thawed() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("thawed")
def test_what_stays_is_passed_over_until_it_is_no_longer_needed() -> None:
    commits, gone = [_Commit()], []
    for _ in range(3):
        commits.append(_Commit())
        allocator.settle()
        gone.append(weakref.ref(commits.pop(0)))
        gc.collect()
        assert [each() is None for each in gone] == [True] * (len(gone) - 1) + [False]  # nobody looks at the last
    allocator.settle()
    assert gone[-1]() is None
    assert commits


@pytest.mark.usefixtures("thawed")
@pytest.mark.parametrize(("objects", "is_looked_at"), [(5_000, False), (20_000, True)])
def test_what_is_left_is_looked_at_less_often_but_it_is(objects: int, is_looked_at: bool) -> None:
    allocator.settle()
    gc.collect()
    gone = weakref.ref(_Commit())
    kept: list[list[int]] = [[] for _ in range(objects)]
    assert (gone() is None) is is_looked_at
    assert kept


@pytest.mark.usefixtures("thawed")
def test_no_garbage_is_looked_for_while_an_index_is_warmed_and_all_of_it_then() -> None:
    with pytest.raises(ValueError, match="broken"), allocator.settling():
        gone = weakref.ref(_Commit())
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled()
    assert gone() is None
