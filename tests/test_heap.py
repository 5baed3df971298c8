"""All threads use one heap, if that is asked for; where the C library knows of no such thing, nothing is done."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from indexer import heap

_HEAPS = """
import ctypes, sys, threading
from indexer import heap

if sys.argv[2] == "one":
    heap.share()
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
    for platform_name in ("linux", "win32"):
        monkeypatch.setattr(sys, "platform", platform_name)
        for tell in (heap.keep, heap.share, heap.trim):
            tell()
