"""What each filter lets pass."""

from __future__ import annotations

import pytest

from indexer.engines.filters import active, document_passes, passes
from indexer.model import Document, Filters, Kind, Passage

DOCUMENT = Document("a", "corpus/a.md", "标题", date="2021-05-01", tags=("法律", "报告"))
PASSAGE = Passage("a", 0, "税", ("总则", "第一条"), topics=("税收",), kind=Kind.TABLE)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("section", ("总则",), ("第一条",)),
        ("section", ("总则", "第一条"), ("总则", "第一条", "一")),
        ("topic", "税收", "税"),
        ("document", "a", "b"),
        ("document", "corpus/a.md", "a.md"),
        ("tag", "报告", "报"),
        ("kind", Kind.TABLE, Kind.BODY),
        ("year", "2020..", "..2020"),
        ("path", "corpus", "corp"),
        ("path", "corpus", "corpus/a.md"),
        ("type", "md", "d"),
    ],
)
def test_values_are_alternatives(name: str, good: object, bad: object) -> None:
    assert passes(DOCUMENT, PASSAGE, Filters(**{name: (good,)}))  # type: ignore[arg-type]
    assert passes(DOCUMENT, PASSAGE, Filters(**{name: (bad, good)}))  # type: ignore[arg-type]
    assert not passes(DOCUMENT, PASSAGE, Filters(**{name: (bad,)}))  # type: ignore[arg-type]


def test_all_filters_must_pass_but_the_one_left_out() -> None:
    filters = Filters(topic=("税收",), tag=("别的",))
    assert not passes(DOCUMENT, PASSAGE, filters)
    assert passes(DOCUMENT, PASSAGE, filters, without="tag")
    assert not passes(DOCUMENT, PASSAGE, filters, without="topic")
    assert (active(filters), active(filters, "tag"), active(Filters())) == (["topic", "tag"], ["topic"], [])


def test_a_filter_of_passages_is_none_of_documents() -> None:
    with pytest.raises(ValueError, match="topic"):
        document_passes(DOCUMENT, "topic", Filters(topic=("税收",)))
