"""A copy answers as the index that it was made of, whatever its engine, and can be updated like it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import indexer
from indexer import errors
from indexer.engines.contract import Removal
from indexer.index.copy import copy
from indexer.index.index import Index
from indexer.index.location import Location
from indexer.model import AnalyzedDocument
from indexer.model.choices import FACETS
from tests.support import ANALYZER, CHARACTERS, MANIFEST, documents, embed, make_engine, make_index, paths, write

QUERIES = (
    "",
    "数据",
    "数据安全",
    "数据 安全",
    "税收 -数据",
    '"税收"',
    "section:总则",
    "税*",
    "NEAR/9(数据 安全)",
    "第12条",
)


def answers(index: Index, queries: Sequence[str] = QUERIES, **options: Any) -> list[dict[str, Any]]:
    """All that an index answers to some queries, but for when it was asked and which commit it is."""
    found = []
    for query in queries:
        results = index.search(query, limit=100, facets=FACETS, chapters=10, **options)
        found.append({**indexer.results_to_dict(results), "took_ms": 0, "generation": ""})
    return found


def stored(index: Index) -> list[tuple[Any, ...]]:
    """All that an index keeps of its documents."""
    return [(document, tuple(index.passages(document.id))) for document in index.documents()]


made_documents = st.tuples(documents("a"), documents("b"), documents("c"))
asked = st.lists(st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=4), min_size=1, max_size=4)


@settings(max_examples=40)
@given(made=made_documents, gone=st.sampled_from("abc"), queries=asked)
@pytest.mark.parametrize(("engine", "other"), [("whoosh", "whoosh"), ("memory", "whoosh"), ("whoosh", "memory")])
def test_a_copy_answers_as_the_original(
    engine: str, other: str, made: tuple[AnalyzedDocument, ...], gone: str, queries: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder, make_index(engine, Path(folder) / "a", made) as index:
        index._engine.apply([Removal(gone)], MANIFEST)
        with copy(index._engine, ANALYZER, Location(Path(folder) / "b", other)) as copied:
            assert stored(copied) == stored(index)
            for options in ({}, {"scope": "section"}, {"group": "document"}):
                assert answers(copied, queries, **options) == answers(index, queries, **options)
            assert copied._engine.manifest() == MANIFEST
            assert copied.check() == ()


def test_a_copy_has_words_synonyms_and_all_that_documents_are(place: Path, tmp_path: Path) -> None:
    with indexer.open_index(place) as index, indexer.copy_index(place, tmp_path / "副本") as copied:
        assert stored(copied) == stored(index)
        assert answers(copied) == answers(index)
        assert copied.generation != index.generation
        assert sorted(copied._engine.vocabulary()) == sorted(index._engine.vocabulary())


def test_what_has_not_changed_is_not_read_again(corpus: Path, tmp_path: Path) -> None:
    with indexer.create_index(tmp_path / "原") as index:
        index.update([corpus])
    indexer.copy_index(tmp_path / "原", tmp_path / "副本").close()
    with indexer.open_index(tmp_path / "副本") as copied:
        (corpus / "三.txt").write_text("新的一份。", "utf-8")
        report = copied.update([corpus])
        assert (len(report.unchanged), report.added) == (2, ("语料/三.txt",))
    with indexer.open_index(tmp_path / "原") as index:
        assert len(index.documents()) == 2


def test_dictionaries_go_along(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "词.txt").write_text("规范数据处理活动\n", "utf-8")
    with indexer.create_index(tmp_path / "原", userdict=tmp_path / "词.txt") as index:
        index.update([corpus])
    with indexer.copy_index(tmp_path / "原", tmp_path / "副本") as copied:
        assert copied.explain("规范数据处理活动").words == ("规范数据处理活动",)


def test_an_empty_index_has_an_empty_copy(index: Index, tmp_path: Path) -> None:
    indexer.copy_index(index.path, tmp_path / "副本").close()
    with indexer.open_index(tmp_path / "副本") as copied:
        assert copied.documents() == ()


def test_it_is_told_how_far_it_is(place: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    indexer.copy_index(place, tmp_path / "副本", progress=lambda *counts: told.append(counts)).close()
    assert told == [(number, len(told)) for number in range(1, len(told) + 1)] != []


class TestWhatIsRefused:
    def test_a_folder_that_holds_an_index_unless_it_is_replaced(self, place: Path, index: Index, corpus: Path) -> None:
        index.update([corpus])
        with pytest.raises(errors.BadParameter, match="已经有索引"):
            indexer.copy_index(place, index.path)
        assert len(index.documents()) == 2
        indexer.copy_index(place, index.path, replace_existing=True).close()
        assert len(index.documents()) > 2

    def test_the_folder_of_the_original(self, place: Path) -> None:
        with pytest.raises(errors.BadParameter, match="就是要复制的索引"):
            indexer.copy_index(place, place.parent / "x" / ".." / place.name, replace_existing=True)

    def test_a_folder_of_documents(self, place: Path, corpus: Path) -> None:
        with pytest.raises(errors.BadParameter, match="有文档"):
            indexer.copy_index(place, corpus)

    def test_no_index(self, tmp_path: Path) -> None:
        with pytest.raises(errors.IndexMissing):
            indexer.copy_index(tmp_path, tmp_path / "副本")
        assert not (tmp_path / "副本").exists()

    def test_an_address_for_an_engine_that_is_here(self, place: Path, tmp_path: Path) -> None:
        for told in ({"url": "http://a"}, {"connection": indexer.Connection(("http://a",))}):
            with pytest.raises(errors.BadParameter, match="没有地址可连"):
                indexer.copy_index(place, tmp_path / "副本", **told)  # type: ignore[arg-type]
        with pytest.raises(errors.BadParameter, match="只能给一个"):
            indexer.copy_index(place, tmp_path / "副本", url="http://a", connection=indexer.Connection(("http://a",)))


def test_nothing_is_left_of_a_copy_that_failed(place: Path, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(copied: int, _: int) -> None:
        if copied == 3:
            raise Stopped

    with pytest.raises(Stopped):
        indexer.copy_index(place, tmp_path / "副本", progress=stop)
    assert not indexer.exists(tmp_path / "副本")
    indexer.copy_index(place, tmp_path / "副本").close()  # as if nothing had been
    assert indexer.exists(tmp_path / "副本")


def test_an_original_that_changes_meanwhile_is_copied_as_it_was_or_not_at_all(tmp_path: Path, corpus: Path) -> None:
    with indexer.create_index(tmp_path / "原") as index:
        index.update([corpus])
        before = paths(index)

        def change(copied: int, _: int) -> None:
            if copied == 1:
                index.remove([before[1]])

        with indexer.copy_index(index.path, tmp_path / "副本", progress=change) as copied:
            assert paths(copied) == before
        assert len(index.documents()) == 1


def test_an_engine_that_does_not_hold_on_to_a_commit_is_not_copied_torn(tmp_path: Path, corpus: Path) -> None:
    def analyzed() -> Iterator[AnalyzedDocument]:
        for document, passages in indexer.read([corpus]):
            yield ANALYZER.analyze(document, passages)

    engine = make_engine("memory", tmp_path / "原")
    engine.apply(analyzed(), MANIFEST)
    changes = [document.id for document in engine.documents()]

    def change(copied: int, _: int) -> None:
        if copied == 1:
            engine.apply([Removal(changes[1])], MANIFEST)

    with pytest.raises(errors.IndexBusy, match="没有复制"):
        copy(engine, ANALYZER, Location(tmp_path / "副本", "whoosh"), progress=change)
    assert not indexer.exists(tmp_path / "副本")


def test_a_copy_has_the_vectors(tmp_path: Path) -> None:
    write(tmp_path / "laws" / "租赁.md", "# 租赁\n\n## 甲\n\n出租人应当返还保证金。\n\n## 乙\n\n船舶靠泊要登记。\n")
    with indexer.create_index(tmp_path / "index", embedder=embed) as index:
        index.update([tmp_path / "laws"], workers=1)
    indexer.copy_index(tmp_path / "index", tmp_path / "copy").close()
    with indexer.open_index(tmp_path / "copy", embedder=embed) as copied:
        found = copied.search("房东 押金", match="near")
        assert (found.tiers["near"], found.warnings) == (1, ())
        assert copied.update([tmp_path / "laws"], workers=1).embedded == 0
