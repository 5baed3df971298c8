"""Chapters that are called alike, in one document and in what it was before."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Document, Passage
from tests.support import ANALYZER, make_index

OLD = (("第一章",), ("第二章",), ("第一章",))
NEW = (("第二章",), ("第三章",), ("第二章",), ("第一章",))


def document(sections: tuple[tuple[str, ...], ...], key: str = "a") -> object:
    passages = [Passage(key, at, f"渔船{at}", section) for at, section in enumerate(sections)]
    return ANALYZER.analyze(Document(key, f"{key}.md", key), passages)


@pytest.mark.parametrize("texts", [(OLD,), (OLD, NEW), (NEW, OLD, NEW)])
def test_chapters_are_counted_as_the_definition_does(
    tmp_path: Path, texts: tuple[tuple[tuple[str, ...], ...], ...]
) -> None:
    found = []
    for engine in ("memory", "whoosh"):
        index = make_index(engine, tmp_path / engine, [*map(document, texts), document(OLD, "b")])
        found.append(index.search("渔", chapters=10, facets=("section",)))
        index.close()
    assert found[0].chapters == found[1].chapters
    assert found[0].facets == found[1].facets
    assert found[0].chapters
