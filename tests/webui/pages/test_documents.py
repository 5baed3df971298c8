"""The list of all documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

import indexer
from tests.webui.browsing import follow, page, texts
from tests.webui.documents import client_of, titles
from webui.pages.documents import MAX_FIND, PAGE_SIZE
from webui.urls.state import MAX_VALUE


def test_every_document_is_listed_once(tmp_path: Path) -> None:
    paths = [f"法规/文档{number}.txt" for number in range(1, PAGE_SIZE + 6)]
    client = client_of(tmp_path, paths)
    soup = follow(client, page(client).select(".shelf > p > a")[0])
    assert len(titles(soup)) == PAGE_SIZE
    listed = titles(soup) + titles(follow(client, soup.select("a[rel=next]")[0]))
    assert listed == paths


def test_a_page_that_is_none_leads_to_the_first(client: FlaskClient) -> None:
    soup = page(client, "/documents", offset=1000)
    (link,) = soup.select(".nothing a")
    assert len(titles(follow(client, link))) == 3


@pytest.mark.parametrize("parameters", [{"offset": "-1"}, {"offset": "x"}, {"page": "2"}])
def test_what_cannot_be_read_is_refused(client: FlaskClient, parameters: dict[str, str]) -> None:
    page(client, "/documents", 400, **parameters)


@pytest.mark.parametrize(("name", "longest"), [("find", MAX_FIND), ("folder", MAX_VALUE), ("work", MAX_VALUE)])
def test_what_would_stand_in_every_address_is_bounded(client: FlaskClient, name: str, longest: int) -> None:
    page(client, "/documents", 200, **{name: "法" * longest})
    page(client, "/documents", 400, **{name: "法" * (longest + 1)})


def test_an_empty_index_says_what_to_do(tmp_path: Path) -> None:
    client = client_of(tmp_path, [])
    for path in ("/", "/documents"):
        assert "xunzhang index" in page(client, path).get_text()


class TestNarrowing:
    PATHS = ("法规/数据/条例.txt", "法规/税收.txt", "报告/数据.txt")

    def test_a_folder_holds_all_below_it(self, tmp_path: Path) -> None:
        client = client_of(tmp_path, self.PATHS)
        soup = page(client, "/documents")
        assert texts(soup, ".folders > ul > li > a") == ["报告", "法规"]
        (link,) = soup.select(".folders > ul > li > a:-soup-contains('法规')")
        chosen = follow(client, link)
        assert titles(chosen) == ["法规/税收.txt", "法规/数据/条例.txt"]
        assert texts(chosen, ".folders [aria-current]") == ["法规"]
        assert titles(follow(client, chosen.select(".chips a")[0])) == titles(soup)

    def test_it_can_be_searched_alone(self, tmp_path: Path) -> None:
        client = client_of(tmp_path, self.PATHS)
        (link,) = page(client, "/documents", folder="法规/数据").select("a[href^='/?path=']")
        assert texts(follow(client, link), ".chips li") == ["文件夹 法规/数据 ×"]

    def test_what_title_or_path_holds_is_found(self, tmp_path: Path) -> None:
        client = client_of(tmp_path, self.PATHS)
        assert titles(page(client, "/documents", find="数据")) == ["报告/数据.txt", "法规/数据/条例.txt"]
        assert titles(page(client, "/documents", find="数据", folder="报告")) == ["报告/数据.txt"]
        nothing = page(client, "/documents", find="鱻")
        assert len(titles(follow(client, nothing.select(".nothing a")[0]))) == 3

    def test_the_next_page_is_of_the_same_list(self, tmp_path: Path) -> None:
        client = client_of(tmp_path, [f"甲/{number}.txt" for number in range(PAGE_SIZE + 1)] + ["乙/0.txt"])
        soup = page(client, "/documents", folder="甲", sort="title")
        assert titles(follow(client, soup.select("a[rel=next]")[0]))[0].startswith("甲/")


def test_orders(client: FlaskClient, index: indexer.Index) -> None:
    by_date = titles(page(client, "/documents", sort="-date"))
    assert by_date[0] == "数字发展报告"  # the others have no date
    assert set(titles(page(client, "/documents", sort="date"))) == set(by_date)
    shown = texts(page(client, "/documents", sort="title"), ".documents a")
    assert shown == sorted(document.full_title for document in index.documents())
    page(client, "/documents", 400, sort="size")
