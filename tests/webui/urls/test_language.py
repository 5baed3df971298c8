"""The language of a page is the one chosen, else the one the browser asks for."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webui.browsing import page
from webui import strings


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "zh-CN"),
        ("en-GB,en;q=0.8", "en"),
        ("zh-TW,en;q=0.5", "zh-CN"),
        ("fr,en;q=0.4,zh;q=0.1", "en"),
        ("fr", "zh-CN"),
    ],
)
def test_the_browser_is_listened_to(client: FlaskClient, header: str, lang: str) -> None:
    response = client.get("/", headers={"Accept-Language": header})
    assert f'<html lang="{lang}">' in response.text
    assert "Accept-Language" in response.headers["Vary"]


def test_the_switch_is_remembered(client: FlaskClient) -> None:
    soup = page(client, q="数据", lang="en")
    assert soup.html is not None
    assert soup.html["lang"] == "en"
    assert page(client).select("html")[0]["lang"] == "en"
    (other,) = soup.select(".languages a")
    assert other["lang"] == "zh-CN"
    soup = page(client, str(other["href"]))
    assert soup.select("html")[0]["lang"] == "zh-CN"
    assert soup.select("#q")[0]["value"] == "数据"
    assert page(client).select("html")[0]["lang"] == "zh-CN"


def test_programs_are_answered_alike_whatever_they_speak(client: FlaskClient) -> None:
    path = "/api/v1/search?limit=ten"
    answers = [client.get(path, headers={"Accept-Language": language}).text for language in ("zh", "en")]
    assert answers[0] == answers[1]


def test_a_thread_forgets_the_language_of_its_last_request(client: FlaskClient) -> None:
    page(client, lang="en")
    assert strings.spoken() == "zh"


@pytest.mark.parametrize("path", ["/\\evil.example", "/%5Cevil.example/", "/\\/evil.example", "/nothing"])
def test_the_switch_leads_to_no_other_host(client: FlaskClient, path: str) -> None:
    soup = page(client, path, 404)
    (link,) = (str(each["href"]) for each in soup.select("a") if "lang=" in str(each["href"]))
    assert link.startswith("/")
    assert not link.startswith(("//", "/\\"))


def test_the_switch_does_not_repeat_what_is_too_long(client: FlaskClient) -> None:
    soup = page(client, "/?q=" + "x" * 70_000, 414)
    assert {str(each["href"]) for each in soup.select("a") if "lang=" in str(each["href"])} == {"/?lang=en"}
