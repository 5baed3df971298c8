"""The search box for other people's pages: one script, made of the page's own modules and those of the widget."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import Blueprint, Response, jsonify, request

from webui.rendering.bundle import bundle

STATIC = Path(__file__).parent.parent / "static"
ENTRANCE = "widget/element.js"


def add_routes(routes: Blueprint, *, is_for_others: bool) -> None:
    """Add ``/widget.js`` and ``/index.json``, the file in which a static export says what it is.

    Args:
        routes: of the site.
        is_for_others: whether pages of other origins may search here. Then all of them may learn that there is a
            server, so that the widget can tell one that does not allow its page from one that is away.
    """

    @routes.get("/widget.js")
    def widget() -> Response:
        """Send the script; asked for anew each time and sent only when it changed, so that it fits its server."""
        response = Response(script(), mimetype="text/javascript")
        response.cache_control.no_cache = True
        response.add_etag()
        response.make_conditional(request)
        return response

    @routes.get("/index.json")
    def marker() -> Response:
        """Say what is here: a server and no export."""
        response = jsonify(api="api/v1")
        if is_for_others:
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


@cache
def script() -> str:
    """Bundle the widget with all that it imports.

    Raises:
        ValueError: a module imports or exports in a way that is not foreseen.
    """
    return bundle(STATIC, ENTRANCE).text


def modules() -> list[str]:
    """List the files in ``static`` that the script is made of, in the order in which they run."""
    return list(bundle(STATIC, ENTRANCE).modules)
