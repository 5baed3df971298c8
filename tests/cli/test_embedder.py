"""An embedder on the command line: to build with, to ask with, and what is said without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

OPTION = ("--embedder", "python:tests.support:embed")


@pytest.fixture
def built(run: Run, corpus: Path) -> Run:
    (corpus / "租.md").write_text("# 租赁\n\n## 甲\n\n出租人应当返还保证金。\n", "utf-8")
    made = run("index", corpus, *OPTION, "--workers", 1)
    assert (made.exit_code, "个向量" in made.stdout) == (0, True)
    return run


def test_what_is_near_is_listed_under_its_name(built: Run) -> None:
    found = built("search", "押金", "--match", "near", *OPTION)
    assert "意思相近" in found.stdout
    assert "保证金" in found.stdout
    counted = json.loads(built("search", "押金", "--json", *OPTION).stdout)
    assert (counted["tiers"]["near"], counted["total"], counted["hits"]) == (1, 0, [])


def test_every_way_to_list_knows_it(built: Run) -> None:
    rows = built("search", "押金", "--match", "near", "--format", "csv", *OPTION).stdout.splitlines()
    assert ["意思相近" in row for row in rows] == [False, True]


def test_without_it_words_answer_and_it_is_said(built: Run) -> None:
    found = built("search", "保证金")
    assert "保证金" in found.stdout
    assert "--embedder" in found.stderr


def test_an_update_needs_it(built: Run, corpus: Path) -> None:
    assert built("index", corpus).exit_code == 2
    assert "个向量" not in built("index", corpus, *OPTION).stdout


def test_a_model_that_is_none_is_refused_with_a_way_out(run: Run, corpus: Path) -> None:
    refused = run("index", corpus, "--embedder", "onnx:没有")
    assert (refused.exit_code, "model.onnx" in refused.stderr) == (2, True)
