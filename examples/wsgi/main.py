"""The search below a path of any WSGI site: python main.py [索引目录] [--serve]."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.simple_server import make_server
from wsgiref.util import setup_testing_defaults

import indexer
import webui

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PREFIX = "/search"


def front_page(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The site that was there before."""
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [f'<a href="{PREFIX}/">检索</a>'.encode()]


def mount(site: Wsgi, search: Wsgi) -> Wsgi:
    """Both: what begins with the prefix becomes the script's name, as WSGI wants it."""

    def both(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path != PREFIX and not path.startswith(f"{PREFIX}/"):
            return site(environ, start_response)
        name = environ.get("SCRIPT_NAME", "") + PREFIX
        return search({**environ, "SCRIPT_NAME": name, "PATH_INFO": path[len(PREFIX) :]}, start_response)

    return both


def status(site: Wsgi, path: str) -> str:
    """What a site says to a request."""
    environ: dict[str, Any] = {"PATH_INFO": path}
    setup_testing_defaults(environ)
    said: list[str] = []
    for _ in site(environ, lambda line, headers, error=None: said.append(line)):
        pass
    return said[0]


def main() -> None:
    """Serve the site, or show that it answers."""
    place = next((word for word in sys.argv[1:] if not word.startswith("--")), "index/demo")
    try:
        index = indexer.open_index(place)
    except indexer.errors.XunzhangError as error:
        sys.exit(f"错误：{error}")
    site = mount(front_page, webui.create_app(index))
    if "--serve" in sys.argv:
        make_server("127.0.0.1", 8001, site).serve_forever()
    for path in ("/", f"{PREFIX}/", f"{PREFIX}/api/v1/search", f"{PREFIX}/nothing"):
        print(path, "→", status(site, path))


if __name__ == "__main__":
    main()
