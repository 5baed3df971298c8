"""The page and the JSON API as a Flask application, on top of ``indexer``'s public API alone.

app = webui.create_app(indexer.open_index("index/"))
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask

import indexer
from webui import api, compression, export, language, pages, passages, rendering, search_page, security, widget
from webui.commits import PerCommit
from webui.documents import in_natural_order

__all__ = ["create_app"]


def create_app(
    index: indexer.Index, *, allow_origins: Sequence[str] = (), hosts: Sequence[str] = (), originals: bool = False
) -> Flask:
    """An application that serves one index.

    Args:
        index: open; it is shared by all requests.
        allow_origins: origins (``https://example.org``) whose pages may call the API; none by default.
        hosts: names beside those of the loopback that the Host header may carry.
        originals: whether the files that documents were read from can be downloaded: they may hold what the index does
            not show, comments and hidden text among it.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = security.MAX_BODY
    app.config["MAX_FORM_PARTS"] = 0
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    compression.install(app)  # what is installed first sees an answer last
    language.install(app)
    security.install(app, allow_origins, hosts)
    rendering.install(app, index)
    all_documents = PerCommit(index, in_natural_order)
    app.register_blueprint(api.blueprint(index))
    app.register_blueprint(passages.blueprint(index))
    app.register_blueprint(export.blueprint(index))
    app.register_blueprint(search_page.blueprint(index, all_documents))
    app.register_blueprint(widget.blueprint(is_for_others=bool(allow_origins)))
    app.register_blueprint(pages.blueprint(index, all_documents, originals=originals))
    return app
