"""Several questions put to one commit, whatever comes meanwhile."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from indexer.engines.contract import count_matching
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.model import Literal
from tests.support import MANIFEST, make_document, make_engine

TREE = Literal(("数据",))


def test_a_commit_made_meanwhile_is_seen_afterwards_and_by_other_threads(tmp_path: Path) -> None:
    engine = make_engine("whoosh", tmp_path)
    engine.apply([make_document("a", ["数据"])], MANIFEST)
    writer, elsewhere = WhooshEngine.open(tmp_path), []
    with engine.one_commit(), engine.one_commit():
        before = engine.generation
        writer.apply([make_document("b", ["数据"])], MANIFEST)
        assert (count_matching(engine, TREE), engine.generation) == (1, before)
        other = Thread(target=lambda: elsewhere.append(count_matching(engine, TREE)))
        other.start()
        other.join()
        assert (count_matching(engine, TREE), engine.generation) == (1, before)
    assert elsewhere == [2]
    assert count_matching(engine, TREE) == 2
    assert engine.generation == writer.generation != before


def test_an_error_inside_lets_go_of_the_commit(tmp_path: Path) -> None:
    engine = make_engine("whoosh", tmp_path)
    engine.apply([make_document("a", ["数据"])], MANIFEST)
    with pytest.raises(ValueError, match="invalid literal"), engine.one_commit():
        int("数据")
    WhooshEngine.open(tmp_path).apply([make_document("b", ["数据"])], MANIFEST)
    assert count_matching(engine, TREE) == 2
