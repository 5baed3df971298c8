"""Looking into many texts at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments.value_tables import JoinedTexts

TEXT = st.text(alphabet="甲乙丙𠮷", max_size=6)


@given(texts=st.lists(TEXT, max_size=6), spelling=TEXT.filter(bool))
def test_a_text_contains_what_python_finds_in_it(texts: list[str], spelling: str) -> None:
    assert JoinedTexts(texts).containing(spelling).tolist() == [spelling in text for text in texts]


def test_only_where_the_place_passes() -> None:
    texts = JoinedTexts(["甲乙甲", "乙甲", "甲"])
    assert texts.containing("甲", lambda text, start, end: text[start - 1] == "乙").tolist() == [True, True, False]
