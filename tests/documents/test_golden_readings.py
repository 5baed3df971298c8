"""Golden documents: one for every way of writing that is understood, with its near-misses, and what must come of it.

Beside every file stands ``<name>.json``: why it is there, the title, the metadata, and the passages in reading order as
``[kind, section, topics, text]``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer import documents
from indexer.documents import passages

GOLDEN = Path(__file__).parent.parent / "golden" / "reading"
SOURCES = sorted(path for path in GOLDEN.iterdir() if path.suffix != ".json")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_golden(source: Path) -> None:
    expected = json.loads(source.with_name(f"{source.name}.json").read_text(encoding="utf-8"))
    parsed = documents.read(source.read_bytes(), source.name)
    title, made = passages.build("d", source.stem, parsed)
    found = [[one.kind.value, list(one.section), list(one.topics), one.text] for one in made]
    assert found == expected["passages"], expected["why"]
    assert title == expected["title"]
    metadata = expected.get("metadata", {})
    assert parsed.metadata.date == metadata.get("date")
    assert parsed.metadata.author == metadata.get("author")
    assert list(parsed.metadata.tags) == metadata.get("tags", [])
    assert parsed.metadata.url == metadata.get("url")
    assert [one.ordinal for one in made] == list(range(len(made)))


def test_every_expectation_has_its_document() -> None:
    expectations = {path.name.removesuffix(".json") for path in GOLDEN.glob("*.json")}
    assert expectations == {path.name for path in SOURCES}
