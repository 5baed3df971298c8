"""Hits, as a browser without JavaScript gets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

import indexer
import webui
from indexer.engines.whoosh import engine
from indexer.engines.whoosh.commits import toc
from indexer.model import Document, Passage
from tests.support import ANALYZER, embed, make_document, make_index, write
from tests.webui.browsing import follow, page, submit, texts
from webui import strings


def test_marked_under_their_path(client: FlaskClient) -> None:
    article = page(client, q="数据安全").select("article")[0]
    assert article["data-passage-id"]
    assert texts(article, ".text mark") == ["数据安全"]
    assert "一、数字经济" in article.select(".path")[0].get_text()


def test_a_page_is_made_of_one_commit(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Path] = []
    identify = toc.identify

    def watched(folder: Path) -> str:
        looks.append(folder)
        return identify(folder)

    monkeypatch.setattr(engine, "identify", watched)
    page(client, q="数据 安全", section="一、数字经济")
    assert len(looks) == 1


def test_the_work_is_marked_where_it_is_printed(tmp_path: Path) -> None:
    document = Document("a", "a.md", "卷一", work="渔业管理办法释义")
    documents = [ANALYZER.analyze(document, [Passage("a", 0, "第七条　养殖须领证。", ("水面",))])]
    client = webui.create_app(make_index("memory", tmp_path, documents)).test_client()
    found = page(client, "/?q=渔业管理办法第7条")
    assert [work.get_text() for work in found.select(".hit .path .work")] == ["渔业管理办法释义"]
    assert texts(found, ".hit .path mark") == texts(found, ".hit .path .work mark") == ["渔业管理办法"]
    assert texts(page(client, "/?q=卷一 第7条"), ".hit .path mark") == ["卷一"]


def test_the_first_link_leads_to_the_passage_in_its_document(client: FlaskClient) -> None:
    article = page(client, q="数据安全").select("article")[0]
    link = article.select("a")[0]
    target = follow(client, link).find(id=str(link["href"]).partition("#")[2])
    assert target is not None
    assert "数据安全得到保障" in target.get_text()
    assert texts(target, "mark") == ["数据安全"]


def test_tiers_are_parted_by_a_line_in_words(client: FlaskClient) -> None:
    names = texts(page(client, q="数据共享 安全"), "h2.tier span:first-child")
    assert names == [strings.say("tier_exact"), strings.say("tier_some")]


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "没有一段包含全部词；最接近的 {} 段"), ("en", "are the {} nearest")]
)
def test_partial_matches_alone_are_never_none(client: FlaskClient, language: str, said: str) -> None:
    found = client.get("/api/v1/search?q=数据共享 软件").get_json()
    assert (found["total"], found["tiers"]["some"] > 0) == (0, True)
    soup = page(client, q="数据共享 软件", lang=language)
    assert said.format(found["tiers"]["some"]) in texts(soup, ".status strong")[0]
    assert said.format(found["tiers"]["some"]) in str(soup.select("#page")[0]["data-said"])
    assert "最接近" not in texts(page(client, q="数据 安全"), ".status")[0]


def test_warnings_are_shown(client: FlaskClient) -> None:
    assert "运算" in page(client, q="数据 OR").select(".warnings")[0].get_text()


def test_no_hits_say_what_to_try(client: FlaskClient) -> None:
    soup = page(client, q="鱻龘")
    assert [link["href"] for link in soup.select(".nothing a")] == ["/documents", "/help"]


def test_what_narrowed_too_far_can_be_taken_back(client: FlaskClient) -> None:
    soup = page(client, q="增长 共享", match="exact", tag="报告", script="exact")
    ways = dict(zip(texts(soup, ".nothing a"), soup.select(".nothing a"), strict=True))
    without = follow(client, ways[strings.say("try_without_filters")])
    assert without.select(".chips") == []
    assert follow(client, ways[strings.say("try_all_tiers")]).select("article")
    assert "script" not in str(ways[strings.say("try_any_script")]["href"])


@pytest.mark.parametrize("extra", [{"offset": "20000"}, {"limit": "0"}, {"offset": "999", "limit": "3"}])
def test_a_page_that_is_none_leads_to_the_first(client: FlaskClient, extra: dict[str, str]) -> None:
    soup = page(client, q="数据要素", **extra)
    assert strings.say("no_hits") not in soup.get_text()
    (link,) = soup.select(".nothing a")
    assert follow(client, link).select("article")


def test_a_missing_date_is_not_spoken_of(client: FlaskClient) -> None:
    article = page(client, q="第5段").select("article")[0]
    assert texts(article, ".about > span:not(.actions)") == ["语料/文本.txt"]
    assert article.select("time") == []


def test_only_words_are_contained(client: FlaskClient) -> None:
    for parameters in ({"q": "年份:2021"}, {"q": "-数据"}, {"q": " ", "tag": "报告"}, {"tag": "报告"}):
        soup = page(client, **parameters)
        assert soup.select("article")
        assert soup.select("h2.tier") == []


def test_no_words_give_all_passages(client: FlaskClient) -> None:
    soup = page(client, tag="报告")
    total = client.get("/api/v1/search?tag=报告").get_json()["total"]
    assert strings.say("result_all", total=total) in texts(soup, ".status")[0]


def test_the_same_answer_for_programs(client: FlaskClient) -> None:
    soup = page(client, q="数据", tag="报告", offset=2)
    (link,) = [link for link in soup.select("footer a") if "JSON" in link.get_text()]
    hits = client.get(str(link["href"])).get_json()["hits"]
    assert [hit["id"] for hit in hits] == [article["data-passage-id"] for article in soup.select("article")]


def test_pages_walk_through_all(client: FlaskClient) -> None:
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


def test_an_empty_query_with_a_filter_lists_in_order(client: FlaskClient) -> None:
    soup = page(client, section="一、数字经济")
    assert texts(soup, "article .text")[:2] == ["一、数字经济", "（一）产业数字化"]


def test_what_is_only_near_in_meaning_is_offered_and_then_listed_apart(tmp_path: Path) -> None:
    write(tmp_path / "laws" / "租赁.md", "# 租赁\n\n## 甲\n\n出租人应当返还保证金。\n\n## 乙\n\n房东与房客。\n")
    with indexer.create_index(tmp_path / "index", embedder=embed) as index:
        index.update([tmp_path / "laws"], workers=1)
        client = webui.create_app(index).test_client()
        found = page(client, q="房东 押金")
        assert texts(found, "h2.tier span:first-child") == [strings.say("tier_some")]
        (link,) = [each for each in found.select("a") if "match=near" in str(each["href"])]
        assert link.get_text() == strings.say("also_near", near=1)
        listed = follow(client, link)
    assert texts(listed, "h2.tier span:first-child") == [strings.say("tier_some"), strings.say("tier_near")]
    assert texts(listed, "article")[1].find("保证金") > 0
    assert texts(listed.select("article")[1], "mark") == []
    assert [choice["value"] for choice in listed.select("[name=match] option[selected]")] == ["near"]


def test_without_vectors_nothing_near_is_offered(client: FlaskClient) -> None:
    found = page(client, q="数据安全")
    assert [choice for choice in found.select("[name=match] option") if choice["value"] == "near"] == []
    assert [each for each in found.select("a") if "match=near" in str(each["href"])] == []


def test_synonyms_are_named_and_can_be_left_out(tmp_path: Path) -> None:
    index = make_index("memory", tmp_path / "index", [make_document("a", ["出租人退还押金。", "租客退还钥匙。"])])
    (tmp_path / "词.txt").write_text("房东 => 出租人", "utf-8")
    index.keep_synonyms(tmp_path / "词.txt")
    client = webui.create_app(index).test_client()
    found = page(client, q="房东")
    assert "房东 → 出租人" in texts(found, ".synonyms")[0]
    assert found.select("input[name=synonyms]:not([checked])")
    left_out = follow(client, found.select(".synonyms a")[0])
    assert (
        texts(left_out, ".synonyms")[0].startswith(strings.say("synonyms_left_out")),
        left_out.select("article"),
    ) == (
        True,
        [],
    )
    assert left_out.select("input[name=synonyms][checked]")
    again = follow(client, left_out.select(".synonyms a")[0])
    assert texts(again, "article .text mark") == ["出租人"]
    assert not page(client, q="租客").select(".synonyms")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_similar_passages_are_a_link_away_from_a_hit_and_keep_the_filters(tmp_path: Path, language: str) -> None:
    index = make_index(
        "memory",
        tmp_path,
        [
            make_document("a", ["出租人应当退还承租人的押金。", "押金另有约定的除外。"], title="甲法"),
            make_document("b", ["寄存人应当退还保管人的押金。"], title="乙法"),
        ],
    )
    client = webui.create_app(index).test_client()
    hits = page(client, q="出租人", document="a", lang=language)
    (link,) = (each for each in hits.select("article .actions a") if "like=" in str(each["href"]))
    assert link.get_text() == {"zh": "相近的段落", "en": "Similar passages"}[language]
    similar = follow(client, link)
    assert [article["data-passage-id"] for article in similar.select("article")] == ["a-1"]
    assert "甲法" in texts(similar, ".example a")[0]
    assert "出租人应当退还" in texts(similar, ".example blockquote")[0]
    everywhere = page(client, "/?like=a-0")
    assert [article["data-passage-id"] for article in everywhere.select("article")] == ["b-0", "a-1"]
    assert submit(client, everywhere).select(".example")


def test_what_is_typed_takes_the_place_of_an_example(client: FlaskClient) -> None:
    passage_id = str(page(client, q="数据安全").select("article")[0]["data-passage-id"])
    typed = page(client, q="数据", like=passage_id)
    assert not typed.select(".example")
    assert typed.select("#page")[0]["data-url"] == page(client, q="数据").select("#page")[0]["data-url"]


def test_an_example_without_likes_and_one_that_is_gone(tmp_path: Path) -> None:
    index = make_index("memory", tmp_path, [make_document("a", ["独一无二的句子。", "毫不相干。"])])
    client = webui.create_app(index).test_client()
    assert texts(page(client, "/?like=a-0"), ".nothing h2") == [strings.say("no_similar")]
    assert texts(page(client, "/?like=a-9", status=404), "h1")
