"""Warnings and errors of the library, in the language of the page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from indexer.model import Passage
from indexer.model.documents import Role
from tests.webui.browsing import page, texts
from webui import strings
from webui.rendering import messages


def test_warnings_and_errors_of_the_library_are_translated(client: FlaskClient) -> None:
    assert "operator" in texts(page(client, q="数据 OR", lang="en"), ".warnings")[0]
    assert texts(page(client, "/?lang=en&q=" + "数" * 1001, 400), "main h1") == [
        strings.table("en")["error_query_too_long"]
    ]


@pytest.mark.parametrize("role", Role)
def test_what_stands_beside_the_text_is_named_and_the_text_is_not(role: Role) -> None:
    said = messages.of_role(Passage("a", 0, "数据", role=role))
    assert said == ("" if role is Role.BODY else strings.say(f"role_{role.value}"))
