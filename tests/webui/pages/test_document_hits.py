"""The hits in a document."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

import indexer
import webui
from tests.support import make_document, make_index
from tests.webui.browsing import page, texts
from webui import strings
from webui.pages.document_hits import MARKED_HITS


def read(client: FlaskClient, index: indexer.Index, path: str, **parameters: str) -> BeautifulSoup:
    return page(client, f"/d/{index.document(path).id}", **parameters)


def test_lead_from_one_to_the_next(client: FlaskClient, index: indexer.Index) -> None:
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


def test_are_counted(client: FlaskClient, index: indexer.Index) -> None:
    soup = read(client, index, "语料/报告.md", q="数据")
    count = len(soup.select(".steps"))
    assert strings.say("marked_hits", count=count) in texts(soup, ".about a")


def test_one_alone_leads_nowhere(client: FlaskClient, index: indexer.Index) -> None:
    soup = read(client, index, "语料/报告.md", q="要素活跃")
    assert strings.say("marked_hits", count=1) in texts(soup, ".about a")
    assert soup.select(".steps") == []


def test_none_are_spoken_of(client: FlaskClient, index: indexer.Index) -> None:
    soup = read(client, index, "语料/报告.md", q="鱻龘")
    assert strings.say("no_hits_here") in soup.select(".about")[0].get_text()


def test_beyond_the_most_are_owned_up_to(tmp_path: Path) -> None:
    made = make_index("memory", tmp_path, [make_document("a", ["谈到数据。"] * (MARKED_HITS + 3))])
    soup = page(webui.create_app(made).test_client(), "/d/a", q="数据")
    assert len(soup.select(".steps")) == MARKED_HITS
    assert strings.say("hits_left_out", count=3) in soup.select(".about")[0].get_text()


def test_are_marked_as_the_results_found_them(client: FlaskClient, index: indexer.Index) -> None:
    spread = read(client, index, "语料/报告.md", q="增长 要素 活跃", scope="section")
    assert "数字产业化" in str(spread.select(".prose"))
    assert read(client, index, "语料/报告.md", q="數據", script="exact").select("mark") == []
    assert read(client, index, "语料/报告.md", q="數據").select("mark")
