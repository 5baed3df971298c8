"""The list of hits with equal texts collapsed and put together by document, against the plain list."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import indexer
from indexer.analysis.fold import fold
from indexer.errors import BadParameter
from indexer.index.index import Index
from indexer.model import AnalyzedDocument
from tests.support import ANALYZER, ENGINES, MANIFEST, Make, documents, make_document, make_engine, make_index

QUERIES = ["数据", "数据 安全", "税收", "安全 第十二条", ""]
OPTIONS = st.fixed_dictionaries(
    {
        "sort": st.sampled_from(["relevance", "order", "-date"]),
        "scope": st.sampled_from(["passage", "section"]),
        "kind": st.sampled_from([[], ["body"]]),
    }
)


def same_text(hit: indexer.Hit) -> str:
    return fold(hit.passage.text).text


def gathered(hits: list[indexer.Hit], key: Any) -> list[list[indexer.Hit]]:
    """Hits put together in the simplest way there is."""
    found: dict[str, list[indexer.Hit]] = {}
    for hit in hits:
        found.setdefault(key(hit), []).append(hit)
    return list(found.values())


def ids(hits: Any) -> list[str]:
    return [hit.passage.id for hit in hits]


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=60)
@given(
    made=st.tuples(documents("a"), documents("b"), documents("c")),
    query=st.sampled_from(QUERIES),
    options=OPTIONS,
    collapse=st.sampled_from(["none", "text"]),
    group=st.sampled_from(["none", "document"]),
    group_limit=st.integers(1, 3),
    offset=st.integers(0, 3),
    limit=st.integers(0, 4),
)
def test_the_list_is_the_plain_one_put_together(
    engine: str,
    made: tuple[AnalyzedDocument, ...],
    query: str,
    options: dict[str, Any],
    collapse: str,
    group: str,
    group_limit: int,
    offset: int,
    limit: int,
) -> None:
    with TemporaryDirectory() as folder:
        index = make_index(engine, Path(folder) / "i", made)
        plain = index.search(query, limit=100, **options)
        page = index.search(
            query, collapse=collapse, group=group, group_limit=group_limit, offset=offset, limit=limit, **options
        )
        index.close()
    texts = gathered(list(plain.hits), same_text)
    listed = [copies[0] for copies in texts] if collapse == "text" else list(plain.hits)
    by_document = gathered(listed, lambda hit: hit.document.id)
    entries = by_document if group == "document" else [[hit] for hit in listed]
    shown = [hits[:group_limit] for hits in entries[offset : offset + limit]]
    assert page.entries == len(entries)
    assert ids(page.hits) == [passage_id for hits in shown for passage_id in ids(hits)]
    assert (page.total, page.tiers, page.facets) == (plain.total, plain.tiers, plain.facets)
    for hit in page.hits:
        copies = next(copies for copies in texts if ids(copies)[0] == hit.passage.id) if collapse == "text" else [hit]
        assert (ids(hit.copies), hit.copy_count) == (ids(copies)[1:], len(copies) - 1)
    if group == "document":
        assert [ids(each.hits) for each in page.groups] == [ids(hits) for hits in shown]
        for each in page.groups:
            own = [hit.tier.value for hit in plain.hits if hit.document.id == each.document.id]
            assert (each.count, each.some) == (len(own) - own.count("some"), own.count("some"))
    else:
        assert page.groups == ()


def test_white_space_and_script_make_no_other_text(make: Make) -> None:
    index = make(make_document("a", ["數據 安全", "数据安全。"]), make_document("b", ["数据安全"]))
    results = index.search("数据", collapse="text", sort="order")
    assert [(hit.passage.id, ids(hit.copies)) for hit in results.hits] == [("a-0", ["b-0"]), ("a-1", [])]
    assert (results.total, results.entries) == (3, 2)


def test_places_are_counted_beyond_those_that_are_named(make: Make) -> None:
    index = make(make_document("a", ["数据"] * 30))
    (hit,) = index.search("数据", collapse="text").hits
    assert (len(hit.copies), hit.copy_count) == (20, 29)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_copied_segment_knows_its_texts(engine: str, tmp_path: Path) -> None:
    """Segments put together at later commits keep what equal texts are told by."""
    made = make_engine(engine, tmp_path / "i")
    for number in range(21):
        made.apply([make_document(f"b{number}", ["数据", f"{number}"])], MANIFEST)
    results = Index(tmp_path, made, ANALYZER).search("数据", collapse="text")
    assert (results.entries, results.hits[0].copy_count) == (1, 20)


@pytest.mark.parametrize("wrong", [{"collapse": "x"}, {"group": "text"}, {"group_limit": 0}, {"group_limit": 101}])
def test_what_is_no_choice_is_refused(make: Make, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadParameter):
        make(make_document("a", ["数据"])).search("数据", **wrong)


@given(st.lists(documents(), max_size=4, unique_by=lambda made: made.document.id), st.sampled_from(QUERIES), OPTIONS)
@settings(deadline=None, max_examples=40)
def test_the_hits_of_a_section_are_one(corpus: list[AnalyzedDocument], query: str, options: dict[str, Any]) -> None:
    for engine in ENGINES:
        with TemporaryDirectory() as folder:
            index = make_index(engine, Path(folder) / "i", corpus)
            plain = list(index.search(query, **options, limit=100).hits)
            results = index.search(query, **options, collapse="section", limit=100)
            expected = gathered(plain, lambda hit: (hit.document.id, hit.passage.section or hit.passage.id))
            assert results.entries == len(expected)
            assert [hit.passage.id for hit in results.hits] == [hits[0].passage.id for hits in expected]
            if options["scope"] == "passage":
                others = [[other.passage.id for other in hit.others] for hit in results.hits]
                assert others == [[hit.passage.id for hit in hits[1:21]] for hits in expected]
