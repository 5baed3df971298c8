"""The filters beside hits, and the page with all values of one."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

import webui
from indexer.model import AnalyzedDocument, Document, Passage
from tests.support import ANALYZER, make_index
from tests.webui.browsing import fields, follow, page, submit, texts
from webui import strings
from webui.pages import filters


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


def chapters(*documents: tuple[str, int]) -> list[AnalyzedDocument]:
    """Documents of so many chapters, each of as many articles as its number says, all about data."""
    return [
        ANALYZER.analyze(
            Document(f"{key:x}", f"法/{title}.md", title, work="数据法典" if title.startswith("卷") else None),
            [
                Passage(f"{key:x}", number, "数据安全", (f"第{chapter}章", f"第{number}条"))
                for number, chapter in enumerate(chapter for chapter in range(1, count + 1) for _ in range(chapter))
            ],
        )
        for key, (title, count) in enumerate(documents, 10)
    ]


# The names of the chapters on the first level of the tree.
TOP = "[data-facet=section] > [data-values] > .tree > li > label > .label"


class TestWhichComesFirst:
    def test_documents_where_many_answer_then_chapters(self, tmp_path: Path) -> None:
        client = webui.create_app(make_index("memory", tmp_path, chapters(("甲", 3), ("乙", 3)))).test_client()
        names = [str(each["data-facet"]) for each in page(client, q="数据").select("[data-facet]")]
        assert names[:2] == ["document", "section"]
        assert strings.say("facet_mixed") in texts(page(client, q="数据"), "#facet-section")[0]

    def test_one_documents_chapters_are_in_reading_order(self, tmp_path: Path) -> None:
        client = webui.create_app(make_index("memory", tmp_path, chapters(("甲", 5), ("乙", 3)))).test_client()
        soup = page(client, q="数据", document="法/甲.md")
        assert texts(soup, TOP) == [f"第{number}章" for number in range(1, 6)]
        assert strings.say("facet_mixed") not in texts(soup, "#facet-section")[0]

    def test_what_is_chosen_stands_on_top(self, tmp_path: Path) -> None:
        documents = chapters(*((f"甲{number}", number) for number in range(1, 20)))
        client = webui.create_app(make_index("memory", tmp_path, documents)).test_client()
        soup = page(client, q="数据", document="法/甲1.md")
        assert texts(soup, "[data-facet=document] .label")[:2] == ["甲1", "甲19"]
        soup = page(client, q="数据", document="法/甲5.md", section="第4章")
        assert texts(soup, TOP)[:2] == [
            "第4章",
            "第1章",
        ]

    def test_a_chosen_value_that_nothing_has_stays_with_its_count(self, tmp_path: Path) -> None:
        client = webui.create_app(make_index("memory", tmp_path, chapters(("甲", 2), ("乙", 2)))).test_client()
        soup = page(client, q="数据", section="第9章")
        (box,) = soup.select("input[value='第9章'][checked]")
        assert box.parent is not None and texts(box.parent, ".count") == ["0"]

    @pytest.mark.parametrize(
        ("of_the_files", "labels"),
        [
            ({"甲.md": "2020-05-28", "甲.pdf": "2021-01-01"}, ["条例（2020-05-28）", "条例（2021-01-01）"]),
            ({"甲.md": None, "甲.pdf": "2021-01-01"}, ["条例", "条例（2021-01-01）"]),
            ({"甲.md": "2020-05-28", "甲.pdf": "2020-05-28"}, ["条例（甲.md）", "条例（甲.pdf）"]),
            ({"子/甲.md": None, "甲.md": None}, ["条例（法/子/甲.md）", "条例（法/甲.md）"]),
        ],
        ids=["dates", "one date", "names", "paths"],
    )
    def test_documents_of_the_same_title_are_told_apart(
        self, tmp_path: Path, of_the_files: dict[str, str | None], labels: list[str]
    ) -> None:
        documents = [
            ANALYZER.analyze(Document(f"{key:x}", f"法/{name}", "条例", date=date), [Passage(f"{key:x}", 0, "数据")])
            for key, (name, date) in enumerate(of_the_files.items(), 10)
        ]
        alone = ANALYZER.analyze(Document("f", "法/乙.md", "办法", date="2020-05-28"), [Passage("f", 0, "数据")])
        client = webui.create_app(make_index("memory", tmp_path, [*documents, alone])).test_client()
        assert sorted(texts(page(client, q="数据"), "[data-facet=document] .label")) == ["办法", *labels]

    def test_the_documents_of_a_work_stand_under_its_name(self, tmp_path: Path) -> None:
        documents = chapters(("卷一", 3), ("甲", 2), ("卷二", 1))
        client = webui.create_app(make_index("memory", tmp_path, documents)).test_client()
        panel = page(client, q="数据").select("[data-facet=document]")[0]
        assert texts(panel, ".of-work") == ["数据法典"]
        assert texts(panel, ".label") == ["卷一", "卷二", "甲"]
        alone = follow(client, panel.select(".of-work a")[0])
        assert {path.split("/")[1] for path in texts(alone, ".hit .file")} == {"卷一.md", "卷二.md"}


def test_each_level_of_all_values_has_a_limit_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "LISTED", 4)
    client = webui.create_app(make_index("memory", tmp_path, chapters(("甲", 6)))).test_client()
    soup = page(client, "/filters/section", q="数据")
    top = texts(soup, "[data-values] > .tree > li > label > .label")
    assert top == ["第3章", "第4章", "第5章", "第6章"]
    assert len(soup.select("[data-values] .tree .tree li")) == 4
    assert strings.say("facet_truncated", count=4) in soup.get_text()


def test_folders_and_types_part_what_differs_in_them(tmp_path: Path) -> None:
    paths = ("库/法/甲.md", "库/法/乙.pdf", "库/文/丙.md")
    documents = [
        ANALYZER.analyze(Document(f"{key:x}", path, path), [Passage(f"{key:x}", 0, "数据")])
        for key, path in enumerate(paths)
    ]
    client = webui.create_app(make_index("memory", tmp_path, documents)).test_client()
    soup = page(client, q="数据")
    assert texts(soup, "[data-facet=path] .label") == ["库/法", "库/文"]  # all are in the other one
    assert texts(soup, "[data-facet=type] .label") == ["md", "pdf"]
    assert texts(page(client, "/?q=数据&path=库/法&type=pdf"), ".hit .file") == ["库/法/乙.pdf"]
    assert len(texts(page(client, "/?q=数据&path=库/"), ".hit .file")) == 3
