"""The shapes of API v1 are promises: every key is pinned here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

import indexer
import webui
from indexer.cli import cli

RESULTS = {
    "query", "total", "at_least", "tiers", "generation", "took_ms", "warnings", "suggestions", "hits", "facets",
    "truncated", "chapters", "entries", "next_offset", "groups", "named",
}  # fmt: skip
HIT = {
    "id", "permalink", "document", "section", "topics", "kind", "page", "page_end", "role", "recognized", "text",
    "emphasis", "highlights", "snippet", "path_highlights", "title_highlights", "work_highlights", "score", "tier",
    "parts", "others", "copies", "copy_count",
}  # fmt: skip
DOCUMENT = {"id", "title", "path", "url", "date", "work", "fields", "recognized_pages"}
OUTLINE = {"id", "path", "title", "date", "author", "tags", "passages", "outline", "topics"}
OUTLINE |= {"date_source", "issued", "amended", "effective", "work", "fields"}


def get(client: FlaskClient, path: str, status: int = 200, **parameters: Any) -> Any:
    response = client.get(path, query_string=parameters)
    assert response.status_code == status, response.text
    assert response.content_type == "application/json"
    return response.get_json()


def test_search(client: FlaskClient) -> None:
    body = get(client, "/api/v1/search", q="数据安全 保障")
    assert set(body) == RESULTS
    assert set(body["tiers"]) == {"exact", "all", "some"}
    assert body["total"] == body["tiers"]["exact"] + body["tiers"]["all"] >= 1
    hit = body["hits"][0]
    assert set(hit) == HIT
    assert set(hit["document"]) == DOCUMENT
    assert hit["section"] == ["一、数字经济", "（一）产业数字化"]
    assert set(hit["snippet"]) == {"start", "end", "parts"}
    assert "".join(text for text, _ in hit["snippet"]["parts"]) == hit["text"]
    assert {hit["text"][start:end] for start, end in hit["highlights"]} == {"数据安全", "保障"}
    assert hit["document"]["date"] == "2021-07-02"


def test_emphasis_is_told_in_code_points(tmp_path: Path) -> None:
    (tmp_path / "甲.md").write_text(
        "# 甲\n\n𠀀先说：**数据安全**要紧，**人人**有责。\n\n没有加粗的数据安全。\n", "utf-8"
    )
    with indexer.create_index(tmp_path / "index") as index:
        index.update([tmp_path / "甲.md"])
        client = webui.create_app(index).test_client()
        bold, plain = sorted(get(client, "/api/v1/search", q="数据安全")["hits"], key=lambda hit: str(hit["id"]))
        (passage,) = get(client, "/api/v1/passage", id=bold["id"], before=0, after=0)["passages"]
    assert [bold["text"][start:end] for start, end in bold["emphasis"]] == ["数据安全", "人人"]
    assert bold["emphasis"][0] == [4, 8]
    assert passage["emphasis"] == bold["emphasis"]
    assert plain["emphasis"] == []


def test_facets(client: FlaskClient) -> None:
    facets = get(client, "/api/v1/search", q="数据")["facets"]
    assert list(facets) == ["section", "topic", "document", "tag", "year", "work", "field"]
    assert set(facets["section"][0]) == {"value", "label", "count", "some", "path", "children", "truncated"}
    assert all(set(value) == {"value", "label", "count", "some"} for value in facets["tag"])


def test_filters_are_repeated_parameters(client: FlaskClient) -> None:
    sections = ["一、数字经济/（一）产业数字化", "二、数字政府"]
    body = get(client, "/api/v1/search", q="数据", section=sections)
    assert {tuple(hit["section"]) for hit in body["hits"]} == {("一、数字经济", "（一）产业数字化"), ("二、数字政府",)}


def test_warnings(client: FlaskClient) -> None:
    (warning,) = get(client, "/api/v1/search", q="数据 OR")["warnings"]
    assert set(warning) == {"code", "message", "start", "end"}
    assert (warning["start"], warning["end"]) == (3, 5)


SUGGESTION = {"text", "kind", "count", "value", "completed", "matched"}


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("数字经", "一、数字经济", "heading"),
        ("szzf", "二、数字政府", "heading"),
        ("增长 数字发展", "增长 数字发展报告", "document"),
        ("增长 szfzbg", "增长 数字发展报告", "document"),
    ],
)
def test_suggestions(client: FlaskClient, typed: str, text: str, kind: str) -> None:
    body = get(client, "/api/v1/suggest", q=typed)
    assert set(body) == {"query", "suggestions"}
    assert all(set(each) == SUGGESTION for each in body["suggestions"])
    assert (text, kind) in {(each["text"], each["kind"]) for each in body["suggestions"]}
    for each in body["suggestions"]:
        assert each["text"].endswith(each["completed"])
        assert 0 <= each["matched"][0] < each["matched"][1] <= len(each["completed"])


@pytest.mark.parametrize("typed", ["", " ", "鱻龘", "数据 "])
def test_no_suggestions_are_an_empty_list(client: FlaskClient, typed: str) -> None:
    found = get(client, "/api/v1/suggest", q=typed)["suggestions"]
    assert found == [] or typed.strip()


def test_as_many_suggestions_as_are_asked_for(client: FlaskClient) -> None:
    assert len(get(client, "/api/v1/suggest", q="数", limit=2)["suggestions"]) == 2


def test_outline(client: FlaskClient) -> None:
    (document,) = get(client, "/api/v1/outline", document="语料/报告.md")["documents"]
    assert set(document) == OUTLINE
    assert [node["heading"] for node in document["outline"]] == ["一、数字经济", "二、数字政府"]
    assert set(document["outline"][0]) == {"heading", "level", "passages", "first", "children"}
    assert len(get(client, "/api/v1/outline")["documents"]) == 3


def test_health(client: FlaskClient) -> None:
    assert set(get(client, "/healthz")) == {"status", "generation", "documents", "passages"}


def test_the_command_line_returns_the_same_object(client: FlaskClient, index: indexer.Index) -> None:
    printed = CliRunner().invoke(cli, ["search", "数据 安全", "--index", str(index.path), "--json", "--limit", "3"])
    from_cli, from_web = json.loads(printed.stdout), get(client, "/api/v1/search", q="数据 安全", limit=3)
    from_cli.pop("took_ms"), from_web.pop("took_ms")
    assert from_cli == from_web


ERRORS = [
    ("/api/v1/search", {"q": "数" * 1001}, 400, "query_too_long"),
    ("/api/v1/search", {"limit": "101"}, 400, "bad_parameter"),
    ("/api/v1/search", {"limit": "ten"}, 400, "bad_parameter"),
    ("/api/v1/search", {"offset": "-1"}, 400, "bad_parameter"),
    ("/api/v1/search", {"offset": "9" * 30}, 400, "bad_parameter"),
    ("/api/v1/search", {"sort": "size"}, 400, "bad_parameter"),
    ("/api/v1/search", {"kind": "poem"}, 400, "bad_parameter"),
    ("/api/v1/search", {"year": "昨年"}, 400, "bad_parameter"),
    ("/api/v1/search", {"query": "数据"}, 400, "bad_parameter"),
    ("/api/v1/search", {"section": ["x"] * 101}, 400, "bad_parameter"),
    ("/api/v1/search", {"topic": "x" * 3000}, 400, "bad_parameter"),
    ("/api/v1/suggest", {"q": "数" * 1001}, 400, "query_too_long"),
    ("/api/v1/suggest", {"limit": "51"}, 400, "bad_parameter"),
    ("/api/v1/suggest", {"query": "数"}, 400, "bad_parameter"),
    ("/api/v1/outline", {"document": "nobody"}, 404, "not_found"),
    ("/api/v1/outline", {"q": "x"}, 400, "bad_parameter"),
    ("/api/v1/nothing", {}, 404, "not_found"),
]


@pytest.mark.parametrize(("path", "parameters", "status", "code"), ERRORS)
def test_errors_come_in_one_envelope(
    client: FlaskClient, path: str, parameters: dict[str, Any], status: int, code: str
) -> None:
    body = get(client, path, status, **parameters)
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "hint"}
    assert body["error"]["code"] == code
    assert body["error"]["message"] and body["error"]["hint"]


def test_a_method_that_is_not_answered(client: FlaskClient) -> None:
    response = client.post("/api/v1/search")
    assert (response.status_code, set(response.get_json())) == (405, {"error"})


def test_an_index_that_goes_away_is_503_and_not_zero_hits(tmp_path: Path) -> None:
    corpus = tmp_path / "语料"
    corpus.mkdir()
    (corpus / "a.txt").write_text("数据安全", "utf-8")
    with indexer.create_index(tmp_path / "index") as index:
        index.update([corpus])
        client = webui.create_app(index).test_client()
        get(client, "/api/v1/search", q="数据")
        for path in index.path.glob("_MAIN7_*.toc"):
            path.rename(path.with_name("_MAIN7_99.toc"))
            path.with_name("_MAIN7_99.toc").write_bytes(b"broken")
        assert get(client, "/api/v1/search", 503, q="数据")["error"]["code"] == "index_damaged"
        assert get(client, "/healthz", 503)["error"]["code"] == "index_damaged"
        assert client.get("/?q=数据").status_code == 503


def test_a_fault_of_ours_tells_no_secrets(index: indexer.Index, monkeypatch: pytest.MonkeyPatch) -> None:
    client = webui.create_app(index).test_client()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(index, "search", fail)
    response = client.get("/api/v1/search?q=数据")
    assert (response.status_code, response.get_json()["error"]["code"]) == (500, "internal")
    assert "secret" not in response.text


def test_a_diagnosis_takes_the_parameters_of_the_search(client: FlaskClient) -> None:
    body = get(client, "/api/v1/diagnose", q="数据 鱻", tag="报告", limit=5, sort="order")
    assert set(body) == {"query", "total", "words", "filters", "shorter", "shorter_total", "at_least"}
    assert (body["total"], body["shorter"], body["shorter_total"] > 0) == (0, "数据", True)
    assert {word["word"]: word["count"] > word["filtered"] for word in body["words"]} == {"数据": True, "鱻": False}
    assert body["filters"] == [{"name": "tag", "total": 0}]
    get(client, "/api/v1/diagnose", 400, q="数据", year="x")


def test_chapters_are_counted_when_asked_for(client: FlaskClient) -> None:
    assert get(client, "/api/v1/search", q="数据")["chapters"] == []
    chapters = get(client, "/api/v1/search", q="数据", chapters=200, tag="报告")["chapters"]
    assert [each["chapter"] for each in chapters] == ["一、数字经济", "二、数字政府"]
    assert set(chapters[0]) == {"document", "chapter", "count", "some"}
    get(client, "/api/v1/search", 400, q="数据", chapters=99_999)


def test_hits_are_put_together_by_document(client: FlaskClient) -> None:
    plain = get(client, "/api/v1/search", q="数据", limit=100)
    body = get(client, "/api/v1/search", q="数据", group="document", limit=2)
    assert (plain["entries"], plain["groups"]) == (sum(plain["tiers"].values()), [])
    assert (body["total"], body["tiers"]) == (plain["total"], plain["tiers"])
    assert body["entries"] == len({hit["document"]["id"] for hit in plain["hits"]}) > 2
    assert [hit["id"] for hit in body["hits"]] == [each for group in body["groups"] for each in group["hits"]]
    assert len(body["groups"]) == 2
    get(client, "/api/v1/search", 400, q="数据", group="x")


@pytest.mark.parametrize(
    ("operation", "name"), [("passage", "id"), ("document", "id"), ("cite", "id"), ("verify", "quote")]
)
def test_what_has_to_be_given_is_asked_for_by_name(client: FlaskClient, operation: str, name: str) -> None:
    for parameters in ({}, {name: ""}):
        error = get(client, f"/api/v1/{operation}", 400, **parameters)["error"]
        assert (error["code"], name in error["message"]) == ("bad_parameter", True)


def test_nothing_between_commas_is_no_value(client: FlaskClient) -> None:
    body = get(client, "/api/v1/search", q="数据", fields="text,,section,", facets=",tag")
    assert (set(body["hits"][0]), set(body["facets"])) == ({"id", "text", "section"}, {"tag"})


@pytest.mark.parametrize("fields", ["text,document", "document&fields=text", "id,text,document"])
def test_hits_are_trimmed_to_the_fields_that_are_wanted(client: FlaskClient, fields: str) -> None:
    hits = client.get(f"/api/v1/search?{urlencode({'q': '数据'})}&fields={fields}").get_json()["hits"]
    assert hits
    assert {tuple(hit) for hit in hits} == {("id", "document", "text")}


@pytest.mark.parametrize("more", [{}, {"group": "document"}, {"collapse": "text"}])
def test_next_offset_leads_through_all_pages(client: FlaskClient, more: dict[str, str]) -> None:
    def at(offset: int, limit: int) -> Any:
        return client.get("/api/v1/search", query_string={"q": "数据", "offset": offset, "limit": limit, **more}).json

    whole, found, offset = at(0, 100), [], 0
    while offset is not None:
        body = at(offset, 2)
        found += [hit["id"] for hit in body["hits"]]
        offset = body["next_offset"]
    assert found == [hit["id"] for hit in whole["hits"]]
    assert whole["next_offset"] is None


def test_a_document_is_read_part_by_part(client: FlaskClient, index: indexer.Index) -> None:
    document, offset, found = index.document("语料/文本.txt"), 0, []
    while offset is not None:
        body = client.get("/api/v1/document", query_string={"id": document.id, "offset": offset, "limit": 7}).get_json()
        found += [each["id"] for each in body["passages"]]
        offset = body["next_offset"]
    assert found == [passage.id for passage in index.passages(document.id)]
    assert body["total"] == len(found)


def test_facets_are_those_of_the_search(client: FlaskClient) -> None:
    query = {"q": "数据", "tag": "报告", "facets": "section,tag", "facet_limit": 3}
    body = client.get("/api/v1/facets", query_string=query).get_json()
    search = client.get("/api/v1/search", query_string=query).get_json()
    assert list(body["facets"]) == ["section", "tag"]
    assert {key: search[key] for key in body} == body


@pytest.fixture
def passages(index: indexer.Index) -> tuple[indexer.Passage, ...]:
    return index.passages(index.document("语料/报告.md").id)


def test_a_passage_has_its_neighbours_in_order(client: FlaskClient, passages: tuple[indexer.Passage, ...]) -> None:
    body = client.get("/api/v1/passage", query_string={"id": passages[2].id, "before": 2}).get_json()
    assert [each["id"] for each in body["passages"]] == [each.id for each in passages[:4]]
    assert body["passages"][2]["text"] == passages[2].text
    assert body["document"]["path"] == "语料/报告.md"


def test_citations_name_an_address_that_leads_back(index: indexer.Index, passages: tuple[indexer.Passage, ...]) -> None:
    site = "https://laws.example.cn"
    client = webui.create_app(index, hosts=["laws.example.cn"]).test_client()
    body = client.get("/api/v1/cite", query_string={"id": passages[2].id}, base_url=site).get_json()
    assert set(body["citations"]) == set(indexer.CITATION_STYLES)
    assert body["url"] in body["citations"]["gbt7714"]
    assert body["url"] in body["citations"]["markdown"]
    assert client.get(body["url"], base_url=site).location.endswith(f"#{indexer.permalink(passages[2])}")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/passage", 400),
        ("/api/v1/passage?id=x-1", 404),
        ("/api/v1/cite?id=x", 404),
        ("/api/v1/passage?id=x-1&before=51", 400),
        ("/api/v1/passage?id=x-1&before=-1", 400),
        ("/api/v1/passage?x=1", 400),
        ("/api/v1/cite?id=x&style=y", 400),
    ],
)
def test_mistakes_about_a_passage_are_named(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    assert (response.status_code, bool(response.get_json()["error"]["message"])) == (status, True)
