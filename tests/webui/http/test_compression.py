"""What goes over the wire: compressed where that is accepted, and little of it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import webui

GZIP = {"Accept-Encoding": "br, gzip"}
STATIC = Path(webui.__file__).parent / "static"
# Bytes that the first page may weigh, script, style and headers included.
MOST = 50_000


@pytest.mark.parametrize("path", ["/?q=数据", "/api/v1/search?q=数据", "/static/base.css", "/static/js/live.js"])
def test_text_is_compressed_for_those_who_accept_it(client: FlaskClient, path: str) -> None:
    with client.get(path) as plain, client.get(path, headers=GZIP) as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
        told = re.compile(rb"[\d.]+ \S+</span>|\"took_ms\":[\d.]+")
        assert told.sub(b"", gzip.decompress(packed.data)) == told.sub(b"", plain.data)


@pytest.mark.parametrize("encodings", ["", "identity", "gzip;q=0", "br"])
def test_others_get_it_as_it_is(client: FlaskClient, encodings: str) -> None:
    response = client.get("/", headers={"Accept-Encoding": encodings})
    assert "Content-Encoding" not in response.headers
    assert "</html>" in response.text


def test_what_a_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    with client.get("/static/base.css", headers=GZIP) as first:
        etag = first.headers["ETag"]
    with client.get("/static/base.css", headers={**GZIP, "If-None-Match": etag}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_tiny_answers_and_errors_stay(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers=GZIP).headers
    assert "Content-Encoding" not in client.get("/nothing", headers=GZIP).headers


@pytest.mark.parametrize("path", ["/", "/?q=数据"])
def test_a_page_with_all_it_loads_is_light(client: FlaskClient, path: str) -> None:
    addresses = ["/static/base.css", "/static/search.css", "/static/icon.svg"]
    addresses += [f"/static/js/{module.name}" for module in (STATIC / "js").glob("*.js")]
    weight = 0
    for address in (path, *addresses):
        with client.get(address, headers=GZIP) as response:
            weight += len(response.data) + len(str(response.headers))
    assert weight < MOST
