"""Snippets of long passages: the window with most distinct matches, found in one pass."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Range
from indexer.search.snippets import SNIPPET_LENGTH, _worths, snippet


@st.composite
def highlighted(draw: st.DrawFn) -> tuple[str, list[Range]]:
    """A text of few characters, and ranges of it in order that do not touch."""
    gaps = draw(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 200)), max_size=12))
    ranges, at = [], 0
    for gap, length in gaps:
        ranges.append((at + gap, at + gap + length))
        at += gap + length
    return draw(st.text(st.sampled_from("甲乙"), min_size=at, max_size=at)), ranges


@given(highlighted())
def test_the_worth_of_every_window_is_what_counting_says(drawn: tuple[str, list[Range]]) -> None:
    text, ranges = drawn
    reach = SNIPPET_LENGTH - 30
    inside = [[text[a:b] for a, b in ranges if start <= a and b <= start + reach] for start, _ in ranges]
    assert list(_worths(text, ranges)) == [(len(set(each)), len(each)) for each in inside]


def test_a_window_with_two_words_is_better_than_one_with_a_word_twice() -> None:
    text = "税" + "。" * 20 + "税" + "。" * 400 + "税" + "。" * 20 + "法" + "。" * 300
    ranges = [(at, at + 1) for at, char in enumerate(text) if char in "税法"]
    shown = snippet(text, ranges)
    assert {part for part, marked in shown.parts if marked} == {"税", "法"}
