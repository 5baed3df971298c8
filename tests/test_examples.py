"""Every example runs on the handbook, and says what is wrong where the index or the server is away."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import webui
from indexer.index.index import Index
from tests.support import ROOT, serving

FOLDERS = sorted({path.parent for name in ("main.py", "run.sh") for path in (ROOT / "examples").glob(f"*/{name}")})
MARKS = {
    "flask": "/search/?q=段落 → 200",
    "http": "【段落】",
    "langchain": "问题：查询里怎样排除一个词？",
    "llamaindex": "》",
    "mcp": "✗ 路径相对于运行程序时所处的目录\n    最接近《Python 接口》：引文“处”，原文“在”",
    "notebook": "<mark>",
    "shell": "序号,匹配,文档",
    "widget": "✓ /widget.js：",
    "wsgi": "/search/nothing → 404",
}
# What makes an example that would wait for a browser end by itself.
ARGUMENTS = {"widget": ["--check"]}


def run(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    script = folder / "run.sh"
    command = ["bash", str(script)] if script.exists() else [sys.executable, str(folder / "main.py")]
    # Whoever runs the tests may have opened folders, which are named where an index is missing.
    nobody = {"HOME": "/nonexistent", "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": ""}
    surroundings = {**os.environ, **nobody, "PYTHONPATH": str(ROOT), "XUNZHANG": f"{sys.executable} -m indexer"}
    return subprocess.run(
        [*command, *map(str, arguments), *ARGUMENTS.get(folder.name, ())],
        capture_output=True,
        text=True,
        check=False,
        env=surroundings,
        timeout=300,
    )


def test_each_folder_of_examples_is_tried() -> None:
    assert (
        {folder.name for folder in FOLDERS}
        == {folder.name for folder in (ROOT / "examples").iterdir() if folder.is_dir()}
        >= set(MARKS)
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_it_runs_on_the_handbook(folder: Path, place: Path) -> None:
    done = run(folder, place)
    assert (done.returncode, done.stderr) == (0, "")
    assert MARKS.get(folder.name, "") in done.stdout
    assert done.stdout.strip()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_missing_index_is_said_in_one_sentence(folder: Path, tmp_path: Path) -> None:
    done = run(folder, tmp_path / "无")
    assert done.returncode == 1
    assert all(line.startswith("错误：") for line in done.stderr.splitlines())
    assert "请先建索引" in done.stderr


def test_a_server_that_is_away_is_said_too() -> None:
    done = run(ROOT / "examples" / "mcp", "http://127.0.0.1:9/mcp")
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch("错误：连不上 MCP 服务.*\n", done.stderr)


CLIENTS = (("client.py", sys.executable), ("client.sh", "bash"), ("client.mjs", "node"))


@pytest.mark.parametrize(("name", "program"), CLIENTS)
def test_each_client_says_what_is_wrong(handbook: Index, name: str, program: str) -> None:
    if not (shutil.which(program) and (program != "bash" or shutil.which("curl"))):
        pytest.skip(f"{program} or curl is not installed")

    def ask(server: str, query: str) -> subprocess.CompletedProcess[str]:
        command = [program, str(ROOT / "examples" / "http" / name), server, query]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    away = ask("http://127.0.0.1:9", "段落")
    assert (away.returncode, away.stderr.splitlines()[-1][:3]) == (1, "错误：")
    with serving(webui.create_app(handbook)) as server:
        assert ask(server, "段落").returncode == 0
        refused = ask(server, "长" * 1001)
        assert refused.returncode == 1
        assert "最多 1000 个" in refused.stderr + refused.stdout
        assert ask(server, "鱻龘").returncode == 0


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_its_readme_is_chinese_first_then_english(folder: Path) -> None:
    text = (folder / "README.md").read_text("utf-8")
    first, _, second = text.partition("\n## ")
    assert re.search("[\u4e00-\u9fff]{4}", first)
    assert re.search("[A-Za-z]+ [a-z]+ [a-z]+", second)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_commands_of_its_readme_name_files_from_the_checkout(folder: Path) -> None:
    text = (folder / "README.md").read_text("utf-8")
    fenced = re.findall(r"^```(\w*)\n(.*?)^```", text, re.M | re.S)
    commands = "\n".join(block for language, block in fenced if not language)
    named = re.findall(r"\S+\.(?:py|sh|ipynb|txt)\b", commands)
    assert [name for name in named if not (ROOT / name).exists() and name != "查询记录.txt"] == []
    assert any((ROOT / name).parent == folder for name in named)
