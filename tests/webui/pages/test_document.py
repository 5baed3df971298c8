"""A document to read: its layout, the hits in it, permalinks."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

import indexer
import webui
from indexer import Kind
from tests.support import make_document, make_index
from tests.webui.browsing import follow, page, texts
from webui import strings
from webui.pages.document_hits import MARKED_HITS


def read(client: FlaskClient, index: indexer.Index, path: str, **parameters: str) -> BeautifulSoup:
    return page(client, f"/d/{index.document(path).id}", **parameters)


class TestLayout:
    def test_every_passage_stands_once_with_its_anchor(self, client: FlaskClient, index: indexer.Index) -> None:
        document = index.document("语料/报告.md")
        soup = page(client, f"/d/{document.id}")
        for passage in index.passages(document.id):
            anchor = soup.find(id=indexer.permalink(passage))
            assert anchor is not None
            assert "".join(passage.text.split()) in "".join(anchor.get_text().split())

    def test_headings_and_tables_are_what_they_are(self, client: FlaskClient, index: indexer.Index) -> None:
        soup = page(client, f"/d/{index.document('语料/报告.md').id}")
        assert texts(soup, ".prose h2") == ["一、数字经济", "二、数字政府"]
        assert texts(soup, ".outline > details > ol > li > a") == ["一、数字经济", "二、数字政府"]
        assert texts(soup, "td")[-2:] == ["数据量", "1,000 亿"]
        assert soup.select("main > .reading > .outline + .paper")

    def test_without_headings_there_is_one_column(self, client: FlaskClient, index: indexer.Index) -> None:
        soup = page(client, f"/d/{index.document('语料/文本.txt').id}")
        assert soup.select("main > .reading.alone > .paper:only-child")
        assert soup.select(".outline") == []

    @pytest.mark.parametrize(
        ("opening", "shown"),
        [
            ([], ["数字发展报告"]),
            ([("数字发展报告", Kind.TITLE)], ["数字发展报告"]),
            ([("数字\n发展报告", Kind.TITLE), ("（2021 年）", Kind.TITLE)], ["数字 发展报告", "（2021 年）"]),
            ([("数字", Kind.TITLE), ("发展报告", Kind.TITLE)], ["数字", "发展报告"]),
            ([("数字发展报告", Kind.HEADING)], ["数字发展报告"]),
            ([("另一个题目", Kind.TITLE)], ["数字发展报告", "另一个题目"]),
            ([("来源：某网", Kind.BODY), ("数字发展报告", Kind.TITLE)], ["数字发展报告"]),
        ],
    )
    def test_a_title_stands_once(self, tmp_path: Path, opening: list[tuple[str, Kind]], shown: list[str]) -> None:
        lines = [*opening, ("正文。", Kind.BODY)]
        document = make_document(
            "a", [text for text, _ in lines], title="数字发展报告", kinds=[kind for _, kind in lines]
        )
        client = webui.create_app(make_index("memory", tmp_path, [document])).test_client()
        assert texts(page(client, "/d/a"), ".title, .prose h1, .prose h2") == shown


class TestPermalinks:
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

    @pytest.mark.parametrize("ordinal", ["²", "９", "9" * 4400, "-1", "", "1_0", " 1"])
    def test_what_is_no_place_is_not_found(self, client: FlaskClient, index: indexer.Index, ordinal: str) -> None:
        passage = index.passages(index.document("语料/文本.txt").id)[1]
        digest = indexer.permalink(passage).partition(".")[2]
        assert page(client, f"/p/{passage.document_id}-{ordinal}.{digest}", 404).select(".error h1")


class TestHitsInADocument:
    def test_lead_from_one_to_the_next(self, client: FlaskClient, index: indexer.Index) -> None:
        soup = read(client, index, "语料/报告.md", q="数据")
        (first,) = [link for link in soup.select(".about a") if str(link["href"]).startswith("#")]
        forwards, link = [], first
        while link is not None:
            forwards.append(str(link["href"])[1:])
            place = soup.find(id=forwards[-1])
            assert isinstance(place, Tag)
            assert place.select("mark")
            link = next((each for each in place.select(".steps a") if each.get_text() == strings.say("next_hit")), None)
        passages = index.passages(index.document("语料/报告.md").id)
        assert forwards == [indexer.permalink(passage) for passage in passages if "数据" in passage.text]
        back = [each for each in soup.select(".steps a") if each.get_text() == strings.say("previous_hit")]
        assert [str(link["href"])[1:] for link in back] == forwards[:-1]

    def test_are_counted(self, client: FlaskClient, index: indexer.Index) -> None:
        soup = read(client, index, "语料/报告.md", q="数据")
        count = len(soup.select(".steps"))
        assert strings.say("marked_hits", count=count) in texts(soup, ".about a")

    def test_one_alone_leads_nowhere(self, client: FlaskClient, index: indexer.Index) -> None:
        soup = read(client, index, "语料/报告.md", q="要素活跃")
        assert strings.say("marked_hits", count=1) in texts(soup, ".about a")
        assert soup.select(".steps") == []

    def test_none_are_spoken_of(self, client: FlaskClient, index: indexer.Index) -> None:
        soup = read(client, index, "语料/报告.md", q="鱻龘")
        assert strings.say("no_hits_here") in soup.select(".about")[0].get_text()

    def test_beyond_the_most_are_owned_up_to(self, tmp_path: Path) -> None:
        made = make_index("memory", tmp_path, [make_document("a", ["谈到数据。"] * (MARKED_HITS + 3))])
        soup = page(webui.create_app(made).test_client(), "/d/a", q="数据")
        assert len(soup.select(".steps")) == MARKED_HITS
        assert strings.say("hits_left_out", count=3) in soup.select(".about")[0].get_text()

    def test_are_marked_as_the_results_found_them(self, client: FlaskClient, index: indexer.Index) -> None:
        spread = read(client, index, "语料/报告.md", q="增长 要素 活跃", scope="section")
        assert "数字产业化" in str(spread.select(".prose"))
        assert read(client, index, "语料/报告.md", q="數據", script="exact").select("mark") == []
        assert read(client, index, "语料/报告.md", q="數據").select("mark")

    def test_the_way_back_keeps_page_and_filters(self, client: FlaskClient) -> None:
        results = page(client, q="数据", tag="报告", limit=2, offset=2)
        document = follow(client, results.select("article a")[0])
        back = document.select(".about a")[0]
        ids = [article["data-passage-id"] for article in follow(client, back).select("article")]
        assert ids == [article["data-passage-id"] for article in results.select("article")]
