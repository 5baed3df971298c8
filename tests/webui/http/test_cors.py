"""Pages of other origins may read the API only where they are named."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

import indexer
import webui


def test_no_origin_may_read_by_default(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=数据", headers={"Origin": "https://a.example"})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_only_named_origins_may_read(index: indexer.Index) -> None:
    client = webui.create_app(index, allow_origins=["https://a.example"]).test_client()
    for origin, allowed in (("https://a.example", "https://a.example"), ("https://b.example", None), ("null", None)):
        response = client.get("/api/v1/search?q=数据", headers={"Origin": origin})
        assert response.headers.get("Access-Control-Allow-Origin") == allowed
        assert "Origin" in response.headers["Vary"]
    assert "Access-Control-Allow-Origin" not in client.get("/", headers={"Origin": "https://a.example"}).headers


PREFLIGHT = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}


def test_browsers_may_ask_beforehand(index: indexer.Index) -> None:
    client = webui.create_app(index, allow_origins=["https://a.example"]).test_client()
    allowed = client.options("/api/v1/search", headers={"Origin": "https://a.example", **PREFLIGHT})
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://a.example"
    assert allowed.headers["Access-Control-Allow-Methods"] == "GET"
    assert "Authorization" in allowed.headers["Access-Control-Allow-Headers"]
    private = {"Origin": "https://a.example", "Access-Control-Request-Private-Network": "true", **PREFLIGHT}
    assert client.options("/api/v1/search", headers=private).headers["Access-Control-Allow-Private-Network"] == "true"
    for origin, path in (("https://b.example", "/api/v1/search"), ("https://a.example", "/")):
        refused = client.options(path, headers={"Origin": origin, **PREFLIGHT})
        assert not [name for name, _ in refused.headers if name.startswith("Access-Control-")]


def test_everybody_may_read_only_where_that_was_typed(index: indexer.Index) -> None:
    client = webui.create_app(index, allow_origins=["*"]).test_client()
    assert client.get("/api/v1/search", headers={"Origin": "https://b.example"}).headers[
        "Access-Control-Allow-Origin"
    ] == "*"  # fmt: skip


@pytest.mark.parametrize(
    "origin", ["a.example", "https://a.example/", "https://a.example/x", "null", "", "https://*.x"]
)
def test_an_origin_that_no_browser_sends_is_refused(index: indexer.Index, origin: str) -> None:
    with pytest.raises(indexer.errors.BadParameter, match="来源"):
        webui.create_app(index, allow_origins=[origin])
