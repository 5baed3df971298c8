"""A document to read, and the way back to the hits."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.webui.browsing import follow, page


def test_the_way_back_keeps_page_and_filters(client: FlaskClient) -> None:
    results = page(client, q="数据", tag="报告", limit=2, offset=2)
    document = follow(client, results.select("article a")[0])
    back = document.select(".about a")[0]
    ids = [article["data-passage-id"] for article in follow(client, back).select("article")]
    assert ids == [article["data-passage-id"] for article in results.select("article")]
