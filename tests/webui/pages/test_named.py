"""The card of a document that a query names."""

from __future__ import annotations

from flask.testing import FlaskClient

import indexer
from tests.webui.browsing import follow, page, texts
from webui.pages.named import PARTS, Part, cards


def test_says_what_it_is_and_leads_to_its_parts(client: FlaskClient) -> None:
    soup = page(client, q="数字发展报告")
    (card,) = soup.select(".card")
    assert texts(card, "h2 a") == ["数字发展报告"]
    assert texts(card, "time") == ["2021-07-02"]
    assert texts(card, ".parts a") == ["一、数字经济", "二、数字政府"]
    link = card.select(".parts a")[1]
    target = follow(client, link).find(id=str(link["href"]).partition("#")[2])
    assert target is not None and target.get_text().startswith("二、数字政府")


def test_comes_before_the_hits_and_counts_as_none(client: FlaskClient) -> None:
    soup = page(client, q="数字发展报告")
    assert soup.select(".card ~ #hits article")
    assert not soup.select("#hits .card")
    total = client.get("/api/v1/search?q=数字发展报告").get_json()["total"]
    assert f"{total} 段" in texts(soup, ".status strong")[0]


def test_no_document_is_named_by_a_word_in_its_title(client: FlaskClient) -> None:
    assert page(client, q="数字").select(".card") == []


def test_only_the_first_has_its_parts_and_not_endless_ones() -> None:
    documents = [indexer.Document(str(number), f"{number}.md", "法") for number in range(9)]
    made = cards(documents, lambda _: tuple(Part(str(number), "") for number in range(PARTS + 3)))
    assert [len(card.parts) for card in made] == [PARTS, 0, 0]
    assert made[0].left_out == 3


def test_documents_of_a_work_share_a_card() -> None:
    of_work = [indexer.Document(str(number), f"{number}.md", f"第{number}编", work="桥典") for number in range(3)]
    alone = indexer.Document("单", "单.md", "桥典释义", work="释义丛书")
    made = cards([*of_work, alone], lambda _: ())
    assert [(card.work, card.document.id) for card in made] == [("桥典", "0"), (None, "单")]
    assert [(part.heading, part.address) for part in made[0].parts] == [
        ("第0编", "d/0"),
        ("第1编", "d/1"),
        ("第2编", "d/2"),
    ]
