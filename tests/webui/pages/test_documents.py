"""The list of all documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.webui.browsing import follow, page
from tests.webui.documents import client_of, titles
from webui.pages.documents import PAGE_SIZE


def test_every_document_is_listed_once(tmp_path: Path) -> None:
    paths = [f"法规/文档{number}.txt" for number in range(1, PAGE_SIZE + 6)]
    client = client_of(tmp_path, paths)
    soup = follow(client, page(client).select(".shelf > p > a")[0])
    assert len(titles(soup)) == PAGE_SIZE
    listed = titles(soup) + titles(follow(client, soup.select("a[rel=next]")[0]))
    assert listed == paths


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
