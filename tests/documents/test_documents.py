"""The registry of formats, and what all formats have in common; a new one is a copied template and one line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import indexer
from indexer import documents
from indexer.documents import Format
from indexer.errors import ReadError
from tests.documents.conftest import Build, Read

PACKAGE = Path(indexer.__file__).parent
FORMATS = Path("documents") / "formats"
OF_TEXT = sorted(suffix for entry in documents.FORMATS if not entry.binary for suffix in entry.suffixes)
BINARY = sorted(documents.SUFFIXES - set(OF_TEXT))


@pytest.mark.parametrize("entry", documents.FORMATS, ids=lambda entry: entry.name)
def test_a_line_of_the_registry_says_what_its_module_says(entry: Format) -> None:
    assert entry.suffixes == import_module(f"indexer.documents.formats.{entry.name}").SUFFIXES
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in entry.suffixes)


def test_no_format_is_left_out_and_no_suffix_has_two() -> None:
    modules = {path.stem for path in (PACKAGE / FORMATS).iterdir() if not path.name.startswith("_")}
    assert {entry.name for entry in documents.FORMATS} == modules
    assert sum(len(entry.suffixes) for entry in documents.FORMATS) == len(documents.SUFFIXES)


def test_a_copied_template_and_one_line_are_a_format(tmp_path: Path) -> None:
    """In a copy of the package, so that every reader of the registry takes part."""
    copy = shutil.copytree(PACKAGE, tmp_path / "indexer", ignore=shutil.ignore_patterns("__pycache__"))
    template = (copy / FORMATS / "_template.py").read_text("utf-8")
    (copy / FORMATS / "minutes.py").write_text(template.replace(".lines", ".minutes"), "utf-8")
    registry = copy / "documents" / "__init__.py"
    lines = registry.read_text("utf-8").replace("FORMATS = (", 'FORMATS = (\n    Format("minutes", (".minutes",)),', 1)
    registry.write_text(lines, "utf-8")
    corpus = tmp_path / "会议"
    corpus.mkdir()
    (corpus / "一.minutes").write_text(
        "---\ntitle: 纪要\n---\n=第一章 议题\n==预算\n同意预算。\n（责任编辑：张三）\n===\n=第二章 其他\n", "utf-8"
    )
    (corpus / "二.lines").write_text("模板自己不是一种格式。", "utf-8")
    code = (
        "import indexer, sys\n"
        "for document, passages in indexer.read([sys.argv[1]]):\n"
        "    print(document.path, document.title)\n"
        "    print(*((one.kind.value, '/'.join(one.section), one.text) for one in passages), sep='\\n')"
    )
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, str(corpus)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        encoding="utf-8",
    )
    assert run.stdout.splitlines() == [
        "会议/一.minutes 纪要",
        "('title', '', '纪要')",
        "('heading', '第一章 议题', '第一章 议题')",
        "('heading', '第一章 议题/预算', '预算')",
        "('body', '第一章 议题/预算', '同意预算。')",
        "('body', '第一章 议题/预算', '===')",
        "('heading', '第二章 其他', '第二章 其他')",
    ]


@pytest.mark.parametrize("name", ["图.png", "LICENSE", ".md", "甲.md.bak"])
def test_unknown_ending(name: str) -> None:
    with pytest.raises(ReadError) as caught:
        documents.read("甲".encode(), name)
    assert f"“{Path(name).suffix or name}”" in caught.value.message
    assert ".md" in caught.value.hint


def test_a_format_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "indexer.documents.formats.text", None)
    monkeypatch.setitem(documents._BY_SUFFIX, ".txt", Format("text", (".txt",), extra="office"))
    with pytest.raises(ReadError) as caught:
        documents.read("甲".encode(), "甲.txt")
    assert ".txt" in caught.value.message
    assert "'.[office]'" in caught.value.hint
    monkeypatch.setitem(documents._BY_SUFFIX, ".txt", Format("text", (".txt",)))
    with pytest.raises(ModuleNotFoundError):  # no extra would bring it: the fault is ours
        documents.read("甲".encode(), "甲.txt")


@pytest.mark.parametrize(
    ("suffix", "missing"),
    [
        (".md", []),
        (".HTML", []),
        (".txt", []),
        (".pdf", ["formats.pdf"]),  # its library may crash: the file that needs it is to blame
        (".png", ["formats.text"]),  # another one comes after all
    ],
)
def test_what_is_loaded_for_a_name_is_all_that_reading_takes(suffix: str, missing: list[str]) -> None:
    code = (
        "import sys; from indexer import documents; from indexer.errors import ReadError\n"
        f"documents.load('甲{suffix}'); had = set(sys.modules)\n"
        f"try: documents.read('第一章 总则\\n\\n一段。'.encode(), '乙{suffix}'.replace('.png', '.txt'))\n"
        "except ReadError: pass\n"
        "print(*(name for name in sys.modules if name not in had and name.startswith('indexer.documents.formats.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    formats = [name for name in done.stdout.split() if name.count(".") == 3]
    assert formats == [f"indexer.documents.{name}" for name in missing]


@pytest.mark.parametrize("suffix", sorted(documents.SUFFIXES))
def test_a_file_of_no_bytes_is_a_document_without_passages(build: Build, suffix: str) -> None:
    assert build(f"空{suffix}", b"") == ("空", ())


@pytest.mark.parametrize("suffix", BINARY)
@pytest.mark.parametrize("content", [" ", "甲", "PK\x03\x04"])
def test_text_in_a_binary_format_is_refused_with_a_way_out(read: Read, suffix: str, content: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(f"甲{suffix}", content)
    assert caught.value.message.endswith("。")
    assert caught.value.hint.endswith("。")


@pytest.mark.parametrize("suffix", OF_TEXT)
@pytest.mark.parametrize("content", ["", " \n\u3000\n", "\ufeff"])
def test_empty_file_is_a_document_without_passages(build: Build, suffix: str, content: str) -> None:
    assert build(f"空{suffix}", content) == ("空", ())


@pytest.mark.parametrize("suffix", OF_TEXT)
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
