"""The first page, hits, filters, help and errors, as a browser without JavaScript gets them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import indexer
from tests.webui.browsing import fields, follow, page, submit, texts
from webui import strings

SCRIPTS = {"/static/js/main.js", "/static/js/reading.js"}


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

    def test_examples_have_hits(self, client: FlaskClient) -> None:
        examples = page(client).select(".examples a")
        assert len(examples) > 2
        assert all(follow(client, link).select("article") for link in examples)

    def test_how_to_ask_is_beside_the_box(self, client: FlaskClient) -> None:
        for soup in (page(client), page(client, q="数据")):
            (panel,) = soup.select("#ask")
            assert soup.select("form#search [popovertarget=ask]")
            assert all(follow(client, link).select("article") for link in panel.select("dt a"))
            assert panel.select("a[href='/help']")


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
        soup = page(client, q="鱻龘")
        assert [link["href"] for link in soup.select(".nothing a")] == ["/documents", "/help"]

    def test_what_narrowed_too_far_can_be_taken_back(self, client: FlaskClient) -> None:
        soup = page(client, q="增长 共享", match="exact", tag="报告", script="exact")
        ways = dict(zip(texts(soup, ".nothing a"), soup.select(".nothing a"), strict=True))
        without = follow(client, ways[strings.say("try_without_filters")])
        assert without.select(".chips") == []
        assert follow(client, ways[strings.say("try_all_tiers")]).select("article")
        assert "script" not in str(ways[strings.say("try_any_script")]["href"])

    @pytest.mark.parametrize("extra", [{"offset": "20000"}, {"limit": "0"}, {"offset": "999", "limit": "3"}])
    def test_a_page_that_is_none_leads_to_the_first(self, client: FlaskClient, extra: dict[str, str]) -> None:
        soup = page(client, q="数据要素", **extra)
        assert strings.say("no_hits") not in soup.get_text()
        (link,) = soup.select(".nothing a")
        assert follow(client, link).select("article")

    def test_a_missing_date_is_not_spoken_of(self, client: FlaskClient) -> None:
        article = page(client, q="第5段").select("article")[0]
        assert texts(article, ".about > span:not(.actions)") == ["语料/文本.txt"]
        assert article.select("time") == []

    def test_only_words_are_contained(self, client: FlaskClient) -> None:
        for parameters in ({"q": "年份:2021"}, {"q": "-数据"}, {"q": " ", "tag": "报告"}, {"tag": "报告"}):
            soup = page(client, **parameters)
            assert soup.select("article")
            assert soup.select("h2.tier") == []

    def test_no_words_give_all_passages(self, client: FlaskClient) -> None:
        soup = page(client, tag="报告")
        total = client.get("/api/v1/search?tag=报告").get_json()["total"]
        assert strings.say("result_all", total=total) in texts(soup, ".status")[0]

    def test_the_same_answer_for_programs(self, client: FlaskClient) -> None:
        soup = page(client, q="数据", tag="报告", offset=2)
        (link,) = [link for link in soup.select("footer a") if "JSON" in link.get_text()]
        hits = client.get(str(link["href"])).get_json()["hits"]
        assert [hit["id"] for hit in hits] == [article["data-passage-id"] for article in soup.select("article")]

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
        one, other = "一、数字经济/（一）产业数字化", "二、数字政府"
        soup = submit(client, page(client, q="数据"), ("section", one, True))
        soup = submit(client, soup, ("section", other, True))
        assert {field["value"] for field in fields(soup) if field.has_attr("checked")} == {one, other}
        assert len(soup.select(".chips li")) == 3
        assert {text.split(" › ")[1] for text in texts(soup, "article .path")} == {"一、数字经济", "二、数字政府"}
        soup = submit(client, soup, ("section", one, False))
        assert {text.split(" › ")[1] for text in texts(soup, "article .path")} == {"二、数字政府"}

    def test_a_count_is_what_choosing_finds(self, client: FlaskClient) -> None:
        soup = page(client, q="数据")
        counted = [(str(box["name"]), str(box["value"])) for box in soup.select(".facet [data-values] input")]
        assert len(counted) > 8
        for name, value in counted:
            (box,) = soup.select(f"input[name='{name}'][value='{value}']")
            assert box.parent is not None
            (count,) = texts(box.parent, ".count")
            found = page(client, q="数据", **{name: value})
            assert strings.say("result_count", total=count) in texts(found, ".status")[0]

    def test_folds_say_what_they_hold(self, client: FlaskClient) -> None:
        folds = texts(page(client, q="数据"), ".tree summary")
        assert folds == [strings.say("fold", name="一、数字经济", count=2)]

    def test_what_is_chosen_inside_a_fold_is_in_sight(self, client: FlaskClient) -> None:
        soup = page(client, q="数据", section="一、数字经济/（二）数字产业化")
        assert soup.select(".tree details[open] input[checked]")

    def test_chips_take_one_back(self, client: FlaskClient) -> None:
        soup = page(client, q="数据", tag="报告", year="2021")
        assert len(soup.select(".chips li")) == 3
        assert follow(client, soup.select(".chips .clear")[0]).select(".chips") == []
        soup = follow(client, soup.select(".chips a")[0])
        assert len(soup.select(".chips li")) == 1

    def test_only_this_document(self, client: FlaskClient) -> None:
        article = page(client, q="数据").select("article")[0]
        (link,) = [link for link in article.select("a") if strings.say("only_this_document") in link]
        soup = follow(client, link)
        assert len(set(texts(soup, ".file"))) == 1
        assert strings.say("only_this_document") not in soup.get_text()

    def test_searching_again_keeps_what_was_chosen(self, client: FlaskClient) -> None:
        chosen = {
            "tag": "报告",
            "section": "没有这一章",
            "sort": "date",
            "scope": "section",
            "limit": "3",
            "match": "all",
        }
        soup = submit(client, page(client, q="数据", **chosen, offset=2))
        assert soup.select("#page")[0]["data-url"] == page(client, q="数据", **chosen).select("#page")[0]["data-url"]

    def test_a_chosen_value_without_hits_stays_in_sight(self, client: FlaskClient) -> None:
        assert "没有这一章" in page(client, q="数据", section="没有这一章").select(".chips")[0].get_text()


class TestAllValuesOfAFilter:
    def test_are_found_by_a_part_of_their_name_under_what_is_above_them(self, client: FlaskClient) -> None:
        soup = page(client, "/filters/section", q="数据", find="产业化")
        assert texts(soup, ".tree .label") == ["一、数字经济", "（二）数字产业化"]

    def test_are_all_there_with_the_rest_of_the_search(self, client: FlaskClient) -> None:
        soup = page(client, "/filters/document", q="数据", tag="报告", sort="date")
        assert texts(soup, "[data-values] .label") == ["数字发展报告"]
        chosen = submit(client, soup, ("document", "语料/报告.md", True)).select("#page")[0]
        assert (
            chosen["data-url"]
            == page(client, q="数据", document="语料/报告.md", tag="报告", sort="date").select("#page")[0]["data-url"]
        )

    def test_none_are_owned_up_to(self, client: FlaskClient) -> None:
        soup = page(client, "/filters/topic", q="数据", find="鱻")
        assert strings.say("find_nothing") in soup.get_text()

    def test_a_filter_that_is_none(self, client: FlaskClient) -> None:
        page(client, "/filters/colour", 404)


class TestErrors:
    @pytest.mark.parametrize("path", ["/nothing", "/d/nobody", "/p/nobody-1", "/p/x", "/?sort=size&q=x"])
    def test_the_way_out_is_on_the_page(self, client: FlaskClient, path: str) -> None:
        response = client.get(path)
        assert response.status_code in (400, 404)
        assert "xunzhang" not in response.text
        for address in ("/", "/documents", "/help"):
            assert f'<a href="{address}">' in response.text.partition('class="ways"')[2]
            assert client.get(address).status_code == 200


class TestHelp:
    def test_every_example_is_read_as_it_is_written(self, client: FlaskClient, index: indexer.Index) -> None:
        examples = texts(page(client, "/help"), "code")
        assert len(examples) > 5
        assert [query for query in examples if index.explain(query).warnings] == []


class TestHostileContent:
    @pytest.mark.parametrize(
        "path", ["/", "/?q=恶意", "/?q=<script>alert(5)</script>", '/?q="><img src=x>', "/?section=<b>x"]
    )
    def test_nothing_of_it_becomes_markup(self, client: FlaskClient, index: indexer.Index, path: str) -> None:
        document = next(each.id for each in index.documents() if "恶意" in each.path)
        for address in (path, f"/d/{document}", f"/d/{document}?q=<b>"):
            soup = page(client, address)
            assert {str(script.get("src")) for script in soup.select("script")} <= SCRIPTS
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
