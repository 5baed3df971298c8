"""Where the corpora are, and how tests read a file."""

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
def read() -> Read:
    """Parse a file of that name and content."""

    def run(name: str, content: str | bytes) -> ParsedFile:
        return documents.read(content.encode("utf-8") if isinstance(content, str) else content, name)

    return run


@pytest.fixture
def build(read: Read) -> Build:
    """Parse a file, and return its title and passages."""
    return lambda name, content: passages.build("d", Path(name).stem, read(name, content))
