"""Who may commit, and what becomes of those who do not come to an end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from indexer.engines.contract import Engine, count_matching
from indexer.engines.opensearch import OpenSearchEngine, heads, pointer
from indexer.engines.opensearch.cluster import Cluster
from indexer.engines.opensearch.commit import Commit
from indexer.engines.opensearch.heads import Head, Heads, new_identity
from indexer.errors import IndexBusy, IndexUnavailable
from indexer.model import AnalyzedDocument, Literal
from tests.support import make_document, make_engine, opensearch_pool

pytestmark = pytest.mark.usefixtures("environment")

TREE = Literal(("数据",))


@pytest.fixture
def known(engine: Engine) -> Heads:
    return Heads(Cluster(opensearch_pool().connection))


def test_a_lock_keeps_others_out_until_its_owner_is_silent_for_long(known: Heads) -> None:
    with known.lock("x") as first:
        with pytest.raises(IndexBusy), known.lock("x"):
            pass
        with known.lock("y"):
            pass
        with patch.object(heads, "_EXPIRY", -1), known.lock("x") as second:
            assert second > first
    with known.lock("x") as third:
        assert third > second


def test_a_lock_that_was_taken_over_is_not_let_go_by_its_first_owner(known: Heads) -> None:
    first = known.lock("x")
    first.__enter__()
    with patch.object(heads, "_EXPIRY", -1):
        second = known.lock("x")
        second.__enter__()
    first.__exit__(None, None, None)
    with pytest.raises(IndexBusy), known.lock("x"):
        pass
    second.__exit__(None, None, None)


def test_of_two_commits_after_the_same_one_stands(known: Heads) -> None:
    base = known.write("z", Head("i", 1, new_identity()), None)
    known.write("z", Head("i", 2, new_identity()), base)
    with pytest.raises(IndexBusy):
        known.write("z", Head("i", 3, new_identity()), base)
    with pytest.raises(IndexBusy):
        known.write("z", Head("i", 4, new_identity()), None)
    assert known.read("z").generation == 2


def begun(engine: Engine, folder: Path, known: Heads, *, anew: bool) -> Commit:
    """A commit whose builder dies before it names a head."""
    name = pointer.read(folder).index
    with known.lock(name) as generation:
        commit = Commit(Cluster(opensearch_pool().connection), known, name, generation, known.read(name), anew)
        commit.begin()
        commit.carry_out(engine.prepare(make_document("a", ["数据"] * 5)))
        commit._writer.flush()
        commit._refresh()
    return commit


def test_what_a_builder_wrote_that_died_is_never_seen(engine: Engine, known: Heads, tmp_path: Path) -> None:
    engine.apply([make_document("a", ["数据"]), make_document("b", ["数据"])], "1")
    begun(engine, tmp_path / "index", known, anew=False)
    assert (count_matching(engine, TREE), engine.stats().passages, engine.check()) == (2, 2, [])
    engine.apply([make_document("c", ["数据"])], "2")
    assert (count_matching(engine, TREE), engine.stats().passages, engine.check()) == (3, 3, [])


def test_a_rebuild_that_died_leaves_nothing_after_the_next(engine: Engine, known: Heads, tmp_path: Path) -> None:
    engine.apply([make_document("a", ["数据"])], "1")
    died = begun(engine, tmp_path / "index", known, anew=True)
    assert count_matching(engine, TREE) == 1
    new = OpenSearchEngine.replace(tmp_path / "index", "2", lambda: None)
    new.apply([make_document("a", ["数据"] * 2)], "2")
    assert count_matching(engine, TREE) == 2
    pattern = f"/{opensearch_pool().connection.prefix}-{pointer.read(tmp_path / 'index').index}-*"
    (left,) = died.cluster.send("GET", f"{pattern}/_alias")
    assert left != died.physical


def test_dead_records_are_deleted(engine: Engine, known: Heads, tmp_path: Path) -> None:
    engine.apply([make_document("a", ["数据"] * 9), make_document("b", ["数据"])], "1")
    engine.apply([make_document("a", ["数据"])], "2")
    head = known.read(pointer.read(tmp_path / "index").index)
    cluster = Cluster(opensearch_pool().connection)
    everything = {"size": 0, "track_total_hits": True, "query": {"term": {"record": "passage"}}}
    (found,) = cluster.searches(head.physical, [everything])
    assert (found["hits"]["total"]["value"], head.dead) == (2, ())


def test_a_commit_stands_whatever_comes_after_its_head(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.apply([make_document("a", ["数据"] * 9), make_document("b", ["数据"])], "1")

    def away(*_: object) -> None:
        raise IndexUnavailable("连不上。")

    with monkeypatch.context() as patched:
        patched.setattr(Cluster, "delete_where", away)
        engine.apply([make_document("a", ["数据"])], "2")
        assert (count_matching(engine, TREE), engine.manifest(), engine.check()) == (2, "2", [])
    engine.apply([make_document("c", ["数据"])], "3")
    assert (count_matching(engine, TREE), engine.stats().passages, engine.check()) == (3, 3, [])


def test_a_commit_whose_answer_was_lost_is_not_taken_back(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.apply([make_document("a", ["数据"])], "1")
    write = Heads.write

    def loses_the_answer(self: Heads, *arguments: Any) -> None:
        write(self, *arguments)
        raise IndexUnavailable("连不上。")

    with monkeypatch.context() as patched:
        patched.setattr(Heads, "write", loses_the_answer)
        with pytest.raises(IndexUnavailable):
            engine.apply([make_document("b", ["数据"])], "2")
    assert (count_matching(engine, TREE), engine.manifest(), engine.check()) == (2, "2", [])


def test_a_builder_that_slept_too_long_loses_nothing_for_others(engine: Engine, tmp_path: Path) -> None:
    """Its lock was taken over; it wakes up and commits first, so that the other one is refused."""
    engine.apply([make_document("a", ["数据"])], "1")
    other = OpenSearchEngine.open(tmp_path / "index")

    def meanwhile() -> Iterator[AnalyzedDocument]:
        yield make_document("b", ["数据"])
        with patch.object(heads, "_EXPIRY", -1), pytest.raises(IndexBusy):
            other.apply(wakes_up(), "other")

    def wakes_up() -> Iterator[AnalyzedDocument]:
        yield make_document("c", ["数据"])
        with patch.object(heads, "_EXPIRY", -1):
            OpenSearchEngine.open(tmp_path / "index").apply([make_document("d", ["数据"])], "third")

    with pytest.raises(IndexBusy):
        engine.apply(meanwhile(), "2")
    assert sorted(document.id for document in engine.documents()) == ["a", "d"]
    assert (engine.manifest(), engine.check()) == ("third", [])


def test_no_folder_holds_who_logs_in(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    make_engine("opensearch", folder)
    held = "".join(path.read_text("utf-8") for path in folder.iterdir())
    assert "password" not in held and "user" not in held


def test_an_index_that_its_cluster_made_read_only_is_read_but_not_written(engine: Engine, tmp_path: Path) -> None:
    engine.apply([make_document("a", ["数据"])], "1")
    cluster, settings = Cluster(opensearch_pool().connection), f"/{pointed_to(tmp_path / 'index')}/_settings"
    cluster.send("PUT", settings, {"index.blocks.read_only_allow_delete": True})
    try:
        with pytest.raises(IndexUnavailable, match="只读"):
            engine.apply([make_document("b", ["数据"])], "2")
        assert (count_matching(engine, TREE), engine.manifest(), engine.check()) == (1, "1", [])
    finally:
        cluster.send("PUT", settings, {"index.blocks.read_only_allow_delete": None})
    engine.apply([make_document("b", ["数据"])], "2")  # nobody is left that holds the lock
    assert (count_matching(engine, TREE), engine.manifest(), engine.check()) == (2, "2", [])


def pointed_to(folder: Path) -> str:
    """The index of the cluster that a folder points to."""
    known = Heads(Cluster(opensearch_pool().connection))
    return known.read(pointer.read(folder).index).physical
