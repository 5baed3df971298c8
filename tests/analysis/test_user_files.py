"""Words and synonyms of the user: what they change, and what they must not."""

from __future__ import annotations

from pathlib import Path

import pytest

import indexer
from indexer.index.index import Index
from tests.support import tiers


class TestUserFiles:
    @pytest.fixture
    def index(self, tmp_path: Path) -> Index:
        (tmp_path / "文").mkdir()
        (tmp_path / "文" / "一.txt").write_text("交通事故的处理。\n\n用 big data 分析。\n\n车祸现场。\n", "utf-8")
        (tmp_path / "同义.txt").write_text("车祸 => 交通事故\n", "utf-8")
        (tmp_path / "词.txt").write_text("big data\n", "utf-8")
        index = indexer.create_index(tmp_path / "i", userdict=tmp_path / "词.txt", synonyms=tmp_path / "同义.txt")
        index.update([tmp_path / "文"])
        index.close()
        return indexer.open_index(tmp_path / "i")

    def test_a_synonym_widens_partial_matches_alone(self, index: Index) -> None:
        assert tiers(index, "车祸") == {2: "exact", 0: "some"}
        assert tiers(index, "车祸", match="all") == {2: "exact"}
        assert tiers(index, "交通事故") == {0: "exact"}
        assert index.search("车祸").hits[1].highlights == ((0, 4),)

    def test_a_word_with_a_space_is_one_word(self, index: Index) -> None:
        assert index.explain('"big data"').words == index.explain("big data").words == ("big data",)
        assert tiers(index, '"big data"') == tiers(index, "big") == {1: "exact"}

    @pytest.mark.parametrize(
        ("query", "runs"),
        [
            ("分析 Big  DATA", ("分析", "big data")),
            ("big data", ("big data",)),
            ("(big data) OR r & d", ("big data", "r & d")),
            ("r & d r &", ("r & d", "r")),
            ("big data lake 湖", ("big data lake", "湖")),
            ('big "data"', ("big", "data")),
            ("big AND data", ("big", "data")),
            ("big -x data", ("big", "data")),
        ],
    )
    def test_adjacent_runs_that_are_a_word_are_one(self, tmp_path: Path, query: str, runs: tuple[str, ...]) -> None:
        (tmp_path / "词.txt").write_text("big data\nR & D\nbig data lake\n", "utf-8")
        index = indexer.create_index(tmp_path / "i", "memory", tmp_path / "词.txt")
        assert index.explain(query).runs == runs
