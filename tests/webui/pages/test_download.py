"""Lists to take away, opened by the readers that people open them with."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import indexer
import webui
from tests.support import make_document, make_index
from webui.pages.download import COLUMNS, MOST
from webui.strings import say

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("http://x","数据")']


def rows(client: FlaskClient, **parameters: object) -> list[list[str]]:
    response = client.get("/export", query_string={"format": "csv", **parameters})
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    assert response.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))


@pytest.fixture
def hostile(tmp_path: Path) -> FlaskClient:
    texts = [f"{formula} 数据" for formula in FORMULAS] + ['引号 " 与\n换行，逗号, 数据']
    document = make_document("a", texts, title="=cmd|' /C calc'!A0")
    return webui.create_app(make_index("memory", tmp_path, [document])).test_client()


def test_the_order_is_that_of_the_page(client: FlaskClient) -> None:
    hits = client.get("/api/v1/search", query_string={"q": "数据", "limit": 100}).get_json()["hits"]
    head, *body = rows(client, q="数据")
    assert head == [say(f"export_{name}") for name in COLUMNS]
    assert [row[COLUMNS.index("text")] for row in body] == [hit["text"] for hit in hits]
    assert [row[0] for row in body] == [str(number) for number in range(1, len(hits) + 1)]
    assert len(rows(client, q="数据", offset=5)) == len(body) + 1 - 5
    for row, hit in zip(body, hits, strict=True):
        assert client.get(row[COLUMNS.index("link")]).location.endswith(hit["permalink"])
        assert hit["document"]["title"] in row[COLUMNS.index("citation")]


def test_no_cell_is_a_formula(hostile: FlaskClient) -> None:
    _, *body = rows(hostile, q="数据")
    assert len(body) == len(FORMULAS) + 1
    assert [cell for row in body for cell in row if cell.strip().startswith(("=", "+", "-", "@"))] == []
    assert {row[COLUMNS.index("text")].removeprefix("'").strip() for row in body} >= {
        f"{formula} 数据".strip() for formula in FORMULAS
    }


def test_json_says_the_same(hostile: FlaskClient) -> None:
    body = json.loads(hostile.get("/export?format=json&q=数据").text)
    assert body["query"] == "数据"
    assert {hit["text"] for hit in body["hits"]} >= {f"{formula} 数据" for formula in FORMULAS}
    assert all(tuple(hit) == COLUMNS for hit in body["hits"])
    assert json.loads(hostile.get("/export?format=json&q=鱻").text)["hits"] == []


def test_markdown_quotes_each_hit(client: FlaskClient) -> None:
    text = client.get("/export?format=markdown&q=数据要素").text
    assert "> 软件业务收入增长，数据要素活跃。" in text
    assert "《数字发展报告》" in text


def test_a_file_is_bounded(tmp_path: Path) -> None:
    index = make_index("whoosh", tmp_path / "i", [make_document("a", ["数据。"] * (MOST + 150))])
    client = webui.create_app(index).test_client()
    _, *body = rows(client, q="数据")
    assert [row[0] for row in body] == [str(number) for number in range(1, MOST + 1)]
    assert len(rows(client, q="数据", collapse="text")) == 2
    assert say("export_most", count=MOST) in client.get("/?q=数据").text


def test_it_is_sent_as_it_is_made(client: FlaskClient) -> None:
    response = client.get("/export?q=数据", buffered=False)
    assert response.is_streamed
    assert "attachment" in response.headers["Content-Disposition"]
    response.close()


def test_it_speaks_the_language_of_the_page(client: FlaskClient) -> None:
    text = client.get("/export?q=数据", headers={"Accept-Language": "en"}).data.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("No.,Match")
    assert "原文包含" not in text


def test_the_page_links_to_it(client: FlaskClient) -> None:
    from tests.webui.browsing import page

    links = [str(link["href"]) for link in page(client, q="数据", tag="报告").select(".exports a")]
    assert len(links) == 3
    for link in links:
        assert client.get(link).status_code == 200
        assert "tag=" in link


@pytest.mark.parametrize("query", ["format=xls", "format=", "q=x&year=x", "q=x&zzz=1"])
def test_mistakes_are_told_before_anything_is_sent(client: FlaskClient, query: str) -> None:
    assert client.get(f"/export?{query}").status_code == 400


def test_an_index_that_changes_meanwhile_ends_the_list(tmp_path: Path) -> None:
    corpus = tmp_path / "语料"
    corpus.mkdir()
    (corpus / "a.txt").write_text("\n\n".join(f"数据{number}。" for number in range(250)), "utf-8")
    with indexer.create_index(tmp_path / "index") as index:
        index.update([corpus])
        response = webui.create_app(index).test_client().get("/export?format=json&q=数据", buffered=False)
        parts = response.iter_encoded()
        next(iter(parts))
        (corpus / "b.txt").write_text("数据", "utf-8")
        index.update([corpus])
        rest = b"".join(parts).decode()
        response.close()
    assert rest.count('"number"') == 100
