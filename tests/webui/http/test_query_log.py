"""Queries are written down where the owner wants it, and nothing but them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import webui
from indexer import QueryLog
from tests.support import make_document, make_index
from webui.http.query_log import OWN


@pytest.fixture
def log(tmp_path: Path) -> QueryLog:
    return QueryLog(tmp_path / "记录.txt")


@pytest.fixture
def client(tmp_path: Path, log: QueryLog) -> FlaskClient:
    index = make_index("memory", tmp_path / "index", [make_document("a", ["数据安全得到保障。"])])
    return webui.create_app(index, query_log=log).test_client()


def test_the_page_and_the_api_are_asked(client: FlaskClient, log: QueryLog) -> None:
    for address in ("/?q=数据", "/api/v1/search?q=安全", "/?q=保障&limit=20"):
        assert client.get(address, headers={"User-Agent": "某人", "Referer": "http://x.example/"}).status_code == 200
    assert list(log.queries()) == ["数据", "安全", "保障"]
    text = log.path.read_text("utf-8")
    assert not any(word in text for word in ("某人", "127.0.0.1", "example", ":"))


def test_what_is_no_new_query_is_not_written_down(client: FlaskClient, log: QueryLog) -> None:
    log.open()
    for address in (
        "/",
        "/?q=数据&offset=10",
        "/api/v1/suggest?q=数据",
        "/api/v1/search?q=数据&limit=x",
        "/d/a?q=数据",
    ):
        client.get(address)
    assert list(log.queries()) == []


def test_what_the_server_asks_itself_is_not_written_down(client: FlaskClient, log: QueryLog) -> None:
    log.open()
    assert client.get("/?q=数据", environ_overrides={OWN: True}).status_code == 200
    assert list(log.queries()) == []
    client.get("/?q=数据", headers={OWN: "1"})  # which nobody outside can say of himself
    assert list(log.queries()) == ["数据"]


def test_the_page_says_so(client: FlaskClient, tmp_path: Path) -> None:
    assert "也不记录" not in client.get("/").text
    assert "记下查询和日期" in client.get("/").text
    other = webui.create_app(make_index("memory", tmp_path / "other", [])).test_client()
    assert "也不记录" in other.get("/").text


def test_a_log_that_cannot_be_written_holds_up_no_answer(tmp_path: Path, client: FlaskClient, log: QueryLog) -> None:
    log.path.mkdir()
    assert client.get("/?q=数据").status_code == 200


def test_a_part_of_an_application_has_one_too(tmp_path: Path, log: QueryLog) -> None:
    app = Flask(__name__)
    index = make_index("memory", tmp_path / "index", [make_document("a", ["数据"])])
    app.register_blueprint(webui.search(index, query_log=log), url_prefix="/find")
    assert app.test_client().get("/find/?q=数据").status_code == 200
    assert app.test_client().get("/find/api/v1/search?q=安全").status_code == 200
    assert list(log.queries()) == ["数据", "安全"]
