"""A Flask site with the search in it: python main.py [索引目录] [--serve]."""

from __future__ import annotations

import sys

from flask import Flask, render_template_string

import indexer
import webui

HOME = """<!doctype html><html lang="zh"><title>某网站</title>
<h1>某网站</h1>
<form action="{{ url_for('xunzhang.home') }}"><input name="q" aria-label="检索"><button>检索</button></form></html>"""


def make_site(index: indexer.Index) -> Flask:
    """The site: its own pages, and below /search the search."""
    site = Flask(__name__)

    @site.get("/")
    def home() -> str:
        return render_template_string(HOME)

    site.register_blueprint(webui.search(index), url_prefix="/search")
    return site


def main() -> None:
    """Serve the site, or show that it answers."""
    place = next((word for word in sys.argv[1:] if not word.startswith("--")), "index/demo")
    try:
        index = indexer.open_index(place)
    except indexer.errors.XunzhangError as error:
        sys.exit(f"错误：{error}")
    site = make_site(index)
    if "--serve" in sys.argv:
        site.run(port=8001)
        return
    client = site.test_client()
    print("/ →", client.get("/").status_code)
    print("/search/?q=段落 →", client.get("/search/?q=段落").status_code)
    print("/search/api/v1/search?q=段落 →", client.get("/search/api/v1/search?q=段落").get_json()["entries"], "段")


if __name__ == "__main__":
    main()
