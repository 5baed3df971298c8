"""A passage by itself through the API: its neighbours, its citations."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

import indexer


@pytest.fixture
def passages(index: indexer.Index) -> tuple[indexer.Passage, ...]:
    return index.passages(index.document("语料/报告.md").id)


def test_neighbours_in_order(client: FlaskClient, passages: tuple[indexer.Passage, ...]) -> None:
    body = client.get("/api/v1/passage", query_string={"id": passages[2].id, "before": 2}).get_json()
    assert [each["id"] for each in body["passages"]] == [each.id for each in passages[:4]]
    assert body["passages"][2]["text"] == passages[2].text
    assert body["document"]["path"] == "语料/报告.md"


def test_citations_name_an_address_that_leads_back(client: FlaskClient, passages: tuple[indexer.Passage, ...]) -> None:
    body = client.get("/api/v1/cite", query_string={"id": passages[2].id}).get_json()
    assert set(body["citations"]) == set(indexer.CITATION_STYLES)
    assert body["url"] in body["citations"]["gbt7714"]
    assert body["url"] in body["citations"]["markdown"]
    assert client.get(body["url"]).location.endswith(f"#{indexer.permalink(passages[2])}")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/passage", 400),
        ("/api/v1/passage?id=x-1", 404),
        ("/api/v1/cite?id=x", 404),
        ("/api/v1/passage?id=x-1&before=51", 400),
        ("/api/v1/passage?id=x-1&before=-1", 400),
        ("/api/v1/passage?x=1", 400),
        ("/api/v1/cite?id=x&style=y", 400),
    ],
)
def test_mistakes_are_named(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    assert (response.status_code, bool(response.get_json()["error"]["message"])) == (status, True)
