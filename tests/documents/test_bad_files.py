"""What can go wrong with a file: always a ReadError with a sentence and a way out, never another error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer import documents
from indexer.errors import ReadError
from tests.documents.conftest import Build, Read


def _refused(path: Path) -> ReadError:
    with pytest.raises(ReadError) as caught:
        documents.parse_file(path)
    assert caught.value.hint
    return caught.value


def test_missing_directory_and_unknown_ending(tmp_path: Path) -> None:
    (tmp_path / "目录.md").mkdir()
    (tmp_path / "图.png").write_bytes(b"")
    assert "不存在" in _refused(tmp_path / "无.md").message
    assert "目录" in _refused(tmp_path / "目录.md").message
    assert ".png" in _refused(tmp_path / "图.png").message
    assert "LICENSE" in _refused(tmp_path / "LICENSE").message


def test_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(path: Path) -> bytes:
        raise PermissionError(13, os.strerror(13), str(path))

    monkeypatch.setattr(Path, "read_bytes", deny)
    assert "权限" in _refused(tmp_path / "甲.md").message


def test_other_system_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> bytes:
        raise OSError(5, "Input/output error", str(path))

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert "磁盘读写出错" in _refused(tmp_path / "甲.md").message


@pytest.mark.parametrize("suffix", sorted(documents.SUFFIXES))
@pytest.mark.parametrize("content", ["", " \n\u3000\n", "\ufeff"])
def test_empty_file_is_a_document_without_passages(build: Build, suffix: str, content: str) -> None:
    assert build(f"空{suffix}", content) == ("空", ())


@pytest.mark.parametrize("suffix", sorted(documents.SUFFIXES))
def test_ending_in_capitals_and_line_ends_of_windows(build: Build, suffix: str) -> None:
    title, made = build(f"甲{suffix.upper()}", "一段。\r\n\r\n二段。\r\n")
    assert title == "甲"
    assert "".join(one.text for one in made) in ("一段。二段。", "一段。 二段。")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(suffix=st.sampled_from(sorted(documents.SUFFIXES)), text=st.text(max_size=200))
@example(suffix=".html", text="甲.html")
def test_any_text_is_read(read: Read, suffix: str, text: str) -> None:
    try:
        parsed = read(f"甲{suffix}", text.encode("utf-8", errors="replace"))
    except ReadError as error:
        assert error.message
    else:
        assert all(block.text == block.text.strip(" \n") != "" for block in parsed.blocks)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 4000 + "甲",
        "<b>甲" * 4000,
        "<ul><li>甲" * 2000,
        "<table><tr><td>甲" * 10_000,
        "<dl><dt>甲" * 10_000,
        '<div class="nav">甲' * 2000,
        "<dl><dt>甲" + "<dd>甲" * 3000,
    ],
)
def test_hostile_nesting(read: Read, page: str) -> None:
    text = "".join(block.text for block in read("甲.html", page).blocks)
    assert text.count("甲") == page.count("甲")


@pytest.mark.parametrize("hidden", ["<!--{}-->", '<img alt="" src="{}">', "<script>{}</script>"])
def test_huge_pieces_do_not_become_text(read: Read, hidden: str) -> None:
    page = f"<p>甲</p>{hidden.format('x' * 11_000_000)}<p>乙</p>"
    assert [block.text for block in read("甲.html", page).blocks] == ["甲", "乙"]


@pytest.mark.parametrize(
    "source", [">" * 3000 + " 甲", "".join(" " * 2 * i + "- 甲\n" for i in range(150)), "`甲" * 5000]
)
def test_hostile_markdown(read: Read, source: str) -> None:
    text = "".join(block.text for block in read("甲.md", source).blocks)
    assert text.count("甲") == source.count("甲")
