"""A copy of ``_template.py`` with an entry of its own is an engine; it passes the suite as its entry promises."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import indexer
from indexer.engines import ENTRIES, Entry, _template, load
from indexer.engines.contract import Capabilities, Engine
from tests.engines import test_contract as suite
from tests.support import make_engine


class TestLeaves(suite.TestLeaves):
    """Of the copy."""


class TestAnswers(suite.TestAnswers):
    """Of the copy."""


class TestCommits(suite.TestCommits):
    """Of the copy."""


@pytest.fixture(autouse=True)
def name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of the copy, which is an engine for the time of a test."""
    source = Path(_template.__file__).read_text("utf-8")
    copied = source.replace("TemplateEngine", "CopiedEngine").replace('"template"', '"copied"')
    (tmp_path / "copied_engine.py").write_text(copied, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    capabilities = Capabilities(False, False, exact_scores=False, vectors=True)
    entry = Entry("copied_engine:CopiedEngine", None, capabilities, format=1)
    monkeypatch.setitem(ENTRIES, "copied", entry)
    yield "copied"
    sys.modules.pop("copied_engine", None)


@pytest.fixture
def engine(name: str, tmp_path: Path) -> Engine:
    """Takes the place of the suite's engines."""
    return make_engine(name, tmp_path / "index")


def test_it_is_none_of_the_program(engine: Engine) -> None:
    assert type(engine) is load("copied") is not _template.TemplateEngine
    assert type(engine).__module__ == "copied_engine"


def test_it_answers_like_the_definition_but_for_scores(name: str) -> None:
    suite.test_answers_like_the_definition(name=name)


def test_the_program_searches_with_it(name: str, corpus: Path, tmp_path: Path) -> None:
    with indexer.create_index(tmp_path / "index", engine=name) as index:
        index.update([corpus])
        results = index.search("纳税", facets=("document",))
        assert [hit.document.path for hit in results.hits] == ["语料/二.txt"]
        assert index.search("没有的词").total == 0
