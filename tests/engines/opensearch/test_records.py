"""Documents as records and back; tokens of characters."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.records import Record, document_of, owner_of, passage_of, prepare
from indexer.model import AnalyzedDocument, DateSource, Kind
from tests.support import documents, make_document


def records(made: AnalyzedDocument) -> list[Record]:
    return [json.loads(body) for _, body in prepare(made).prepared.records]


@given(documents())
def test_what_is_stored_is_what_was_given(made: AnalyzedDocument) -> None:
    (stored,) = [each for each in records(made) if each["record"] == mapping.DOCUMENT]
    passages = [each for each in records(made) if each["record"] == mapping.PASSAGE]
    assert document_of(stored) == made.document
    assert tuple(passage_of(each, made.document.id) for each in passages) == tuple(made.passages)
    assert owner_of(stored).with_passages(made.passages) == replace(
        made,
        passages=tuple(made.passages),
        vectors=(),  # which a cluster does not keep, nor
        abbreviations=None,  # these, which its texts tell
    )


def test_what_is_rare_is_stored_too() -> None:
    made = make_document("a", [("甲\t乙 ", ("一", "二"))], kinds=[Kind.TABLE])
    document = replace(
        made.document, date="2020-01", date_source=DateSource.LINE, issued="2019", recognized_pages="1-3", author="某"
    )
    passage = replace(made.passages[0].passage, page=3, page_end=4, anchor="x", fields={"案号": "1"})
    made = replace(made, document=document, passages=(replace(made.passages[0], passage=passage),))
    (stored,) = [each for each in records(made) if each["record"] == mapping.DOCUMENT]
    assert document_of(stored) == document
    assert passage_of(records(made)[0], "a") == made.passages[0]


def test_of_passages_that_are_not_at_hand_the_owner_knows_where_chapters_begin() -> None:
    made = make_document("a", ["零", ("一", ("甲",)), ("二", ("甲",)), ("三", ("乙",)), "四"])
    (stored,) = [each for each in records(made) if each["record"] == mapping.DOCUMENT]
    known = owner_of(stored).with_passages(made.passages[2:3]).passages
    assert [(each.passage.ordinal, each.passage.section) for each in known] == [
        (0, ()), (1, ("甲",)), (2, ("甲",)), (3, ("乙",)),
    ]  # fmt: skip
    assert known[2] is made.passages[2]


@given(st.text(max_size=20))
def test_a_text_has_as_many_tokens_as_characters(text: str) -> None:
    tokens = mapping.characters(text)
    assert mapping.joined(tokens).split() == tokens
    assert len(tokens) == len(text)
    assert len(mapping.pairs(text)) == max(0, len(text) - 1)


def test_white_space_is_told_apart() -> None:
    assert len({*mapping.characters(" \t\n\u3000x")}) == 5


def test_a_keyword_is_itself_unless_it_is_too_long() -> None:
    assert mapping.keyword("数据") == "数据"
    long = "数" * 9_000
    assert len(mapping.keyword(long).encode()) < 32_766
    assert mapping.keyword(long) != mapping.keyword(f"{long}据")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("十五年", "十", "五"),  # 五 goes on to the left, 十 to the right
        ("1.5", "1", "5"),
        ("x.5", "x5", "x5"),
        ("5月10日", "5", "50"),
        ("5月的", "5", "5"),
        ("abc", "a", "c"),
        ("数据", "", ""),
    ],
)
def test_numbers_and_latin_words_know_where_they_begin_and_end(text: str, first: str, last: str) -> None:
    tokens = records(make_document("a", [text]))[0]["chars"].split()
    assert "".join(token.strip(mapping.FIRST + mapping.LAST) for token in tokens) == text
    assert "".join(token[1] for token in tokens if token.startswith(mapping.FIRST)) == first
    assert "".join(token[-2] for token in tokens if token.endswith(mapping.LAST)) == last
