"""Alignment is optimal, says the truth about both texts, and ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.citation.quotations.alignment import align, nearest_end

strings = st.text("甲乙丙(", max_size=14)
patterns = st.text("甲乙丙(", min_size=1, max_size=14)


def least_distance(pattern: str, text: str) -> int:
    """Sellers' algorithm: the edit matrix as it is defined, with a free start and end in the text."""
    column = list(range(len(pattern) + 1))
    least = column[-1]
    for char in text:
        diagonal, column[0] = column[0], 0
        for row, wanted in enumerate(pattern, 1):
            best = min(diagonal + (wanted != char), column[row] + 1, column[row - 1] + 1)
            diagonal, column[row] = column[row], best
        least = min(least, column[-1])
    return least


@given(patterns, strings)
def test_the_distance_is_the_least(pattern: str, text: str) -> None:
    assert nearest_end(pattern, text)[0] == align(pattern, text).distance == least_distance(pattern, text)


@given(patterns, strings)
def test_the_edits_turn_the_pattern_into_the_stretch(pattern: str, text: str) -> None:
    found = align(pattern, text)
    made, position = "", 0
    for edit in found.edits:
        made += pattern[position : edit.pattern[0]] + text[slice(*edit.text)]
        position = edit.pattern[1]
    assert made + pattern[position:] == text[slice(*found.text)]
    assert sum(max(b - a, d - c) for edit in found.edits for a, b, c, d in [(*edit.pattern, *edit.text)]) <= (
        found.distance
    )


def test_a_last_character_that_differs_is_replaced() -> None:
    (edit,) = align("数据安权", "保障数据安全。").edits
    assert (edit.pattern, edit.text) == ((3, 4), (5, 6))


def test_long_texts_of_one_character_end() -> None:
    assert align("(" * 4_000 + "甲" + "(" * 999, "(" * 10_000).distance == 1
