"""The rooms of ``webui`` import only what stands below them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import ROOT
from tests.test_architecture import imports

# From the top; rooms on one line do not know each other.
LAYERS = (("",), ("pages", "embed"), ("api",), ("http",), ("rendering",), ("urls",), ("strings",))
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
SITE = ROOT / "webui"


def room_of(module: str) -> str:
    """The room of a dotted name; nothing for what stands in none."""
    room = module.split(".")[1:2]
    return room[0] if room and (SITE / room[0]).is_dir() else ""


@pytest.mark.parametrize("path", sorted(SITE.rglob("*.py")), ids=lambda path: str(path.relative_to(SITE)))
def test_rooms_look_down(path: Path) -> None:
    room = path.relative_to(SITE).parts[0] if path.parent != SITE else ""
    for name in imports(path):
        if name.split(".")[0] == "webui" and (target := room_of(name)) != room:
            assert LEVEL[target] > LEVEL[room], name
