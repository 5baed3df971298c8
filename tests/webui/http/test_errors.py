"""Errors as people see them: with a way out on the page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("path", ["/nothing", "/d/nobody", "/p/nobody-1", "/p/x", "/?sort=size&q=x"])
def test_the_way_out_is_on_the_page(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (400, 404)
    assert "xunzhang" not in response.text
    for address in ("/", "/documents", "/help"):
        assert f'<a href="{address}">' in response.text.partition('class="ways"')[2]
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/nope", "/api/v2/search", "/api/nope"])
def test_the_way_out_for_programs_is_the_list_of_operations(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "/api/v1/openapi.json" in response.text
    assert "重新检索" not in response.text
    assert "/api/v1/openapi.json" not in client.get("/nothing").text.partition("<main")[2].partition("</main")[0]
