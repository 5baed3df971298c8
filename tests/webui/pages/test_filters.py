"""The filters beside hits, and the page with all values of one."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.webui.browsing import fields, follow, page, submit, texts
from webui import strings


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
