"""The handbook says what the program does: commands, options, names, links, code."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

import indexer
from indexer.cli import cli

ROOT = Path(__file__).parent.parent
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "README.zh-CN.md"]
CODE = re.compile(r"^```python\n(.*?)^```", re.M | re.S)


def options(command: click.Command) -> set[str]:
    return {name for parameter in command.params if isinstance(parameter, click.Option) for name in parameter.opts}


def test_every_command_and_option_is_in_the_handbook() -> None:
    page = (ROOT / "docs" / "04-命令行.md").read_text("utf-8")
    for name, command in cli.commands.items():
        assert f"xunzhang {name}" in page, name
        assert [option for option in options(command) - {"--help", "-h"} if f"`{option}`" not in page] == [], name


def test_every_public_name_is_in_the_handbook() -> None:
    page = (ROOT / "docs" / "05-Python接口.md").read_text("utf-8")
    assert [name for name in indexer.__all__ if not re.search(rf"\b{name}\b", page, re.A)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
        if not target.startswith("http"):
            assert (page.parent / unquote(target)).exists(), target


BLOCKS = [(page.name, code) for page in PAGES for code in CODE.findall(page.read_text("utf-8"))]


@pytest.mark.parametrize(("name", "code"), BLOCKS, ids=[f"{name}-{at}" for at, (name, _) in enumerate(BLOCKS)])
def test_python_examples_run(name: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    if "open_index(" in code:
        indexer.create_index("index/手册").close()
    namespace: dict[str, object] = {}
    exec(compile(code, name, "exec"), namespace)  # - the code is our own documentation
    assert namespace["indexer"] is indexer


def test_make_targets_named_in_the_readmes_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for page in PAGES:
        for target in re.findall(r"\bmake ([a-z]+)\b", page.read_text("utf-8")):
            if target != "are":
                assert re.search(rf"^{target}:", makefile, re.M), (page.name, target)


def test_nothing_committed_names_a_registry_or_this_machine() -> None:
    listing = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT, check=False)
    names = [name for name in listing.stdout.split("\0") if name and not name.endswith(".png")]
    if listing.returncode:
        pytest.skip("not a git checkout")
    registries = ("py" + "pi.org", "files.python" + "hosted", "npm" + "js.org", "/work" + "/main", "/ro" + "ot/")
    guilty = [name for name in names if any(word in (ROOT / name).read_text("utf-8", "replace") for word in registries)]
    assert guilty == []
