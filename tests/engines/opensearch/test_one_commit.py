"""Questions beside commits: each is answered by one of them, whole; several may be put to the same."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from indexer.engines.contract import Engine, Removal, count_matching
from indexer.engines.opensearch import OpenSearchEngine
from indexer.engines.requests import Request
from indexer.errors import IndexUnavailable
from indexer.model import Literal, Tier
from tests.support import make_document

pytestmark = pytest.mark.usefixtures("environment")

TREE = Literal(("数据",))
DOCUMENTS = 8


def commit(engine: Engine, version: str) -> None:
    engine.apply([make_document(f"d{number}", [f"数据 {version}"] * 3) for number in range(DOCUMENTS)], version)


def test_a_commit_made_meanwhile_is_seen_afterwards_and_by_other_threads(engine: Engine, tmp_path: Path) -> None:
    engine.apply([make_document("a", ["数据"])], "")
    writer, elsewhere = OpenSearchEngine.open(tmp_path / "index"), []
    with engine.one_commit(), engine.one_commit():
        before = engine.generation
        for number in range(3):  # what was is deleted again and again
            writer.apply([make_document("a", ["数据"] * number)], "")
        assert (count_matching(engine, TREE), engine.generation, engine.manifest()) == (1, before, "")
        assert len(engine.passages("a")) == 1
        other = threading.Thread(target=lambda: elsewhere.append(count_matching(engine, TREE)))
        other.start()
        other.join()
        assert (count_matching(engine, TREE), engine.generation) == (1, before)
    assert elsewhere == [2]
    assert count_matching(engine, TREE) == 2
    assert engine.generation == writer.generation != before


def test_an_error_inside_lets_go_of_the_commit(engine: Engine, tmp_path: Path) -> None:
    engine.apply([make_document("a", ["数据"])], "")
    with pytest.raises(ValueError, match="invalid literal"), engine.one_commit():
        int("数据")
    OpenSearchEngine.open(tmp_path / "index").apply([make_document("b", ["数据"])], "")
    assert count_matching(engine, TREE) == 2


def test_a_commit_that_is_kept_no_more_is_kept_anew_while_it_is_the_last(engine: Engine, tmp_path: Path) -> None:
    engine.apply([make_document("a", ["数据"])], "")
    assert isinstance(engine, OpenSearchEngine)
    with engine.one_commit():
        assert engine._pin is not None
        engine._pin.let_go()  # as when its node is gone
        assert count_matching(engine, TREE) == 1
        engine._pin.let_go()
        OpenSearchEngine.open(tmp_path / "index").apply([make_document("b", ["数据"])], "")
        with pytest.raises(IndexUnavailable):
            count_matching(engine, TREE)
    assert count_matching(engine, TREE) == 2


def test_no_answer_is_of_two_commits(engine: Engine, tmp_path: Path) -> None:
    commit(engine, "0")
    reader = OpenSearchEngine.open(tmp_path / "index")
    torn, answers, done = [], [], threading.Event()

    def read() -> None:
        while not done.is_set():
            answer = reader.search(Request(((Tier.EXACT, TREE),), limit=100, sort="order", facets=("document",)))
            texts = {hit.passage.text for hit in answer.hits}
            answers.append(texts)
            whole = (answer.counts[Tier.EXACT], len(answer.hits), len(texts), len(answer.facets["document"].values))
            if whole != (3 * DOCUMENTS, 3 * DOCUMENTS, 1, DOCUMENTS):
                torn.append(whole)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        for version in range(1, 6):
            commit(engine, str(version))
    finally:
        done.set()
        thread.join()
    assert not torn
    assert answers
    engine.apply([Removal("d0")], "")
    assert count_matching(reader, TREE) == 3 * (DOCUMENTS - 1)
