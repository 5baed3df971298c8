"""The tables in ``data/``: one entry a line, lines that begin with ``#`` aside."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).with_name("data")  # importlib.resources takes longer to load than all tables together


def entries(name: str) -> list[str]:
    """Return the entries of a table, stripped."""
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
