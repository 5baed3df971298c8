"""The token: who has it may ask, in a header or after signing in; who has not is told nothing of the corpus."""

from __future__ import annotations

import hmac
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

import indexer
import webui
from indexer.errors import BadParameter, ReadError
from tests.webui.browsing import page
from webui import server
from webui.http import access, guesses

TOKEN = "correct-horse-battery"
CLOSED = ("/", "/?q=数据", "/api/v1/search?q=数据", "/export?q=数据", "/feed.atom?q=数据", "/documents", "/nothing",
          "/opensearch/suggest?q=数", "/api/v1/nothing", "/help", "/api/docs")  # fmt: skip
OPEN = ("/healthz", "/api/v1/openapi.json", "/static/base.css")


@pytest.fixture
def guarded(index: indexer.Index) -> FlaskClient:
    return webui.create_app(index, token=TOKEN).test_client()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("headers", [{}, bearer("x"), bearer(TOKEN[:-1]), bearer(f"{TOKEN}x"), bearer("口令"),
                                     {"Authorization": TOKEN}, {"Authorization": f"Basic {TOKEN}"},
                                     {"Cookie": f"{access.COOKIE}=x"}, {"Cookie": f"{access.COOKIE}=9999999999.x"},
                                     {"Cookie": f"{access.COOKIE}={TOKEN}"}])  # fmt: skip
def test_without_it_nothing_of_the_corpus_is_told(guarded: FlaskClient, path: str, headers: dict[str, str]) -> None:
    response = guarded.get(path, headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert "数字" not in response.text
    assert "no-store" in response.headers["Cache-Control"]
    if path.startswith("/api/v1/"):
        assert response.get_json()["error"]["code"] == "unauthorized"


@pytest.mark.parametrize("path", OPEN)
def test_what_says_nothing_of_the_corpus_is_open(guarded: FlaskClient, path: str) -> None:
    with guarded.get(path) as response:
        assert response.status_code == 200
        assert "数字" not in response.text


def test_programs_send_it(guarded: FlaskClient) -> None:
    for headers in (bearer(TOKEN), {"Authorization": f"bearer  {TOKEN} "}):
        response = guarded.get("/api/v1/search?q=数据", headers=headers)
        assert response.get_json()["total"] > 0
        assert "private" in response.headers["Cache-Control"]
        assert {"authorization", "cookie"} <= {name.lower() for name in response.vary}


def sign_in(client: FlaskClient, token: str, target: str = "/?q=数据", **options: Any) -> Any:
    return client.post("/sign-in", data={"token": token, "next": target}, **options)


def test_people_sign_in_and_go_on_to_where_they_wanted(guarded: FlaskClient) -> None:
    soup = page(guarded, "/?q=数据", 401)
    (form,) = soup.select("main form")
    assert (form["method"], form["action"]) == ("post", "/sign-in")
    (target,) = (str(field["value"]) for field in form.select("input[name=next]"))
    response = sign_in(guarded, TOKEN, target)
    assert response.status_code == 303
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie
    assert TOKEN not in cookie
    assert guarded.get(response.location).status_code == 200
    assert guarded.get("/api/v1/suggest?q=数").status_code == 200


def test_who_comes_to_sign_in_by_himself_may(guarded: FlaskClient, client: FlaskClient) -> None:
    (field,) = page(guarded, "/sign-in").select("main form input[name=next]")
    assert field["value"] == "/"
    assert sign_in(guarded, TOKEN, "/").status_code == 303
    there = guarded.get("/sign-in")
    assert (there.status_code, there.location) == (302, "/")  # who has signed in need not again
    assert client.get("/sign-in").status_code == 404  # where there is no token


def test_over_tls_the_cookie_stays_there(guarded: FlaskClient) -> None:
    assert "Secure" in sign_in(guarded, TOKEN, base_url="https://localhost").headers["Set-Cookie"]


@pytest.mark.parametrize("token", ["", "x", TOKEN.upper(), "口令"])
def test_a_wrong_one_is_asked_for_again(guarded: FlaskClient, token: str) -> None:
    response = sign_in(guarded, token)
    assert response.status_code == 401
    assert "Set-Cookie" not in response.headers
    assert "口令不对" in response.text
    assert 'value="/?q=' in response.text


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
                                    "javascript:alert(1)", "", "x", "///evil.example", "/\t/evil.example"])  # fmt: skip
def test_nobody_is_led_elsewhere(guarded: FlaskClient, target: str) -> None:
    location = sign_in(guarded, TOKEN, target).location
    assert location.startswith("/")
    assert not location.replace("\\", "/").replace("\t", "").replace("%09", "").startswith("//")


