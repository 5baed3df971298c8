"""What a proxy says of a request is believed, if it can be true: behind one, headers may still be the client's."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

import indexer
import webui
from webui.http.proxies import is_prefix

EVIL = ("//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "https://evil.example", "evil",
        "///", "/a//evil.example", "/..", "/a/../b", "/.", "/a?b", "/a#b", "/<b>", "/a b", "/\x00", "//", "/a\\b",
        '/"x', "javascript:x", "/search, //evil.example")  # fmt: skip
GOOD = ("/search", "/a/b.c/d-e_f", "/search/", "/~me", "/...", "/%E6%B3%95", "/a:b@c")
PAGES = ("/", "/?q=数据", "/documents", "/help", "/nothing", "/opensearch.xml", "/feed.atom?q=数据")


@pytest.fixture
def client(index: indexer.Index) -> FlaskClient:
    return webui.create_app(index, proxies=1, hosts=["search.example"]).test_client()


def addresses(text: str) -> set[str]:
    return set(re.findall(r"""(?:href|src|action|template)=["']([^"'#]+)""", text))


@pytest.mark.parametrize("prefix", EVIL)
def test_a_path_that_leads_elsewhere_is_not_believed(client: FlaskClient, prefix: str) -> None:
    for path in PAGES:
        response = client.get(path, environ_overrides={"HTTP_X_FORWARDED_PREFIX": prefix})
        assert "evil" not in response.text
        assert addresses(response.text) == addresses(client.get(path).text)


@pytest.mark.parametrize("prefix", GOOD)
def test_a_path_of_segments_is(client: FlaskClient, prefix: str) -> None:
    found = addresses(client.get("/?q=数据", headers={"X-Forwarded-Prefix": prefix}).text)
    assert found
    assert {each for each in found if not each.startswith(f"{prefix.rstrip('/')}/")} == set()


def test_of_several_values_the_last_is_the_proxys(client: FlaskClient) -> None:
    text = client.get("/", headers={"X-Forwarded-Prefix": "//evil.example, /search"}).text
    assert "evil" not in text
    assert "/search/static/" in text


@pytest.mark.parametrize("scheme", ["javascript", "ftp", "http:", "HTTPS", "", "data"])
def test_a_scheme_is_one_of_the_web(client: FlaskClient, index: indexer.Index, scheme: str) -> None:
    passage = index.search("数据").hits[0].passage.id
    cited = client.get(f"/api/v1/cite?id={passage}", headers={"X-Forwarded-Proto": scheme}).get_json()["url"]
    assert cited.startswith("http://localhost/p/")
    secure = client.get(f"/api/v1/cite?id={passage}", headers={"X-Forwarded-Proto": "https"}).get_json()["url"]
    assert secure.startswith("https://localhost/p/")


@pytest.mark.parametrize(
    ("forwarded", "status"), [("search.example", 200), ("evil.example", 421), ("localhost:x", 421)]
)
def test_a_host_is_checked_as_if_it_were_asked_for(client: FlaskClient, forwarded: str, status: int) -> None:
    assert client.get("/healthz", headers={"X-Forwarded-Host": forwarded}).status_code == status


def test_guesses_are_those_of_the_client_that_the_proxy_names(index: indexer.Index) -> None:
    client = webui.create_app(index, proxies=1, token="correct-horse-battery").test_client()

    def ask(token: str, forwarded: str) -> int:
        headers = {"Authorization": f"Bearer {token}", "X-Forwarded-For": forwarded}
        return client.get("/api/v1/search", headers=headers).status_code

    # What the client itself wrote stands before what the proxy added.
    assert {ask("wrong", f"192.0.2.{number}, 198.51.100.7") for number in range(10)} == {401}
    assert ask("correct-horse-battery", "192.0.2.99, 198.51.100.7") == 429
    assert ask("correct-horse-battery", "198.51.100.8") == 200
    # What is no address leaves that of the proxy.
    assert {ask("wrong", f"evil{number}") for number in range(10)} == {401}
    assert ask("wrong", "another evil") == 429


def test_without_a_proxy_nothing_is_believed(index: indexer.Index) -> None:
    client = webui.create_app(index).test_client()
    headers = {"X-Forwarded-Prefix": "/search", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    assert addresses(client.get("/?q=数据", headers=headers).text) == addresses(client.get("/?q=数据").text)


def test_what_is_a_path() -> None:
    assert all(map(is_prefix, (*GOOD, "", "/", "/\xe6\xb3\x95")))
    assert not any(map(is_prefix, (each for each in EVIL if each != "/search, //evil.example")))
