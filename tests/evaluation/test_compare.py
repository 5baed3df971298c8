"""Settings side by side, as the command prints them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import cli
from indexer.index.index import Index
from tests.evaluation.conftest import write


class TestCommand:
    @pytest.fixture
    def questions(self, tmp_path: Path) -> Path:
        return write(
            tmp_path / "q.jsonl",
            {"question": "纳税人 须知", "gold": "税法"},
            {"question": "国务院", "gold": ["税法"]},
        )

    def test_prints_a_table_and_what_is_lost(self, index: Index, questions: Path) -> None:
        result = CliRunner().invoke(cli, ["eval", str(questions), "--index", str(index.path), "--lost", "5"])
        assert result.exit_code == 0
        assert "0.7500" in result.stdout
        assert "第 2  纳税人 须知" in result.stdout

    def test_compares_two_settings(self, index: Index, questions: Path) -> None:
        options = ["--against", str(index.path), "--without", "lead", "--json"]
        result = CliRunner().invoke(cli, ["eval", str(questions), "--index", str(index.path), *options])
        settings = json.loads(result.stdout)["settings"]
        assert [each["questions"] for each in settings] == [2, 2, 2]
        assert set(settings[0]["means"]) == {"MRR", "nDCG", "recall", "hit@1"} == set(settings[1]["p_values"])
        assert settings[0]["lost"] == [{"id": "1", "question": "纳税人 须知", "rank": 2, "gold": ["法规/税法.md"]}]

    def test_a_corpus_needs_no_index(self, questions: Path, tmp_path: Path) -> None:
        corpus = write(tmp_path / "c.jsonl", {"id": "税法", "text": "国务院规定"}, {"id": "2", "text": "纳税人须知"})
        result = CliRunner().invoke(cli, ["eval", str(questions), "--corpus", str(corpus)])
        assert result.exit_code == 0
        assert "0.5000" in result.stdout
