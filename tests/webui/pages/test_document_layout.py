"""A document as it stands on its page: passages, headings, tables, titles."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

import indexer
import webui
from indexer import Kind
from tests.support import make_document, make_index
from tests.webui.browsing import page, texts


def test_every_passage_stands_once_with_its_anchor(client: FlaskClient, index: indexer.Index) -> None:
    document = index.document("语料/报告.md")
    soup = page(client, f"/d/{document.id}")
    for passage in index.passages(document.id):
        anchor = soup.find(id=indexer.permalink(passage))
        assert anchor is not None
        assert "".join(passage.text.split()) in "".join(anchor.get_text().split())


def test_headings_and_tables_are_what_they_are(client: FlaskClient, index: indexer.Index) -> None:
    soup = page(client, f"/d/{index.document('语料/报告.md').id}")
    assert texts(soup, ".prose h2") == ["一、数字经济", "二、数字政府"]
    assert texts(soup, ".outline > details > ol > li > a") == ["一、数字经济", "二、数字政府"]
    for link in soup.select("td noscript"):
        link.decompose()
    assert texts(soup, "td")[-2:] == ["数据量", "1,000 亿"]
    assert soup.select("main > .reading > .outline + .paper")


def test_without_headings_there_is_one_column(client: FlaskClient, index: indexer.Index) -> None:
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
def test_a_title_stands_once(tmp_path: Path, opening: list[tuple[str, Kind]], shown: list[str]) -> None:
    lines = [*opening, ("正文。", Kind.BODY)]
    document = make_document("a", [text for text, _ in lines], title="数字发展报告", kinds=[kind for _, kind in lines])
    client = webui.create_app(make_index("memory", tmp_path, [document])).test_client()
    assert texts(page(client, "/d/a"), ".title, .prose h1, .prose h2") == shown


def test_emphasis_is_shown_as_written_with_hits_in_it(tmp_path: Path) -> None:
    text = (
        "# 报告\n\n## **一、总论**\n\n**数据安全得到保障。** 监管**持续**加强。\n\n没有强调的一段。\n\n"
        "| 项 | **合计** |\n| --- | --- |\n"
    )
    (tmp_path / "报告.md").write_text(text, "utf-8")
    with indexer.create_index(tmp_path / "index") as made:
        made.update([tmp_path / "报告.md"])
        soup = page(webui.create_app(made).test_client(), f"/d/{made.documents()[0].id}", q="安全得到 监管")
    assert texts(soup, ".prose strong") == ["数据", "安全得到", "保障。", "持续", "合计"]
    assert texts(soup, ".prose strong mark") == ["安全得到"]
    assert texts(soup, ".prose mark") == ["安全得到", "监管"]


def test_tables_are_no_landmarks_of_one_name(tmp_path: Path) -> None:
    table = "| 名 | 数 |\n| - | - |\n| 甲 | 1 |\n"
    (tmp_path / "表.md").write_text(f"# 两张表\n\n{table}\n中间一段。\n\n{table}", "utf-8")
    with indexer.create_index(tmp_path / "index") as index:
        index.update([tmp_path / "表.md"])
        soup = page(webui.create_app(index).test_client(), f"/d/{index.documents()[0].id}")
    assert [(each["role"], each["tabindex"]) for each in soup.select(".table")] == [("group", "0")] * 2
