"""Hits for other programs: CSV that no spreadsheet runs, lines that can be cut, Markdown that reads as the text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import indexer
from indexer.model import Document, Passage, Results
from indexer.serialize.tables import COLUMNS
from tests.support import ANALYZER, make_document, make_index

FORMULA = "=+-@＝＋－＠\t\r\n"
texts = st.text(st.sampled_from("数据=+-@\t\r\n,\"'|*_`[<&甲1. #"), min_size=1, max_size=20)


def results(folder: Path, text: str, title: str = "标题", section: tuple[str, ...] = ()) -> Results:
    return make_index("memory", folder, [make_document("a", [(text, section)], title=title)]).search("")


@given(texts, texts)
def test_csv_reads_back_and_holds_no_formula(tmp_path_factory: pytest.TempPathFactory, text: str, title: str) -> None:
    table = indexer.results_to_csv(results(tmp_path_factory.mktemp("index"), text, title))
    header, row = csv.reader(io.StringIO(table, newline=""))
    assert tuple(header) == COLUMNS
    cells = dict(zip(header, row, strict=True))
    for name, original in (("原文", text), ("文档", title)):
        begins = original.lstrip(" \u3000\n")[:1]
        assert cells[name] == (f"'{original}" if original[0] == "\n" or begins in tuple(FORMULA) else original)
    assert all(cell[:1] not in tuple(FORMULA) for name, cell in cells.items() if name != "得分")


def test_csv_says_what_was_recognised(tmp_path: Path) -> None:
    passages = [Passage("a", number, text, page=number + 1) for number, text in enumerate("甲乙")]
    document = Document("a", "a.pdf", "标题", recognized_pages="2")
    found = make_index("memory", tmp_path, [ANALYZER.analyze(document, passages)]).search("")
    rows = csv.DictReader(io.StringIO(indexer.results_to_csv(found), newline=""))
    assert {row["原文"]: row["识别"] for row in rows} == {"甲": "", "乙": "识别文字"}


@given(texts, st.lists(texts, max_size=2).map(tuple))
def test_a_line_has_four_fields(tmp_path_factory: pytest.TempPathFactory, text: str, section: tuple[str, ...]) -> None:
    lines = indexer.results_to_lines(results(tmp_path_factory.mktemp("index"), text, section=section))
    assert lines.count("\n") == 1
    assert lines.endswith("\n")
    number, path, _, shown = lines[:-1].split("\t")
    assert (number, path) == ("a-0", "corpus/a.md")
    assert shown == " ".join(text.split())


@given(texts)
def test_markdown_reads_as_the_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    found = indexer.results_to_markdown(results(tmp_path_factory.mktemp("index"), f"甲{text}乙"))
    tokens = MarkdownIt().parse(found)
    shown = ["".join(child.content or " " for child in token.children or ()) for token in tokens if token.children]
    assert "".join(" ".join(shown[:-1]).split()) == "".join(f"甲{text}乙".split())
    assert shown[-1] == "——《标题》"
