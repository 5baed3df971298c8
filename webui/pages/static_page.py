"""The pages of a static export: the search, the documents and one to read, as files that need no server.

They look like those that are served, and share their style sheets, sentences and scripts. What a server renders from
``templates`` the modules of ``static/page`` make in the browser; each says which template it is the twin of.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader

import indexer
from webui import strings
from webui.pages.examples import example_queries
from webui.rendering.bundle import bundle, minified

STATIC = Path(__file__).parent.parent / "static"
ENTRANCE = "page/main.js"
# Page → its style sheets. The first is what a host shows for the folder.
PAGES: Mapping[str, tuple[str, ...]] = {
    "index.html": ("base.css", "search.css", "static.css"),
    "read.html": ("base.css", "reading.css", "static.css"),
    "documents.html": ("base.css", "search.css", "static.css"),
}
# As the server's, but for ``frame-ancestors``, which no page can say of itself.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
# Beginnings of sentences that only a server says.
_NEVER_SAID = ("api_", "bad_", "feed_", "given_", "indexing_", "not_", "sign_in", "too_")


def files(index: indexer.Index) -> dict[str, str]:
    """Make the files of the pages of an index: path in the export → text."""
    styles = {name for sheets in PAGES.values() for name in sheets}
    found = {name: _page(name, sheets) for name, sheets in PAGES.items()} | _scripts()
    found |= {f"page/{name}": (STATIC / name).read_text("utf-8") for name in (*styles, "icon.svg")}
    found |= {f"page/{language}.json": _json(_said(language)) for language in strings.LANGUAGES}
    return found | {"page/examples.json": _json([asdict(each) for each in example_queries(index)])}


def _page(name: str, styles: tuple[str, ...]) -> str:
    environment = Environment(loader=PackageLoader("webui"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.get_template("static_page.html")
    return template.render(policy=POLICY, name=name.removesuffix(".html"), styles=styles)


@cache
def _scripts() -> dict[str, str]:
    """One script with all that every page needs, and what is loaded when it is wanted."""
    whole = bundle(STATIC, ENTRANCE)
    late = {name for each in whole.late for name in bundle(STATIC, each).modules}
    others = {name: minified((STATIC / name).read_text("utf-8")) for name in (*sorted(late), "js/theme.js")}
    return {ENTRANCE: whole.text} | others


def _said(language: str) -> dict[str, str]:
    """Choose the sentences that a page without a server may say."""
    return {key: text for key, text in strings.table(language).items() if not key.startswith(_NEVER_SAID)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
