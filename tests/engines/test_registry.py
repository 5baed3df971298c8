"""The table of engines: one entry is all that the program knows of one before its library is imported."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest

import indexer
from indexer import engines
from indexer.engines.contract import Capabilities, Engine
from indexer.errors import EngineMissing, IndexMismatch


@pytest.mark.parametrize("name", engines.NAMES)
def test_an_entry_names_an_engine(name: str) -> None:
    found = engines.load(name)
    assert issubclass(found, Engine)
    assert found.name == name


def test_the_default_outlives_the_process() -> None:
    assert engines.DEFAULT in engines.persistent()
    assert set(engines.persistent()) < set(engines.NAMES)


def test_an_unknown_engine_is_told_which_there_are() -> None:
    with pytest.raises(EngineMissing, match="没有的") as caught:
        engines.load("没有的")
    assert all(name in caught.value.hint for name in engines.NAMES)


@pytest.mark.parametrize(
    ("extra", "told"),
    [(None, "请安装：pip install no_such_library"), ("some", "请在项目目录里运行：pip install '.[some]'")],
)
def test_a_missing_library_is_told_how_to_be_installed(
    monkeypatch: pytest.MonkeyPatch, extra: str | None, told: str
) -> None:
    entry = engines.Entry("no_such_library:Engine", extra, Capabilities(False, False, False), format=1)
    monkeypatch.setitem(engines.ENTRIES, "other", entry)
    with pytest.raises(EngineMissing, match="no_such_library") as caught:
        engines.load("other")
    assert caught.value.hint == told


def test_the_marker_names_the_engine_and_its_format(tmp_path: Path) -> None:
    indexer.create_index(tmp_path / "i").close()
    assert (tmp_path / "i" / "xunzhang.json").read_bytes() == (
        b'{"format": 7, "engine": "whoosh", "checksum": "%08x"}\n' % zlib.crc32(b"7 whoosh")
    )


def test_a_format_is_its_engines_own(tmp_path: Path) -> None:
    indexer.create_index(tmp_path / "i").close()
    marker = tmp_path / "i" / "xunzhang.json"
    marker.write_text(json.dumps({"format": 8, "engine": "whoosh"}))
    with pytest.raises(IndexMismatch, match=r"第 8 版，本程序读第 7 版"):
        indexer.open_index(tmp_path / "i")
    marker.write_text(json.dumps({"format": 6, "engine": "以后的"}))
    with pytest.raises(EngineMissing, match="以后的"):
        indexer.open_index(tmp_path / "i")
