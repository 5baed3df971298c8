"""What documents and addresses hold never becomes markup, and never breaks a page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import indexer
from tests.webui.browsing import page

SCRIPTS = {"/static/js/theme.js", "/static/js/main.js", "/static/js/reading.js"}


@pytest.mark.parametrize(
    "path", ["/", "/?q=恶意", "/?q=<script>alert(5)</script>", '/?q="><img src=x>', "/?section=<b>x"]
)
def test_nothing_of_it_becomes_markup(client: FlaskClient, index: indexer.Index, path: str) -> None:
    document = next(each.id for each in index.documents() if "恶意" in each.path)
    for address in (path, f"/d/{document}", f"/d/{document}?q=<b>"):
        soup = page(client, address)
        assert {str(script.get("src")) for script in soup.select("script")} <= SCRIPTS
        assert soup.select("img, iframe, [onerror], [onclick], a[href^='javascript:' i]") == []
        assert soup.select("style, [style]") == []


def test_its_text_is_there_to_be_read(client: FlaskClient) -> None:
    assert "<script>alert(3)</script>" in page(client, q="恶意数据").select("article .text")[0].get_text()


odd = st.text(max_size=20) | st.text(st.sampled_from('\x00\r\n\t()"“”*?|-:/\\%&=#数据NOTRA '), max_size=30)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parameters=st.dictionaries(
        st.sampled_from(["q", "section", "topic", "year", "limit", "offset", "sort", "x"]), odd, max_size=4
    )
)
def test_no_parameter_breaks_a_page(client: FlaskClient, parameters: dict[str, str]) -> None:
    for path in ("/", "/api/v1/search"):
        response = client.get(path, query_string=parameters)
        assert response.status_code in (200, 400), response.text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.text(st.sampled_from("%0123456789ABCDEFdq=&+;\udc80"), max_size=40))
def test_no_raw_query_string_breaks_a_page(client: FlaskClient, raw: str) -> None:
    assert client.get("/?" + raw.encode("utf-8", "surrogateescape").decode("latin-1")).status_code in (200, 400)
