"""Every room says what it is for: in the docstring of its package, in the same words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = sorted({path.parent for top in ("indexer", "webui") for path in (ROOT / top).rglob("*.py")})
# The packages themselves are shown to their users: what ``help(indexer)`` says is for them.
ROOMS = [folder for folder in FOLDERS if folder.parent != ROOT]
STATEMENTS = ("Holds ", "Never ", "To add ")


def name(folder: Path) -> str:
    return folder.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("room", ROOMS, ids=name)
def test_a_room_says_what_it_holds_what_never_and_how_one_is_added(room: Path) -> None:
    said = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))) or ""
    words = " ".join(said.split()) + " "
    assert [statement for statement in STATEMENTS if statement not in words] == [], said


def test_every_room_is_in_the_architecture() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    top = [folder for folder in ROOMS if folder.parent.parent == ROOT]
    assert len(top) > 15
    assert [name(room) for room in top if f"`{name(room)}`" not in page] == []


@pytest.mark.parametrize("top", ["indexer", "webui", "tests"])
def test_every_folder_of_modules_is_a_package(top: str) -> None:
    folders = {path.parent for path in (ROOT / top).rglob("*.py")}
    assert [name(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []
