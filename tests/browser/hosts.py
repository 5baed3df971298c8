"""Pages of other people, on a port of their own, that hold the widget."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask, Response, abort, send_from_directory
from playwright.sync_api import Locator, Page

import indexer
import webui
from tests.support import ROOT, serving

TAG = (
    '<script type="module" src="{server}/widget.js"></script>'
    '<xunzhang-search src="{src}" {attributes}></xunzhang-search>'
)
# React's and Vue's own builds: .ci/run fetches them by npm.
VENDOR = Path(os.environ.get("XUNZHANG_VENDOR") or ROOT / ".cache" / "vendor")


@dataclass
class Host:
    """A site: what is put into ``pages`` is served under its name, with the policy that stands beside it."""

    address: str = ""
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def show(self, page: Page, body: str, policy: str = "", head: str = "", path: str = "page") -> None:
        """Put a page there and go to it."""
        html = (
            f"<!doctype html><html lang=zh><head><meta charset=utf-8><title>别人的网页</title>{head}</head><body>{body}"
        )
        self.pages[path] = (html, policy)
        page.goto(f"{self.address}/{path}")


@contextmanager
def hosting() -> Iterator[Host]:
    """A site on a port of its own."""
    host = Host()
    app = Flask("host")

    @app.get("/vendor/<path:name>")
    def vendor(name: str) -> Response:
        return send_from_directory(VENDOR, name)

    @app.get("/<path:name>")
    def show(name: str) -> Response:
        if name not in host.pages:
            abort(404)
        html, policy = host.pages[name]
        return Response(html, headers={"Content-Security-Policy": policy} if policy else {})

    with serving(app) as host.address:
        yield host


@contextmanager
def serving_to(index: indexer.Index, host: Host) -> Iterator[str]:
    """The address of a server that lets the site's pages search."""
    with serving(webui.create_app(index, allow_origins=[host.address])) as address:
        yield address


def tag(server: str, attributes: str = "") -> str:
    """The two elements that a page needs."""
    return TAG.format(server=server, src=server, attributes=attributes)


def ask(page: Page, query: str) -> Locator:
    """Type into the field, all at once so that no shorter query is asked; its hits."""
    page.locator("xunzhang-search input[name=q]").focus()
    page.keyboard.insert_text(query)
    return page.locator("xunzhang-search [role=option]")


def needs(*files: str) -> None:
    """Skip where a library's build is not there."""
    for file in files:
        if not (VENDOR / file).is_file():
            pytest.skip(f"no {file} in {VENDOR}; .ci/run fetches it by npm")
