"""The site inside of other people's: a Flask application, a dispatcher, a bare WSGI host."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.validate import validator

import pytest
from flask import Flask, render_template_string
from jinja2 import DictLoader
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

import indexer
import webui
from tests.webui.browsing import follow, page

# What all addresses of pages are written in.
ADDRESS = re.compile(r"""(?:href|src|action|data-url)=["']([^"'#]*)""")
PAGES = ("", "?q=数据", "?q=数据&group=document", "?q=鱻", "documents", "help", "nothing", "?limit=x", "api/docs",
         "filters/topic?q=数据")  # fmt: skip


@pytest.fixture
def host(index: indexer.Index) -> Flask:
    """Somebody's application, which calls things as we do."""
    app = Flask("host", static_folder=None)
    app.jinja_loader = DictLoader({"base.html": "the host's own", "error.html": "no", "results.html": "no"})
    app.config.update(MAX_CONTENT_LENGTH=5_000_000)
    app.add_url_rule("/", "search", lambda: render_template_string("{% include 'base.html' %}"))
    app.add_url_rule("/static/base.css", "static", lambda: "the host's style")
    app.add_url_rule("/big", "big", lambda: "taken", methods=["POST"])
    app.add_url_rule("/fails", "fails", lambda: 1 / 0)
    app.register_error_handler(404, lambda error: ("the host's 404", 404))
    app.register_blueprint(webui.search(index), url_prefix="/tools/search")
    return app


def test_all_addresses_lie_below_the_prefix(host: Flask) -> None:
    client = host.test_client()
    for path in PAGES:
        text = client.get(f"/tools/search/{path}").text
        found = {address for address in ADDRESS.findall(text) if address}
        assert found
        assert {address for address in found if not address.startswith("/tools/search/")} == set()
        for address in found:
            with client.get(address.replace("&amp;", "&")) as response:
                assert response.status_code in (200, 400) or path == "nothing", (path, address)


def test_hits_lead_to_documents_and_citations_back(host: Flask) -> None:
    client = host.test_client()
    soup = page(client, "/tools/search/?q=数据安全")
    (link, *_) = soup.select("article.hit h3 a")
    document = follow(client, link)
    assert "数据安全" in document.get_text()
    permalink = str(document.select("a.here")[0]["href"])
    assert permalink.startswith("/tools/search/p/")
    assert client.get(permalink).location.startswith("/tools/search/d/")
    url = client.get(f"/tools/search/api/v1/cite?id={permalink.rpartition('/')[2]}").get_json()["url"]
    assert url == f"http://localhost{permalink}"


def test_the_host_keeps_what_is_its_own(host: Flask) -> None:
    client = host.test_client()
    home = client.get("/")
    assert home.text == "the host's own"
    assert "Content-Security-Policy" not in home.headers
    assert client.get("/static/base.css").text == "the host's style"
    assert client.get("/nothing").text == "the host's 404"
    assert client.post("/big", data=b"x" * 100_000).text == "taken"
    host.config["PROPAGATE_EXCEPTIONS"] = False
    assert "寻章" not in client.get("/fails").text
    assert {"say", "root", "marked"} & set(host.jinja_env.globals) == set()


def test_below_the_prefix_errors_are_ours(host: Flask, index: indexer.Index, monkeypatch: pytest.MonkeyPatch) -> None:
    client = host.test_client()
    assert "寻章" in client.get("/tools/search/nothing").text
    assert client.get("/tools/search/api/v1/nothing").get_json()["error"]["code"] == "not_found"
    refused = client.post("/tools/search/api/v1/search")
    assert (refused.status_code, set(refused.get_json())) == (405, {"error"})
    assert refused.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.post("/tools/search/nothing").status_code == 404
    assert "default-src 'none'" in client.get("/tools/search/nothing").headers["Content-Security-Policy"]
    monkeypatch.setattr(index, "search", lambda *_, **__: 1 / 0)
    assert client.get("/tools/search/api/v1/search?q=x").get_json()["error"]["code"] == "internal"


def test_the_prefix_alone_leads_to_the_page(host: Flask) -> None:
    assert host.test_client().get("/tools/search").location == "http://localhost/tools/search/"


def test_one_host_may_have_several(index: indexer.Index) -> None:
    app = Flask("host")
    app.register_blueprint(webui.search(index, name="one"), url_prefix="/one")
    app.register_blueprint(webui.search(index, name="two"), url_prefix="/two")
    client = app.test_client()
    for name, other in (("one", "two"), ("two", "one")):
        text = client.get(f"/{name}/?q=数据").text
        assert f"/{name}/d/" in text
        assert f"/{other}/" not in text


def test_the_host_check_is_the_hosts_unless_it_is_wanted(index: indexer.Index) -> None:
    for hosts, status in ((None, 200), ((), 421), (("search.example",), 200)):
        app = Flask("host")
        app.register_blueprint(webui.search(index, hosts=hosts), url_prefix="/s")
        assert app.test_client().get("/s/", headers={"Host": "search.example"}).status_code == status


def test_below_a_dispatcher(index: indexer.Index) -> None:
    mounted = DispatcherMiddleware(Flask("front"), {"/a/b": webui.create_app(index)})
    client = Client(mounted)
    text = client.get("/a/b/?q=数据").text
    assert {each for each in ADDRESS.findall(text) if each and not each.startswith("/a/b/")} == set()
    assert client.get("/a/b/api/v1/search?q=数据").json["total"]
    with client.get("/a/b/static/base.css") as style:
        assert style.status_code == 200
    assert client.get("/a/b/api/v1/nothing").json["error"]["code"] == "not_found"


def test_below_a_bare_host_that_keeps_to_the_letter_of_wsgi(index: indexer.Index) -> None:
    checked = validator(webui.create_app(index))

    def front(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """As Django and others do it: a part of the path becomes the script's name."""
        assert environ["PATH_INFO"].startswith("/app")
        inner = {**environ, "SCRIPT_NAME": "/app", "PATH_INFO": environ["PATH_INFO"].removeprefix("/app")}
        inner.setdefault("wsgi.multithread", True)
        return checked(inner, start_response)

    client = Client(front)
    for path in ("/app/", "/app/?q=%E6%95%B0%E6%8D%AE", "/app/api/v1/search", "/app/nothing", "/app/feed.atom"):
        response = client.get(path)
        assert response.status_code == (404 if path == "/app/nothing" else 200)
        text = response.get_data(as_text=True)
        assert {each for each in ADDRESS.findall(text) if each and not each.startswith(("/app/", "http"))} == set()
        response.close()
