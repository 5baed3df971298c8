"""The page and the JSON API as a Flask application, on top of ``indexer``'s public API alone.

app = webui.create_app(indexer.open_index("index/"))
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask

import indexer
from webui import api, pages, passages, security, strings

__all__ = ["create_app"]


def create_app(index: indexer.Index, *, allow_origins: Sequence[str] = (), hosts: Sequence[str] = ()) -> Flask:
    """An application that serves one index.

    Args:
        index: open; it is shared by all requests.
        allow_origins: origins (``https://example.org``) whose pages may call the API; none by default.
        hosts: names beside those of the loopback that the Host header may carry.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = security.MAX_BODY
    app.config["MAX_FORM_PARTS"] = 0
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["say"] = strings.say
    security.install(app, allow_origins, hosts)
    app.register_blueprint(api.blueprint(index))
    app.register_blueprint(passages.blueprint(index))
    app.register_blueprint(pages.blueprint(index))
    return app