def test_a_session_ends(guarded: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(guarded, TOKEN)
    assert guarded.get("/").status_code == 200
    now = access.time.time()
    monkeypatch.setattr(access.time, "time", lambda: now + access.SESSION + 1)
    assert guarded.get("/").status_code == 401


def test_another_token_ends_all_sessions(guarded: FlaskClient, index: indexer.Index) -> None:
    cookie = sign_in(guarded, TOKEN).headers["Set-Cookie"].partition(";")[0]
    other = webui.create_app(index, token="another-token-of-ours").test_client()
    assert other.get("/", headers={"Cookie": cookie}).status_code == 401


def test_it_is_compared_in_constant_time(guarded: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    monkeypatch.setattr(access.hmac, "compare_digest", lambda *pair: compared.append(pair) or False)
    assert guarded.get("/", headers=bearer(TOKEN)).status_code == 401
    assert compared == [(TOKEN.encode(), TOKEN.encode())]
    assert hmac.compare_digest is access.hmac.compare_digest


def test_a_preflight_has_no_token_yet(index: indexer.Index) -> None:
    client = webui.create_app(index, token=TOKEN, allow_origins=["https://a.example"]).test_client()
    asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
    response = client.options("/api/v1/search", headers=asked)
    assert response.status_code == 200
    assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers
    refused = client.get("/api/v1/search", headers={"Origin": "https://a.example"})
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, "https://a.example")


@pytest.mark.parametrize("token", ["", "short", "x" * 15, "口令" * 10, "with space in the middle"])
def test_what_can_be_guessed_or_not_be_sent_is_no_token(index: indexer.Index, token: str) -> None:
    with pytest.raises(BadParameter, match="口令"):
        webui.create_app(index, token=token)


def test_where_there_is_no_token_nobody_can_sign_in(client: FlaskClient) -> None:
    assert sign_in(client, TOKEN).status_code in (404, 405)


def test_it_is_read_from_a_file_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(server.TOKEN_VARIABLE, raising=False)
    assert server.read_token(None) is None
    monkeypatch.setenv(server.TOKEN_VARIABLE, "")
    assert server.read_token(None) == ""  # and is then refused, for somebody meant to have one
    (tmp_path / "口令").write_text(f"{TOKEN}\n")
    assert server.read_token(tmp_path / "口令") == TOKEN
    with pytest.raises(ReadError, match="没有这个文件"):
        server.read_token(tmp_path / "无")


def test_a_blueprint_may_have_one_of_its_own(index: indexer.Index) -> None:
    app = Flask(__name__)
    app.register_blueprint(webui.search(index, token=TOKEN), url_prefix="/s")
    app.add_url_rule("/", view_func=lambda: "host")
    client = app.test_client()
    assert client.get("/").status_code == 200
    assert client.get("/s/").status_code == 401
    response = client.post("/s/sign-in", data={"token": TOKEN, "next": "/s/?q=数据"})
    assert "Path=/s/" in response.headers["Set-Cookie"]
    assert client.get(response.location).status_code == 200
    assert client.post("/s/sign-in", data={"token": TOKEN, "next": "/"}).location == "/s/"


@pytest.mark.parametrize("target", ["/\r\nSet-Cookie: x=y", "/?q=x\nLocation: //evil.example", "/\x00", "/\x7f", "//[",
                                    "//[x]/", "http://[", "/\u2028x", "/\x85", "//a\u2100b"])  # fmt: skip
def test_no_address_to_go_on_to_breaks_the_answer(guarded: FlaskClient, target: str) -> None:
    right, wrong = sign_in(guarded, TOKEN, target), sign_in(guarded, "x", target)
    assert (right.status_code, right.location) == (303, "/")
    assert (wrong.status_code, 'value="/"' in wrong.text) == (401, True)


@pytest.mark.parametrize("target", ["/?q=数 据", "/d/x?q=[1]", "/?q=%0d%0a"])
def test_what_only_looks_like_it_is_gone_on_to(guarded: FlaskClient, target: str) -> None:
    assert sign_in(guarded, TOKEN, target).location != "/"


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000.0
        monkeypatch.setattr(guesses.time, "monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def ask(client: FlaskClient, token: str, address: str = "192.0.2.1") -> Any:
    return client.get("/api/v1/search?q=数据", headers=bearer(token), environ_overrides={"REMOTE_ADDR": address})


def test_who_guesses_has_to_wait_and_nobody_else(guarded: FlaskClient, clock: Clock) -> None:
    assert [ask(guarded, f"wrong-{number}").status_code for number in range(guesses.AT_ONCE)] == [401] * guesses.AT_ONCE
    refused = ask(guarded, TOKEN)  # a right one would be told from a wrong one
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (429, "too_many_guesses")
    assert 0 < int(refused.headers["Retry-After"]) <= guesses.SECONDS_EACH
    assert ask(guarded, TOKEN, "192.0.2.2").status_code == 200
    clock.now += int(refused.headers["Retry-After"])
    assert ask(guarded, TOKEN).status_code == 200
    assert ask(guarded, "wrong").status_code == 401
    assert ask(guarded, TOKEN).status_code == 429


def test_the_form_and_the_header_are_one_way_to_guess(guarded: FlaskClient, clock: Clock) -> None:
    sign_in(guarded, TOKEN)
    other = guarded.application.test_client()
    for number in range(guesses.AT_ONCE):
        assert (sign_in(other, "x") if number % 2 else other.get("/", headers=bearer("x"))).status_code == 401
    page = sign_in(other, TOKEN)
    assert (page.status_code, "Set-Cookie" in page.headers, "口令试错的次数太多" in page.text) == (429, False, True)
    assert guarded.get("/").status_code == 200  # who has signed in guesses nothing
    assert other.get("/healthz", headers=bearer("x")).status_code == 200
    assert other.get("/").status_code == 401  # nor does who has no token yet


def test_the_table_of_addresses_has_an_end(clock: Clock) -> None:
    counted = guesses.Guesses()
    for number in range(guesses.ADDRESSES + 50):
        counted.count(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(counted._settled) == guesses.ADDRESSES
