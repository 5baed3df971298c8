"""The drawing of where hits are: one bar for each chapter with hits, in reading order, as high as it has hits."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

import indexer
from tests.webui.browsing import follow, page, texts
from webui import strings
from webui.pages.chapter_chart import HEIGHT, LABELLED, MOST, SHORT, chart
from webui.urls.state import SearchState


def test_bars_are_the_chapters_of_the_api(client: FlaskClient, index: indexer.Index) -> None:
    soup = page(client, q="数据")
    chapters = client.get(f"/api/v1/search?q=数据&chapters={MOST}").get_json()["chapters"]
    none = strings.say("chapter_none")
    told = [f"{index.document(each['document']).title} › {each['chapter'] or none}" for each in chapters]
    bars = [str(bar["aria-label"]) for bar in soup.select(".map svg a")]
    assert [bar.rpartition("：")[0] for bar in bars] == told
    assert [int(text) for text in texts(soup, ".map-table td:last-child")] == [each["count"] for each in chapters]


def test_each_leads_to_its_hits_and_back(client: FlaskClient) -> None:
    for number, bar in enumerate(page(client, q="数据").select(".map svg a")):
        count = int(str(bar["aria-label"]).rpartition("：")[2].split()[0])
        alone = follow(client, bar)
        if "（各章之前）" not in str(bar["aria-label"]):
            assert strings.say("result_count", total=count) in texts(alone, ".status")[0], number


def test_the_highest_has_most(index: indexer.Index) -> None:
    drawn = chart(index.search("数据", chapters=MOST), SearchState("数据"))
    assert drawn is not None
    highest = max(drawn.bars, key=lambda bar: bar.count)
    assert (highest.y, highest.height) == (0, HEIGHT)
    assert all(0 < bar.height <= HEIGHT and bar.y + bar.height == HEIGHT for bar in drawn.bars)
    for group in drawn.groups:
        assert [bar.x for bar in group.bars] == sorted({bar.x for bar in group.bars})
        assert group.width > group.bars[-1].x
        assert {bar.document for bar in group.bars} == {group.document}


@pytest.mark.parametrize(("most", "is_cut"), [(2, True), (MOST, False)])
def test_it_is_cut_where_hits_stand_in_chapters_not_drawn(index: indexer.Index, most: int, *, is_cut: bool) -> None:
    drawn = chart(index.search("数据", chapters=most), SearchState("数据"))
    assert drawn is not None
    assert drawn.is_cut is is_cut


def test_chapters_of_partial_matches_do_not_make_it_cut(tmp_path: Path) -> None:
    chapters = "".join(f"## 第{n}章\n\n{'数据安全' if n < 3 else '数据'}如此。\n\n" for n in range(1, 40))
    (tmp_path / "书.md").write_text(f"# 书\n\n{chapters}", "utf-8")
    with indexer.create_index(tmp_path / "index") as made:
        made.update([tmp_path / "书.md"])
        results = made.search("数据 安全", chapters=MOST)
        drawn = chart(results, SearchState("数据 安全"))
    assert "chapters" in results.truncated
    assert drawn is not None
    assert (len(drawn.bars), drawn.is_cut) == (2, False)


def test_few_bars_are_labelled(client: FlaskClient) -> None:
    soup = page(client, q="数据")
    labels = texts(soup, ".map-labels li")
    assert len(labels) == len(soup.select(".map svg a")) <= LABELLED
    assert all(label and len(label) <= SHORT for label in labels)


def test_one_chapter_is_no_picture(client: FlaskClient) -> None:
    assert page(client, q="软件业务").select(".map") == []


def test_partial_matches_are_drawn_where_there_are_no_others(client: FlaskClient) -> None:
    soup = page(client, q="数据共享 软件")
    assert client.get("/api/v1/search?q=数据共享 软件").get_json()["total"] == 0
    assert len(soup.select(".map svg a")) > 1
