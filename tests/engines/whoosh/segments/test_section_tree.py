"""Sections of a segment: their preorder, and the nodes under headings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter
from indexer.engines.whoosh.segments.section_tree import Sections, SectionTree, SectionWriter

PATHS = st.lists(st.lists(st.sampled_from("甲乙丙"), max_size=3).map(tuple), max_size=12)


def sections_of(folder: Path, documents: list[list[tuple[str, ...]]]) -> Sections:
    """The sections of documents with passages under these heading paths."""
    writer = SectionWriter()
    for paths in documents:
        writer.add(SectionTree.of(paths, paths)[0])
    with ArrayWriter(folder / "sections") as file:
        writer.write(file)
    return Sections(ArrayFile(folder / "sections"))


@given(documents=st.lists(PATHS, min_size=1, max_size=3))
def test_what_lies_below_a_node_follows_it_at_once(
    tmp_path_factory: object, documents: list[list[tuple[str, ...]]]
) -> None:
    sections = sections_of(tmp_path_factory.mktemp("tree"), documents)  # type: ignore[attr-defined]
    assert sorted(sections.places.tolist()) == list(range(len(sections)))
    for node in range(len(sections)):
        path, owner = sections.path(node), sections.owners[node]
        below = [
            other
            for other in range(len(sections))
            if sections.owners[other] == owner and sections.path(other)[: len(path)] == path
        ]
        first = int(sections.places[node])
        assert sorted(sections.places[below].tolist()) == list(range(first, first + len(below)))


class OlderFile(ArrayFile):
    """A file of a program that wrote of sections no more than their tree."""

    def __contains__(self, name: str) -> bool:
        return name not in ("sections.places", "sections.sizes", "sections.lengths") and super().__contains__(name)


@given(documents=st.lists(PATHS, min_size=1, max_size=3))
def test_what_is_stored_of_the_tree_is_what_is_derived(
    tmp_path_factory: object, documents: list[list[tuple[str, ...]]]
) -> None:
    folder = tmp_path_factory.mktemp("tree")  # type: ignore[attr-defined]
    stored, derived = sections_of(folder, documents), Sections(OlderFile(folder / "sections"))
    assert stored.places.tolist() == derived.places.tolist()
    assert stored._preorder.sizes.tolist() == derived._preorder.sizes.tolist()
    paths = list(map(stored.folded_path, range(len(stored))))
    assert stored.lengths.tolist() == derived.lengths.tolist() == [sum(map(len, path)) for path in paths]


@given(documents=st.lists(PATHS, min_size=1, max_size=3), heading=st.sampled_from("甲乙丙丁"), titled=st.booleans())
def test_the_nodes_under_a_heading_or_a_title(
    tmp_path_factory: object, documents: list[list[tuple[str, ...]]], heading: str, titled: bool
) -> None:
    sections = sections_of(tmp_path_factory.mktemp("tree"), documents)  # type: ignore[attr-defined]
    of_documents = np.arange(len(documents)) == (0 if titled else -1)
    held = sections.listed(sections.under(sections.holding(heading), of_documents)).tolist()
    assert len(held) == len(set(held))
    for node in range(len(sections)):
        assert (node in held) == (heading in sections.path(node) or (titled and sections.owners[node] == 0))


@given(documents=st.lists(PATHS, min_size=1, max_size=3), heading=st.sampled_from("甲乙丙丁"))
def test_the_nodes_with_a_heading_and_those_below_a_path(
    tmp_path_factory: object, documents: list[list[tuple[str, ...]]], heading: str
) -> None:
    sections = sections_of(tmp_path_factory.mktemp("tree"), documents)  # type: ignore[attr-defined]
    paths = [sections.path(node) for node in range(len(sections))]
    held = sections.listed(sections.containing(heading)).tolist()
    assert sorted(held) == [at for at, path in enumerate(paths) if heading in path]
    for wanted in {(), (heading,), (heading, heading), ("甲", "戊"), *paths}:
        assert sections.below(wanted).tolist() == [path[: len(wanted)] == wanted for path in paths]
