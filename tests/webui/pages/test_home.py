"""The first page, and how to ask."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

import indexer
import webui
from tests.webui.browsing import follow, page, texts
from tests.webui.documents import client_of, titles
from webui.pages.home import HOME_DOCUMENTS


def test_one_form_that_works_by_get(client: FlaskClient) -> None:
    (form,) = page(client).select("form")
    assert (form["action"], form["method"]) == ("/", "get")
    assert form.select_one("input[name=q]") is not None
    assert form.select_one("label[for=q]") is not None


def test_says_what_is_there(client: FlaskClient, index: indexer.Index) -> None:
    soup = page(client)
    assert str(index.stats().passages) in soup.get_text()
    assert "数字发展报告" in texts(soup, ".shelf a")


def test_examples_have_hits(client: FlaskClient) -> None:
    examples = page(client).select(".examples a")
    assert len(examples) > 2
    assert all(follow(client, link).select("article") for link in examples)


def test_how_to_ask_is_beside_the_box(client: FlaskClient) -> None:
    for soup in (page(client), page(client, q="数据")):
        (panel,) = soup.select("#ask")
        assert soup.select("form#search [popovertarget=ask]")
        assert all(follow(client, link).select("article") for link in panel.select("dt a"))
        assert panel.select("a[href='/help']")


def test_the_first_page_shows_the_first_of_many(tmp_path: Path) -> None:
    assert len(titles(page(client_of(tmp_path, [f"文/{number}.txt" for number in range(40)])))) == HOME_DOCUMENTS


def test_a_commit_shows_at_once(tmp_path: Path) -> None:
    (tmp_path / "文").mkdir()
    (tmp_path / "文" / "甲.txt").write_text("数据安全，人人有责。", "utf-8")
    index = indexer.create_index(tmp_path / "index", engine="memory")
    client = webui.create_app(index).test_client()
    assert titles(page(client)) == []
    index.update([tmp_path / "文"])
    assert titles(page(client)) == ["甲"]
    assert "“数据安全”" in texts(page(client), ".examples strong")


def test_every_example_is_read_as_it_is_written(client: FlaskClient, index: indexer.Index) -> None:
    examples = texts(page(client, "/help"), "code")
    assert len(examples) > 5
    assert [query for query in examples if index.explain(query).warnings] == []
