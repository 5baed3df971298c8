"""What browsers and feed readers take: by the letter of their formats, since they forgive nothing."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree, html

import indexer
import webui
from tests.webui.browsing import page

ATOM = "{http://www.w3.org/2005/Atom}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def feed(client: FlaskClient, **parameters: object) -> etree._Element:
    response = client.get("/feed.atom", query_string=parameters)
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml"), response.text
    root = etree.fromstring(response.data)
    validate(root)
    return root


def validate(root: etree._Element) -> None:
    """What RFC 4287 demands of a feed and its entries."""
    assert root.tag == f"{ATOM}feed"
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert set(links) == {"alternate", "self"}
    assert all(re.fullmatch(r"http://localhost/[!-~]*", address) for address in links.values())
    entries = root.findall(f"{ATOM}entry")
    for each in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"{ATOM}{name}")) == 1
        updated = datetime.fromisoformat(each.findtext(f"{ATOM}updated"))
        assert updated.tzinfo is not None
        assert re.fullmatch(r"http://[!-~]+", each.findtext(f"{ATOM}id"))
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.find(f"{ATOM}content").get("type") == "html"
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1


def test_the_newest_come_first(client: FlaskClient) -> None:
    root = feed(client, q="数据")
    entries = root.findall(f"{ATOM}entry")
    dates = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == root.findtext(f"{ATOM}updated") == "2021-07-02T00:00:00Z"
    content = html.fromstring(entries[0].findtext(f"{ATOM}content"))
    assert next(content.iter("mark")).text == "数据"
    assert "数字发展报告 › " in entries[0].findtext(f"{ATOM}title")
    assert client.get(entries[0].findtext(f"{ATOM}id")).status_code == 302


def test_it_is_bounded(client: FlaskClient) -> None:
    assert len(feed(client, q="数据").findall(f"{ATOM}entry")) == 20
    assert len(feed(client, q="数据", limit=3).findall(f"{ATOM}entry")) == 3
    assert client.get("/feed.atom?limit=101").status_code == 400


def test_the_filters_hold_and_halves_are_left_out(client: FlaskClient) -> None:
    titles = [each.text for each in feed(client, q="数据", tag="报告").iter(f"{ATOM}title")][1:]
    assert titles
    assert all(title.startswith("数字发展报告") for title in titles)
    assert feed(client, q="数据 鱻龘").findall(f"{ATOM}entry") == []


def test_an_empty_query_has_all_there_is(client: FlaskClient) -> None:
    assert len(feed(client).findall(f"{ATOM}entry")) == 20


def test_markup_and_what_xml_cannot_hold(tmp_path: Path) -> None:
    text = "甲<script>x</script>&amp;\x0b\x1f\ufffe乙]]>"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    with indexer.create_index(tmp_path / "index", engine="memory") as index:
        index.update([tmp_path / "a.txt"])
        (entry,) = feed(webui.create_app(index).test_client(), q="甲").findall(f"{ATOM}entry")
    content = html.fromstring(f"<p>{entry.findtext(f'{ATOM}content')}</p>")
    assert content.find("script") is None
    assert content.text_content().startswith("甲<script>x</script>&amp;")


def test_results_name_their_feed_and_the_search(client: FlaskClient) -> None:
    soup = page(client, "/?q=数据&tag=报告&offset=0")
    (feed_link,) = soup.select('link[rel=alternate][type="application/atom+xml"]')
    assert client.get(str(feed_link["href"])).status_code == 200
    (search,) = soup.select("link[rel=search]")
    assert client.get(str(search["href"])).mimetype == "application/opensearchdescription+xml"


def test_browsers_learn_how_to_ask(client: FlaskClient) -> None:
    root = etree.fromstring(client.get("/opensearch.xml").data)
    assert root.tag == f"{SEARCH}OpenSearchDescription"
    assert len(root.findtext(f"{SEARCH}ShortName")) <= 16
    templates = {url.get("type"): url.get("template") for url in root.findall(f"{SEARCH}Url")}
    assert templates["text/html"].startswith("http://localhost/")
    for kind, template in templates.items():
        response = client.get(template.replace("{searchTerms}", "%E6%95%B0%E5%AD%97"))
        assert (response.status_code, response.mimetype) == (200, kind)
    with client.get(root.findtext(f"{SEARCH}Image")) as icon:
        assert icon.mimetype == "image/svg+xml"


@pytest.mark.parametrize(("typed", "wanted"), [("数字政", "二、数字政府"), ("增长 szzf", "增长 二、数字政府")])
def test_suggestions_for_browsers(client: FlaskClient, typed: str, wanted: str) -> None:
    query, found = client.get("/opensearch/suggest", query_string={"q": typed}).get_json(force=True)
    assert query == typed
    assert wanted in found
    assert client.get("/opensearch/suggest").get_json(force=True) == ["", []]
