"""Exports write and delete their own files only, whatever is in the folder and whatever its manifest says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.errors import BadParameter
from indexer.static_export.own_files import MANIFEST
from indexer.static_export.writer import ENTRANCE, PAGE, _doors, _write

FIRST = {"aaa/core": b"1", "aaa/pairs/0": b"2", "engine/engine.js": b"3", ENTRANCE: b"{}"}
SECOND = {"bbb/core": b"4", "engine/engine.js": b"5", "widget.js": b"6", ENTRANCE: b"{ }"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export."""
    _write(tmp_path / "export", FIRST)
    return tmp_path / "export"


def contents(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != MANIFEST]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def whole(files: dict[str, bytes]) -> dict[str, bytes]:
    """Files of an export, and the page that each folder of them has."""
    return files | _doors(files)


def test_an_export_takes_the_place_of_the_one_before(folder: Path) -> None:
    assert contents(folder) == whole(FIRST)
    _write(folder, SECOND)
    assert contents(folder) == whole(SECOND)
    assert not (folder / "aaa").exists()


def test_a_site_with_an_entrance_of_its_own_is_left_alone(tmp_path: Path) -> None:
    theirs = {"index.json": b'{"format": 1, "generation": "data"}', "widget.js": b"x", "data/core": b"y"}
    for name, content in theirs.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BadParameter, match="别的东西"):
        _write(tmp_path, SECOND)
    (tmp_path / MANIFEST).write_text("[1]", "utf-8")
    with pytest.raises(BadParameter, match="别的东西"):
        _write(tmp_path, SECOND)
    assert contents(tmp_path) == theirs


def test_files_of_others_in_an_export_stay(folder: Path) -> None:
    theirs = {"CNAME": b"example.org", "other/core": b"theirs", "aaa/notes.txt": b"theirs"}
    for name, content in theirs.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    _write(folder, SECOND)
    assert contents(folder) == whole(SECOND) | theirs


def test_a_file_of_others_is_not_overwritten_and_nothing_is_written(folder: Path) -> None:
    (folder / "widget.js").write_bytes(b"theirs")
    with pytest.raises(BadParameter, match=r"widget\.js"):
        _write(folder, SECOND)
    assert contents(folder) == whole(FIRST) | {"widget.js": b"theirs"}


@pytest.mark.parametrize("name", ["../victim", "out/victim", "/victim", ""])
def test_a_manifest_made_by_others_leads_nowhere_else(folder: Path, name: str) -> None:
    victim = folder.parent / "victim"
    victim.write_bytes(b"theirs")
    (folder / "out").symlink_to(folder.parent)
    named = f"{folder.parent}{name}" if name.startswith("/") else name
    listed = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
    (folder / MANIFEST).write_text(json.dumps({"files": [*listed, named]}), "utf-8")
    _write(folder, SECOND)
    assert victim.read_bytes() == b"theirs"


def test_a_link_in_the_place_of_a_folder_is_not_written_through(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    for file in ("engine.js", PAGE):
        (folder / "engine" / file).unlink()
    (folder / "engine").rmdir()
    (folder / "engine").symlink_to(elsewhere)
    with pytest.raises(BadParameter):
        _write(folder, SECOND)
    assert list(elsewhere.iterdir()) == []


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> Iterator[None]:
    """A file cannot be written to its end."""
    write = Path.write_bytes

    def fail(path: Path, content: bytes) -> int:
        if path.name == name:
            raise error
        return write(path, content)

    with monkeypatch.context() as patched, pytest.raises(type(error)):
        patched.setattr(Path, "write_bytes", fail)
        yield


def test_an_export_that_was_killed_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with failing(monkeypatch, "engine.js", KeyboardInterrupt()):
        _write(tmp_path / "export", FIRST)
    assert (tmp_path / "export" / "aaa" / "core").exists()
    assert not (tmp_path / "export" / ENTRANCE).exists()
    _write(tmp_path / "export", SECOND)
    assert contents(tmp_path / "export") == whole(SECOND)


def test_of_an_export_that_found_the_disk_full_nothing_is_left(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "CNAME").write_bytes(b"theirs")
    for exported, before in ((folder, whole(FIRST) | {"CNAME": b"theirs"}), (tmp_path / "new", {})):
        with failing(monkeypatch, "engine.js", OSError(28, "No space left on device")):
            _write(exported, SECOND)
        assert contents(exported) == before
        _write(exported, SECOND)
        assert contents(exported) == {**whole(SECOND), **{name: before[name] for name in before if name == "CNAME"}}


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────

PAGES = {PAGE: b"<p>ours</p>", "read.html": b"<p>too</p>"}


def test_the_page_of_somebody_else_is_left_alone_and_none_is_written(folder: Path) -> None:
    (folder / PAGE).write_bytes(b"theirs")
    written = _write(folder, SECOND, PAGES)
    assert PAGE not in written
    assert contents(folder) == {**written, PAGE: b"theirs"}
    assert not (folder / "read.html").exists()


def test_a_page_of_ours_is_written_again_and_goes_when_none_is_wanted(folder: Path) -> None:
    for text in (b"one", b"two"):
        assert _write(folder, FIRST, PAGES | {PAGE: text})[PAGE] == text
        assert contents(folder)[PAGE] == text
    _write(folder, SECOND)
    assert not (folder / PAGE).exists()
    (folder / PAGE).symlink_to(folder / "nowhere")  # theirs too, though it leads nowhere
    assert PAGE not in _write(folder, SECOND, PAGES)


def test_no_folder_of_an_export_can_be_listed(folder: Path) -> None:
    _write(folder, FIRST, PAGES)
    folders = [each for each in folder.rglob("*") if each.is_dir()]
    assert {each.relative_to(folder).as_posix() for each in folders} == {"aaa", "aaa/pairs", "engine"}
    assert all((each / PAGE).is_file() for each in folders)
    assert b'href="../../"' in (folder / "aaa" / "pairs" / PAGE).read_bytes()
