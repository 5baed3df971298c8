"""Which rows the members of levels have."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Document, Passage
from tests.support import ANALYZER, make_index


@pytest.mark.parametrize("engine", ["memory", "whoosh"])
def test_a_heading_that_few_sections_are_under_finds_all_their_passages(tmp_path: Path, engine: str) -> None:
    """Sections that a text comes back to, so that their rows are not in a line, among many others."""
    others = [(f"第{at}章", f"第{at}节") for at in range(100)]
    sections = [("渔业", "船只"), *others[:50], ("渔业",), ("渔业", "船只"), *others[50:], ("渔业", "船只")]
    passages = [Passage("a", at, f"正文{at}", section) for at, section in enumerate(sections)]
    index = make_index(engine, tmp_path / engine, [ANALYZER.analyze(Document("a", "a.md", "甲"), passages)])
    found = {hit.passage.ordinal for hit in index.search("章节:渔业", limit=20).hits}
    nearer = {hit.passage.ordinal for hit in index.search("章节:船只", limit=20).hits}
    index.close()
    assert found == {at for at, section in enumerate(sections) if section[0] == "渔业"}
    assert nearer == {at for at, section in enumerate(sections) if section == ("渔业", "船只")}
