"""A site that carries the search box of another: python main.py [索引目录] [--check].

The site and the search are two servers with origins of their own, as in life.
"""

from __future__ import annotations

import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, Response, abort
from waitress.server import create_server

import indexer
import webui
from indexer.errors import XunzhangError

HERE = Path(__file__).parent
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


def make_site(server: str) -> Flask:
    """Somebody's site: the files beside this program, with the address of the search put in."""
    site = Flask("site", static_folder=None)

    @site.get("/")
    @site.get("/<name>")
    def page(name: str = "page.html") -> Response:
        file = HERE / name
        if file.suffix not in TYPES or not file.is_file():
            abort(404)
        return Response(file.read_text("utf-8").replace("{server}", server), mimetype=TYPES[file.suffix])

    return site


@contextmanager
def serving(application: Flask, port: int = 0) -> Iterator[str]:
    """The address of a server on the loopback."""
    # With select() instead, closing a socket under it would raise in the thread.
    made = create_server(application, host="127.0.0.1", port=port, asyncore_use_poll=True)
    threading.Thread(target=made.run, daemon=True).start()
    yield f"http://127.0.0.1:{made.effective_port}"
    made.task_dispatcher.shutdown()  # a thread that has just answered still wakes the server, which must be open
    made.close()


@contextmanager
def both(index: indexer.Index) -> Iterator[tuple[str, str]]:
    """The addresses of the site and of the search, which allows the site to use it."""
    site = Flask("not yet")  # its address has to be known before the search can allow it
    with serving(site) as address, serving(webui.create_app(index, allow_origins=[address])) as search:
        site.wsgi_app = make_site(search).wsgi_app  # type: ignore[method-assign]
        yield address, search


def check(site: str, search: str) -> None:
    """Ask what the browser will ask for, from the site's origin, and tell whether it may read the answers."""
    for address in (f"{site}/", f"{search}/widget.js", f"{search}/api/v1/search?q=%E6%A3%80%E7%B4%A2&limit=1"):
        request = urllib.request.Request(address, headers={"Origin": site})
        with urllib.request.urlopen(request, timeout=10) as answer:
            size, allowed = len(answer.read()), answer.headers["Access-Control-Allow-Origin"]
        may = "同源" if address.startswith(site) else "允许" if allowed == site else "不允许"
        print(f"✓ {address.removeprefix(site).removeprefix(search)}：{size} 字节，{may}")


def main() -> None:
    """Serve until interrupted, or check once; a missing index is said in one sentence."""
    arguments = [each for each in sys.argv[1:] if each != "--check"]
    place = arguments[0] if arguments else "index/demo"
    try:
        with indexer.open_index(place) as index, both(index) as (site, search):
            check(site, search)
            if "--check" not in sys.argv:
                print(f"请打开 {site}，按 Ctrl-K 或在框里输入。Ctrl-C 停止。", flush=True)
                threading.Event().wait()
    except XunzhangError as error:
        sys.exit(f"错误：{error}")
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
