"""Warnings and errors of the library, in the language of the page."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.webui.browsing import page, texts
from webui import strings


def test_warnings_and_errors_of_the_library_are_translated(client: FlaskClient) -> None:
    assert "operator" in texts(page(client, q="数据 OR", lang="en"), ".warnings")[0]
    assert texts(page(client, "/?lang=en&q=" + "数" * 1001, 400), "main h1") == [
        strings.table("en")["error_query_too_long"]
    ]
