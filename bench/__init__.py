"""Measurements: they print, they assert nothing. The corpora and question sets beside the project are used if there."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("XUNZHANG_SHARED", ROOT.parent / "shared"))


def corpus() -> Path:
    """The folder to index: laws if they are there, else the handbook."""
    laws = SHARED / "corpora" / "just-laws"
    return laws if laws.is_dir() else ROOT / "docs"
