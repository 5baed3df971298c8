"""Where the corpora are, and how tests write a file and read it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import documents
from indexer.documents import passages
from indexer.model import ParsedFile, Passage

Read = Callable[[str, str | bytes], ParsedFile]
Build = Callable[[str, str | bytes], tuple[str, tuple[Passage, ...]]]


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of the corpora beside the project; tests that want it are skipped where it is absent."""
    beside = Path(__file__).resolve().parents[2].parent / "shared"
    folder = Path(os.environ.get("XUNZHANG_SHARED", beside)) / "corpora"
    if not folder.is_dir():
        pytest.skip("no ../shared/corpora beside the project (XUNZHANG_SHARED names another place)")
    return folder


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file of that name and content, and parse it."""

    def run(name: str, content: str | bytes) -> ParsedFile:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return documents.parse_file(path)

    return run


@pytest.fixture
def build(read: Read) -> Build:
    """Write a file, parse it, and return its title and passages."""
    return lambda name, content: passages.build("d", Path(name).stem, read(name, content))
