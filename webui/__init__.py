"""The page and the JSON API, on top of ``indexer``'s public API alone: an application, or a part of one.

    app = webui.create_app(indexer.open_index("index/"))
    app.register_blueprint(webui.search(indexer.open_index("index/")), url_prefix="/search")

Holds the two ways to serve an index, and the order in which the rooms meet a request. Never a route or a sentence of
its own, or anything of ``indexer`` but its public API, its errors and its shapes. To add a route: in the room that it
belongs to, ``pages`` for people, ``api`` for programs, ``embed`` for other people's sites.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Flask

import indexer
from webui import api, pages
from webui.embed import feed, widget
from webui.http import access, compression, cors, errors, headers
from webui.http import query_log as query_logging
from webui.http.proxies import behind
from webui.rendering import templates
from webui.urls import language, mount

__all__ = ["create_app", "search"]


def create_app(
    index: indexer.Index,
    *,
    allow_origins: Sequence[str] = (),
    hosts: Sequence[str] = (),
    originals: bool = False,
    pictures: bool = False,
    token: str | None = None,
    proxies: int = 0,
    watch: indexer.Watch | None = None,
    query_log: indexer.QueryLog | None = None,
) -> Flask:
    """Make an application that serves one index, to be run by itself or mounted below a path by any WSGI host.

    Args:
        index: open; it is shared by all requests.
        allow_origins: origins (``https://example.org``) whose pages may call the API; none by default.
        hosts: names beside those of the loopback that the Host header may carry.
        originals: whether the files that documents were read from can be downloaded: they may hold what the index does
            not show, comments and hidden text among it.
        pictures: whether the pictures that documents show are shown: files below the indexed folders that a document
            there names by a relative path.
        token: what all have to send who ask, at least 16 characters; None where everybody may ask.
        proxies: how many reverse proxies stand before it, whose ``X-Forwarded-`` headers are then believed.
        watch: what keeps the index current; its progress, and files that could not be read, are then shown.
        query_log: where queries are written down, with their days; nowhere without one.

    Raises:
        BadParameter: an origin or a token that cannot be one.
    """
    app = Flask(__name__, static_folder=None)
    _install(app, index, allow_origins, hosts, token, watch, keeps_queries=query_log is not None)
    query_logging.install(app, query_log)
    for_others = bool(allow_origins)
    app.register_blueprint(
        _routes(
            index,
            "search",
            originals=originals,
            pictures=pictures,
            token=token,
            for_others=for_others,
            watch=watch,
        )
    )
    if proxies:
        app.wsgi_app = behind(app.wsgi_app, proxies)  # type: ignore[method-assign,assignment]
    return app


def search(
    index: indexer.Index,
    *,
    name: str = "xunzhang",
    allow_origins: Sequence[str] = (),
    hosts: Sequence[str] | None = None,
    originals: bool = False,
    pictures: bool = False,
    token: str | None = None,
    query_log: indexer.QueryLog | None = None,
) -> Blueprint:
    """Make the same as a part of an application: ``app.register_blueprint(search(index), url_prefix="/search")``.

    Templates, static files, headers, errors and settings of the application stay as they are: all of this blueprint's
    are its own, and hold below its prefix only.

    Args:
        index: open; it is shared by all requests.
        name: of the blueprint; one application may have several.
        allow_origins: as of ``create_app``.
        hosts: as of ``create_app``; None leaves it to the application to check the Host header.
        originals: as of ``create_app``.
        pictures: as of ``create_app``.
        token: as of ``create_app``; where the application signs its users in by itself, leave it out.
        query_log: as of ``create_app``.

    Raises:
        BadParameter: an origin or a token that cannot be one.
    """
    routes = _routes(index, name, originals=originals, pictures=pictures, token=token, for_others=bool(allow_origins))
    _install(routes, index, allow_origins, hosts, token, keeps_queries=query_log is not None)
    query_logging.install(routes, query_log)
    errors.add_routes(routes)
    return routes


def _install(
    scaffold: Flask | Blueprint,
    index: indexer.Index,
    allow_origins: Sequence[str],
    hosts: Sequence[str] | None,
    token: str | None,
    watch: indexer.Watch | None = None,
    *,
    keeps_queries: bool,
) -> None:
    """Install what happens around the routes. What is installed first sees a request first and an answer last."""
    compression.install(scaffold)
    mount.install(scaffold)
    language.install(scaffold)
    templates.install(scaffold, pages.template_globals(index, watch, keeps_queries=keeps_queries))
    errors.install(scaffold)
    cors.install(scaffold, allow_origins)
    headers.install(scaffold, hosts)
    access.install(scaffold, token)


def _routes(
    index: indexer.Index,
    name: str,
    *,
    originals: bool,
    pictures: bool,
    token: str | None,
    for_others: bool,
    watch: indexer.Watch | None = None,
) -> Blueprint:
    routes = Blueprint(name, __name__, static_folder="static", static_url_path="/static")
    pages.add_routes(routes, index, offers_originals=originals, offers_pictures=pictures, watch=watch)
    api.add_routes(routes, index)
    feed.add_routes(routes, index)
    widget.add_routes(routes, is_for_others=for_others)
    access.add_routes(routes, token)
    return routes
