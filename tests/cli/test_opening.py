"""``open``: a folder on the page, from nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import indexer
from indexer.cli import opened_folders, opening
from tests.cli.conftest import Run
from tests.support import obey_interrupts, write


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(opened_folders.platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "缓存")
    return tmp_path / "缓存"


def test_folders_of_the_same_name_have_indexes_of_their_own(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        (tmp_path / name / "文").mkdir(parents=True)
    first, second = (
        opened_folders.index_folder(tmp_path / "甲" / "文"),
        opened_folders.index_folder(tmp_path / "乙" / "文"),
    )
    assert first != second
    assert first.name.startswith("文-")
    (tmp_path / "链接").symlink_to(tmp_path / "甲" / "文")
    assert opened_folders.index_folder(tmp_path / "链接") == first
    assert opened_folders.index_folder(tmp_path / "甲" / "文" / ".." / "文") == first


def test_an_index_goes_on_where_it_fits_and_is_made_anew_where_it_does_not(corpus: Path, tmp_path: Path) -> None:
    place = opened_folders.index_folder(corpus)
    write(tmp_path / "词.txt", "监督管理\n")
    with opening._opened(place, None, None, None) as index:
        index.update([corpus])
    with opening._opened(place, None, None, None) as index:
        assert len(index.documents()) == 2
    with opening._opened(place, tmp_path / "词.txt", None, None) as index:
        assert index.documents() == ()
        index.update([corpus])
    with opening._opened(place, tmp_path / "词.txt", None, None) as index:
        assert len(index.documents()) == 2
    assert place.parent.stat().st_mode & 0o777 == 0o700
    (place / "xunzhang.json").write_text("{}", "utf-8")
    with opening._opened(place, None, None, None) as index:
        assert index.documents() == ()


def test_where_there_is_no_index_those_of_open_are_named(run: Run, corpus: Path) -> None:
    assert len(run("search", "数据").stderr.splitlines()) == 1
    place = opened_folders.index_folder(corpus)
    (place.parent / "空").mkdir(parents=True)
    opening._opened(place, None, None, None).close()
    missing = run("search", "数据")
    assert (missing.exit_code, missing.stderr.splitlines()[1:]) == (
        1,
        [f"用 xunzhang open 打开过的文件夹，索引在这里：--index {place}"],
    )
    assert run("search", "数据", "--index", place).exit_code == 0


@pytest.mark.parametrize("given", ["没有", "文.txt"])
def test_what_is_no_folder_is_told(run: Run, corpus: Path, given: str, cache: Path) -> None:
    from click.testing import CliRunner

    from indexer.cli import cli

    result = CliRunner().invoke(cli, ["open", str(corpus / given)])
    assert (result.exit_code, "不是目录" in result.stderr) == (2, True)
    assert not cache.exists()


@contextmanager
def opened(folder: Path, cache: Path) -> Iterator[str]:
    """The address at which a folder is served, by a process of its own."""
    command = [sys.executable, "-m", "indexer", "open", str(folder), "--no-browser", "--port", "0"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment, preexec_fn=obey_interrupts
    ) as process:
        try:
            assert process.stdout is not None
            yield next(found[0] for line in process.stdout if (found := re.search(r"http://[\d.:]+/", line)))
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


def told(address: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{address}indexing.json") as answer:
        body: dict[str, object] = json.load(answer)
    return body


@pytest.mark.skipif(sys.platform != "linux", reason="the cache is elsewhere, and ended otherwise")
def test_a_folder_is_indexed_served_and_followed(corpus: Path, tmp_path: Path) -> None:
    (corpus / "坏.txt").write_bytes(bytes(range(256)) * 30)
    with opened(corpus, tmp_path / "xdg") as address:
        while told(address)["state"] != "current":
            pass
        assert told(address)["trouble"] == "读不了 1 个文件"
        before = told(address)["generation"]
        write(corpus / "新.md", "# 新的\n\n开着的时候写的。\n")
        while told(address)["generation"] == before:
            pass
        with urllib.request.urlopen(f"{address}indexing") as page:
            assert "语料/坏.txt" in page.read().decode()
    (place,) = (tmp_path / "xdg" / "xunzhang" / "indexes").iterdir()
    with indexer.open_index(place) as index:
        assert [document.path for document in index.documents()] == ["语料/文.txt", "语料/新.md", "语料/法.md"]
