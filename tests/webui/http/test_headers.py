"""What every answer carries, and what every request must pass."""

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
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "",
        "[",
        "192.0.2.1",
        "127.0.0.1:8000, evil.example",
        "evil.example@127.0.0.1",
        "localhost:evil",
        "localhost/evil",
    ],
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


def test_an_address_that_is_too_long_is_refused(client: FlaskClient) -> None:
    for path, kind in (("/api/v1/verify?quote=", "application/json"), ("/?q=", "text/html; charset=utf-8")):
        response = client.get(path + "x" * 70_000)
        assert (response.status_code, response.content_type) == (414, kind)
    longest = client.get("/api/v1/verify", query_string={"quote": "鱻" * indexer.MAX_QUOTE})
    assert longest.status_code == 200


def test_a_large_body_is_refused(client: FlaskClient) -> None:
    assert client.post("/", data=b"x" * 100_000).status_code in (405, 413)


def test_no_query_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/?q=机密数据")
        client.get("/api/v1/search?q=机密数据&limit=x")
    assert "机密" not in caplog.text
