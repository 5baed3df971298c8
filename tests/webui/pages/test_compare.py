"""What documents say of one thing, side by side."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.webui.browsing import follow, page, texts
from webui.pages.compare import PASSAGES


def test_a_row_for_each_passage_under_its_document(client: FlaskClient) -> None:
    groups = client.get("/api/v1/search", query_string={"q": "数据", "group": "document"}).get_json()["groups"]
    soup = page(client, "/compare", q="数据")
    assert [text.split(" ")[0] for text in texts(soup, "tbody th > a")] == [
        each["document"]["title"] for each in groups
    ]
    rows = [len(body.select("tr")) for body in soup.select("tbody")]
    assert rows == [min(each["count"], PASSAGES) for each in groups]
    assert all("数据" in text for text in texts(soup, "td.text mark"))


def test_filters_hold_and_a_place_leads_to_its_passage(client: FlaskClient) -> None:
    soup = page(client, "/compare", q="数据", tag="报告")
    assert texts(soup, "tbody th > a") == ["数字发展报告"]
    link = soup.select("tbody td a")[0]
    assert follow(client, link).find(id=str(link["href"]).partition("#")[2])


def test_nothing_is_said_where_nothing_is_found(client: FlaskClient) -> None:
    assert page(client, "/compare", q="鱻龘").select("table") == []


def test_results_lead_there(client: FlaskClient) -> None:
    (link,) = page(client, q="数据", tag="报告").select("a[href^='/compare']")
    assert follow(client, link).select("td.text")
