"""Who may ask, from where, and what every answer carries."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient

import indexer
import webui

PATHS = ("/", "/?q=数据", "/api/v1/search?q=数据", "/healthz", "/nothing", "/api/v1/nothing", "/static/page.css")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_policy(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:9000", "LOCALHOST:1"])
def test_names_of_the_loopback_are_served(client: FlaskClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "[", "192.0.2.1"]
)
def test_other_names_are_refused(client: FlaskClient, host: str) -> None:
    for path in ("/", "/api/v1/search?q=数据"):
        response = client.get(path, headers={"Host": host}, environ_overrides={"HTTP_HOST": host})
        assert response.status_code == 421
        assert "数字" not in response.text


def test_a_host_that_is_named_is_served(index: indexer.Index) -> None:
    client = webui.create_app(index, hosts=["search.example"]).test_client()
    assert client.get("/healthz", headers={"Host": "search.example"}).status_code == 200
    assert client.get("/healthz", headers={"Host": "other.example"}).status_code == 421


def test_listening_everywhere_serves_addresses_but_no_other_names(index: indexer.Index) -> None:
    client = webui.create_app(index, hosts=["0.0.0.0"]).test_client()
    assert client.get("/healthz", headers={"Host": "192.0.2.1:8000"}).status_code == 200
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 421


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


def test_a_large_body_is_refused(client: FlaskClient) -> None:
    assert client.post("/", data=b"x" * 100_000).status_code in (405, 413)


def test_no_query_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/?q=机密数据")
        client.get("/api/v1/search?q=机密数据&limit=x")
    assert "机密" not in caplog.text
