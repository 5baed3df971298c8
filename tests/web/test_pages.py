"""The pages as a browser without JavaScript gets them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import indexer
from webui import strings


def page(client: FlaskClient, path: str = "/", status: int = 200, **parameters: Any) -> BeautifulSoup:
    response = client.get(path, query_string=parameters or None)
    assert response.status_code == status, response.text
    return BeautifulSoup(response.text, "lxml")


def follow(client: FlaskClient, link: Tag) -> BeautifulSoup:
    return page(client, str(link["href"]).partition("#")[0])


def texts(soup: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [" ".join(tag.get_text(" ").split()) for tag in soup.select(selector)]


class TestHome:
    def test_one_form_that_works_by_get(self, client: FlaskClient) -> None:
        (form,) = page(client).select("form")
        assert (form["action"], form["method"]) == ("/", "get")
        assert form.select_one("input[name=q]") is not None
        assert form.select_one("label[for=q]") is not None

    def test_says_what_is_there(self, client: FlaskClient, index: indexer.Index) -> None:
        soup = page(client)
        assert str(index.stats().passages) in soup.get_text()
        assert "数字发展报告" in texts(soup, ".shelf a")

    def test_examples_come_from_the_corpus(self, client: FlaskClient) -> None:
        examples = page(client).select(".examples a")
        assert examples
        assert all(follow(client, link).select("article") for link in examples)


class TestHits:
    def test_marked_under_their_path(self, client: FlaskClient) -> None:
        article = page(client, q="数据安全").select("article")[0]
        assert article["data-passage-id"]
        assert texts(article, ".text mark") == ["数据安全"]
        assert "一、数字经济" in article.select(".path")[0].get_text()

    def test_the_first_link_leads_to_the_passage_in_its_document(self, client: FlaskClient) -> None:
        article = page(client, q="数据安全").select("article")[0]
        link = article.select("a")[0]
        target = follow(client, link).find(id=str(link["href"]).partition("#")[2])
        assert target is not None
        assert "数据安全得到保障" in target.get_text()
        assert texts(target, "mark") == ["数据安全"]

    def test_tiers_are_parted_by_a_line_in_words(self, client: FlaskClient) -> None:
        names = texts(page(client, q="数据共享 安全"), "h2.tier span:first-child")
        assert names == [strings.say("tier_exact"), strings.say("tier_some")]

    def test_warnings_are_shown(self, client: FlaskClient) -> None:
        assert "运算" in page(client, q="数据 OR").select(".warnings")[0].get_text()

    def test_no_hits_say_what_to_try(self, client: FlaskClient) -> None:
        assert page(client, q="鱻龘").select(".nothing")

    def test_pages_walk_through_all(self, client: FlaskClient) -> None:
        seen: list[str] = []
        soup = page(client, q="数据", limit=7)
        while True:
            seen += [str(article["data-passage-id"]) for article in soup.select("article")]
            following = soup.select_one("a[rel=next]")
            if following is None:
                break
            soup = follow(client, following)
        total = client.get("/api/v1/search?q=数据&limit=0").get_json()["total"]
        assert len(seen) == len(set(seen)) == total > 30

    def test_an_empty_query_with_a_filter_lists_in_order(self, client: FlaskClient) -> None:
        soup = page(client, section="一、数字经济")
        assert texts(soup, "article .text")[:2] == ["一、数字经济", "（一）产业数字化"]


class TestFilters:
    def test_choosing_several_sections(self, client: FlaskClient) -> None:
        soup = page(client, q="数据")
        for name in ("（一）产业数字化", "二、数字政府"):
            (link,) = [link for link in soup.select("a.value") if texts(link, ".label") == [name]]
            soup = follow(client, link)
        assert len(soup.select("a.value[aria-checked=true]")) == 2
        assert len(soup.select(".chips li")) == 3
        assert {text.split(" › ")[1] for text in texts(soup, "article .path")} == {"一、数字经济", "二、数字政府"}

    def test_a_count_is_what_choosing_finds(self, client: FlaskClient) -> None:
        for link in page(client, q="数据").select("a.value"):
            (count,) = texts(link, ".count")
            assert f"共 {count} 段" in follow(client, link).select(".status")[0].get_text()

    def test_chips_take_one_back(self, client: FlaskClient) -> None:
        soup = page(client, q="数据", tag="报告", year="2021")
        assert len(soup.select(".chips li")) == 3
        soup = follow(client, soup.select(".chips a")[0])
        assert len(soup.select(".chips li")) == 2
        assert follow(client, soup.select(".chips .clear")[0]).select(".chips") == []

    def test_searching_again_keeps_the_filters(self, client: FlaskClient) -> None:
        form = page(client, q="数据", tag="报告", offset=10).select("form.search")[0]
        kept = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}
        assert kept == {"tag": "报告"}

    def test_a_chosen_value_without_hits_stays_in_sight(self, client: FlaskClient) -> None:
        assert "没有这一章" in page(client, q="数据", section="没有这一章").select(".chips")[0].get_text()


class TestReading:
    def test_every_passage_stands_once_with_its_anchor(self, client: FlaskClient, index: indexer.Index) -> None:
        document = index.document("语料/报告.md")
        soup = page(client, f"/d/{document.id}")
        for passage in index.passages(document.id):
            anchor = soup.find(id=indexer.permalink(passage))
            assert anchor is not None
            assert "".join(passage.text.split()) in "".join(anchor.get_text().split())
            assert soup.find(id=passage.id) is not None

    def test_headings_and_tables_are_what_they_are(self, client: FlaskClient, index: indexer.Index) -> None:
        soup = page(client, f"/d/{index.document('语料/报告.md').id}")
        assert texts(soup, ".prose h2") == ["一、数字经济", "二、数字政府"]
        assert texts(soup, ".outline > details > ol > li > a") == ["一、数字经济", "二、数字政府"]
        assert texts(soup, "td:not([hidden])")[-2:] == ["数据量", "1,000 亿"]

    def test_permalinks_survive_insertions(self, client: FlaskClient, index: indexer.Index) -> None:
        passages = index.passages(index.document("语料/文本.txt").id)
        right = indexer.permalink(passages[5])
        shifted = right.replace("-5.", "-3.")
        for link in (right, shifted):
            response = client.get(f"/p/{link}")
            assert (response.status_code, response.location.partition("#")[2]) == (302, right)

    def test_what_is_gone_is_said_so(self, client: FlaskClient, index: indexer.Index) -> None:
        document = index.document("语料/文本.txt").id
        for path in ("/d/nobody", "/p/nobody-1.abcdef", f"/p/{document}-1.000000", f"/p/{document}-999", "/p/x"):
            soup = page(client, path, 404)
            assert soup.select(".error h1")[0].get_text()


class TestHostileContent:
    @pytest.mark.parametrize(
        "path", ["/", "/?q=恶意", "/?q=<script>alert(5)</script>", '/?q="><img src=x>', "/?section=<b>x"]
    )
    def test_nothing_of_it_becomes_markup(self, client: FlaskClient, index: indexer.Index, path: str) -> None:
        document = next(each.id for each in index.documents() if "恶意" in each.path)
        for address in (path, f"/d/{document}", f"/d/{document}?q=<b>"):
            soup = page(client, address)
            assert [script.get("src") for script in soup.select("script")] == ["/static/page.js"]
            assert soup.select("img, iframe, [onerror], [onclick], a[href^='javascript:' i]") == []
            assert soup.select("style, [style]") == []

    def test_its_text_is_there_to_be_read(self, client: FlaskClient) -> None:
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


def test_every_sentence_of_the_templates_exists(client: FlaskClient) -> None:
    from pathlib import Path

    import webui

    root = Path(webui.__file__).parent
    keys = {
        key
        for path in (*root.glob("*.py"), *root.glob("templates/*.html"))
        for key in re.findall(r"""say\(["']([\w-]+)["']""", path.read_text("utf-8"))
        if not key.endswith("_")
    }
    prefixes = ("tier_", "kind_", "sort_", "match_", "facet_")
    table = strings.table("zh")
    assert keys <= set(table)
    assert {key for key in table if not key.startswith(prefixes)} == {
        key for key in keys if not key.startswith(prefixes)
    }
