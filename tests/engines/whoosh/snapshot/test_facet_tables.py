"""Chapters that are called alike, in one document and in what it was before; values of several segments."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Index
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.snapshot.facet_keys import TREES
from indexer.model import Document, Passage
from tests.support import ANALYZER, MANIFEST, make_engine, make_index

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


def test_rows_without_a_value_count_for_none_of_another_segment(tmp_path: Path) -> None:
    found = []
    for engine_name in ("memory", "whoosh"):
        engine = make_engine(engine_name, tmp_path / engine_name)
        engine.apply([document((("第一章",), (), ()), "larger")], MANIFEST)
        engine.apply([document((("第二章",), ("第一章",)), "smaller")], MANIFEST)
        index = Index(tmp_path / engine_name, engine, ANALYZER)
        found.append(index.search("渔", facets=("section", "topic")).facets)
        index.close()
    assert [(value.label, value.count) for value in found[1]["section"]] == [("第一章", 2), ("第二章", 1)]
    assert dict(found[0]) == dict(found[1])


PATHS = st.lists(st.sampled_from("甲乙丙"), max_size=4).map(tuple)


@given(st.lists(st.lists(PATHS, min_size=1, max_size=6).map(tuple), min_size=1, max_size=3), st.integers(1, 4))
def test_sections_to_a_depth_are_the_deeper_ones_cut_off(
    documents: list[tuple[tuple[str, ...], ...]], depth: int
) -> None:
    with TemporaryDirectory() as folder:
        engine = make_engine("whoosh", Path(folder) / "index")
        assert isinstance(engine, WhooshEngine)
        engine.apply([document(sections, f"{number:02}") for number, sections in enumerate(documents)], MANIFEST)
        (reader,) = engine._snapshot.searched
        found = TREES["section"].find(reader, depth)
        cut = TREES["section"].find(reader, 5).cut_off(depth)
    for name in ("nodes", "parents", "ordered", "of_rows"):
        assert np.array_equal(getattr(found, name), getattr(cut, name)), name
    assert found.are_distinct is cut.are_distinct
