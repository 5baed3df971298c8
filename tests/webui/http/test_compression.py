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
# Bytes that a page may weigh, script, style and headers included.
MOST = {"/": 34_000, "/?q=数据": 44_000}


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


def modules(name: str, seen: dict[str, None]) -> dict[str, None]:
    """A script with all that it imports before it runs; what it loads later is not among these."""
    if name not in seen:
        seen[name] = None
        for imported in re.findall(r'^import .* from "[.]/([\w./]+)"', (STATIC / "js" / name).read_text("utf-8"), re.M):
            modules(imported, seen)
    return seen


@pytest.mark.parametrize(("path", "most"), MOST.items())
def test_a_page_with_all_it_loads_is_light(client: FlaskClient, path: str, most: int) -> None:
    head = client.get(path).text.partition("</head>")[0]
    addresses = [path, *re.findall(r'(?:src|href)="(/static/[^"]+)"', head)]
    scripts = [module for address in addresses if address.endswith(".js") for module in modules(Path(address).name, {})]
    assert {"main.js", "theme.js", "live.js"} <= set(scripts)
    loaded = dict.fromkeys([*addresses, *(f"/static/js/{name}" for name in scripts)])
    weight = 0
    for address in loaded:
        with client.get(address, headers=GZIP) as response:
            assert response.status_code == 200
            weight += len(response.data) + len(str(response.headers))
    assert weight < most
