"""The list of all documents, and what the first page shows of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

import indexer
import webui
from indexer.model import Document
from tests.support import ANALYZER, make_index
from tests.webui.browsing import follow, page, texts
from webui.pages.document_order import PAGE_SIZE
from webui.pages.search import HOME_DOCUMENTS


def client_of(folder: Path, paths: list[str]) -> FlaskClient:
    documents = [ANALYZER.analyze(Document(f"{number:x}", path, path), ()) for number, path in enumerate(paths)]
    return webui.create_app(make_index("memory", folder, documents)).test_client()


def titles(soup: BeautifulSoup) -> list[str]:
    return texts(soup, ".documents a")


def test_every_document_is_listed_once(tmp_path: Path) -> None:
    paths = [f"法规/文档{number}.txt" for number in range(1, PAGE_SIZE + 6)]
    client = client_of(tmp_path, paths)
    soup = follow(client, page(client).select(".shelf > p > a")[0])
    assert len(titles(soup)) == PAGE_SIZE
    listed = titles(soup) + titles(follow(client, soup.select("a[rel=next]")[0]))
    assert listed == paths


ORDERS = [
    ["文/文档2.txt", "文/文档10.txt"],
    ["文/甲.txt", "文/乙/甲.txt"],
    ["文/第1章/9.txt", "文/第1章/10.txt", "文/第2章/1.txt", "文/第10章/1.txt"],
    ["文/a/b/1.txt", "文/a-b/1.txt"],
    ["文/007.txt", "文/8.txt", f"文/{'9' * 200}.txt"],
    ["文/2021.txt", "文/附.txt"],
]


@pytest.mark.parametrize("paths", ORDERS, ids=lambda paths: paths[0])
def test_documents_stand_in_natural_order(tmp_path: Path, paths: list[str]) -> None:
    client = client_of(tmp_path, paths[::-1])
    assert titles(page(client, "/documents")) == paths
    assert titles(page(client)) == paths


def test_the_first_page_shows_the_first_of_many(tmp_path: Path) -> None:
    assert len(titles(page(client_of(tmp_path, [f"文/{number}.txt" for number in range(40)])))) == HOME_DOCUMENTS


def test_a_page_that_is_none_leads_to_the_first(client: FlaskClient) -> None:
    soup = page(client, "/documents", offset=1000)
    (link,) = soup.select(".nothing a")
    assert len(titles(follow(client, link))) == 3


@pytest.mark.parametrize("parameters", [{"offset": "-1"}, {"offset": "x"}, {"page": "2"}])
def test_what_cannot_be_read_is_refused(client: FlaskClient, parameters: dict[str, str]) -> None:
    page(client, "/documents", 400, **parameters)


def test_an_empty_index_says_what_to_do(tmp_path: Path) -> None:
    client = client_of(tmp_path, [])
    for path in ("/", "/documents"):
        assert "xunzhang index" in page(client, path).get_text()


def test_a_commit_shows_at_once(tmp_path: Path) -> None:
    (tmp_path / "文").mkdir()
    (tmp_path / "文" / "甲.txt").write_text("数据安全，人人有责。", "utf-8")
    index = indexer.create_index(tmp_path / "index", engine="memory")
    client = webui.create_app(index).test_client()
    assert titles(page(client)) == []
    index.update([tmp_path / "文"])
    assert titles(page(client)) == ["甲"]
    assert "“数据安全”" in texts(page(client), ".examples strong")
