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


def test_without_scripts_each_paragraph_leads_to_those_like_it(client: FlaskClient) -> None:
    hit = page(client, q="数据安全").select("article")[0]
    document = follow(client, hit.select("a")[0])
    links = document.select(".prose noscript a.similar")
    (own,) = (link for link in links if str(link["href"]).endswith(f"?like={hit['data-passage-id']}"))
    assert own.get_text() == "相近的段落"
    similar = follow(client, own)
    assert similar.select(".example")
    assert hit["data-passage-id"] not in [article["data-passage-id"] for article in similar.select("article")]
    assert not document.select(".prose :is(h1, h2, h3, h4, h5, h6) a.similar")
