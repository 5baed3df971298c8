"""Answers that a client has already: by commit, address and program."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import indexer
import webui

PATHS = ("/api/v1/search?q=数据", "/api/v1/outline", "/api/v1/openapi.json", "/feed.atom?q=数据")


@pytest.mark.parametrize("path", PATHS)
def test_what_a_client_has_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert "no-cache" in first.headers["Cache-Control"]
    for tag in (first.headers["ETag"], f'"x", {first.headers["ETag"]}', "*"):
        again = client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Vary"] == first.headers["Vary"]


@pytest.mark.parametrize("other", ["/api/v1/search?q=数字", "/api/v1/search?q=数据&limit=1", "/api/v1/facets?q=数据"])
def test_another_address_is_another_answer(client: FlaskClient, other: str) -> None:
    tag = client.get("/api/v1/search?q=数据").headers["ETag"]
    assert client.get(other, headers={"If-None-Match": tag}).status_code == 200


def test_another_program_is_another_answer(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = client.get(PATHS[0]).headers["ETag"]
    monkeypatch.setattr(indexer, "__version__", "0.0.1")
    assert client.get(PATHS[0], headers={"If-None-Match": tag}).status_code == 200


def test_packed_or_not_it_is_the_same(client: FlaskClient) -> None:
    packed = client.get(PATHS[0], headers={"Accept-Encoding": "gzip"})
    assert b'"query"' in gzip.decompress(packed.data)
    assert packed.headers["ETag"] == client.get(PATHS[0]).headers["ETag"]


def test_errors_have_no_tag(client: FlaskClient) -> None:
    assert "ETag" not in client.get("/api/v1/search?limit=x").headers
    assert "ETag" not in client.get("/api/v1/passage?id=x-1").headers


def test_an_error_is_told_whatever_a_client_has(client: FlaskClient) -> None:
    assert client.get("/api/v1/passage?id=x-1", headers={"If-None-Match": "*"}).status_code == 404


def test_a_commit_of_another_process_is_another_answer_and_damage_is_told(tmp_path: Path) -> None:
    (tmp_path / "文").mkdir()
    (tmp_path / "文" / "甲.txt").write_text("数据安全", "utf-8")
    with indexer.create_index(tmp_path / "index") as other, indexer.open_index(tmp_path / "index") as index:
        other.update([tmp_path / "文"])
        client = webui.create_app(index).test_client()
        tag = client.get(PATHS[0]).headers["ETag"]
        assert client.get(PATHS[0], headers={"If-None-Match": tag}).status_code == 304
        (tmp_path / "文" / "乙.txt").write_text("数据共享", "utf-8")
        other.update([tmp_path / "文"])
        fresh = client.get(PATHS[0], headers={"If-None-Match": tag})
        assert (fresh.status_code, fresh.get_json()["total"]) == (200, 2)
        (toc,) = index.path.glob("_MAIN7_*.toc")
        toc.with_name("_MAIN7_99.toc").write_bytes(b"broken")
        assert client.get(PATHS[0], headers={"If-None-Match": fresh.headers["ETag"]}).status_code == 503
