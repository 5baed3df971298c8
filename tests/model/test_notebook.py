"""What a notebook shows: escaped, marked, small, and nothing that is fetched or run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.index.index import Index
from indexer.model import Document, Passage
from tests.support import ANALYZER, make_document, make_index

HOSTILE = "<script>alert(1)</script>数据<img src=x onerror=alert(2)>\"'&amp;</mark>"


class Reader(HTMLParser):
    """The text, the tags, and what is in ``<mark>``."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags, self.marked, self.attributes = "", [], [], []  # type: ignore[var-annotated]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.tags and self.tags[-1] == "mark":
            self.marked.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def hostile(folder: Path) -> Index:
    document = make_document("a", [(HOSTILE, (HOSTILE, "数据"))], title=HOSTILE)
    return make_index("memory", folder, [document])


def test_the_work_stands_before_the_title_and_is_marked(tmp_path: Path) -> None:
    document = Document("a", "a.md", "卷一", work=f"渔业{HOSTILE}")
    index = make_index("memory", tmp_path, [ANALYZER.analyze(document, [Passage("a", 0, "第七条　养殖")])])
    seen = read(index.search("渔业 养殖").hits[0]._repr_html_())
    assert seen.text.startswith(f"渔业{HOSTILE} › 卷一")
    assert seen.marked == ["渔业", "养殖"]


@pytest.mark.parametrize("query", ["数据", "script 数据", HOSTILE])
def test_nothing_in_a_document_or_query_becomes_markup(tmp_path: Path, query: str) -> None:
    results = hostile(tmp_path).search(query)
    for html in (results._repr_html_(), results.hits[0]._repr_html_()):
        seen = read(html)
        assert {tag.strip("/") for tag in seen.tags} <= {"div", "p", "ol", "li", "b", "br", "small", "mark"}
        assert seen.attributes == []
        assert HOSTILE in seen.text


def test_matches_are_marked(tmp_path: Path) -> None:
    assert {*read(hostile(tmp_path).search("数据").hits[0]._repr_html_()).marked} == {"数据"}


@given(st.text(min_size=1, max_size=20))
def test_whatever_a_query_holds_it_reads_as_typed(tmp_path_factory: pytest.TempPathFactory, query: str) -> None:
    index = make_index("memory", tmp_path_factory.mktemp("index"), [make_document("a", ["数据"])])
    assert re.sub(r"\s", "", query) in re.sub(r"\s", "", read(index.search(query)._repr_html_()).text)


def test_it_stays_small(tmp_path: Path) -> None:
    index = make_index("memory", tmp_path, [make_document("a", ["数据" * 5_000] * 100)])
    assert len(index.search("数据", limit=100)._repr_html_()) < 100_000
