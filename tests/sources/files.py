"""Files whose names are any bytes, and what an update says of those it could not read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from indexer.model import Failure


def named(folder: Path, raw: bytes) -> Path:
    """A file of ours whose name is these bytes."""
    return Path(os.fsdecode(os.fsencode(folder) + b"/" + raw))


def reasons(failures: Sequence[Failure]) -> dict[str, str]:
    return {failure.path: failure.reason for failure in failures}
