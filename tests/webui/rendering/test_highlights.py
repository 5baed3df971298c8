"""What is marked in a text, and where a line of it may be broken."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from webui.rendering.highlights import breakable, emphasised


@given(st.text(st.sampled_from("（）<&「…字a "), max_size=300))
def test_breaks_change_nothing_else(text: str) -> None:
    assert str(escape(breakable(text))).replace("<wbr>", "") == str(escape(text))


@pytest.mark.parametrize("sign", ["（", "）", "<", "…", "&"])
def test_no_run_of_signs_is_long(sign: str) -> None:
    shown = breakable(sign * 10_000 + "数据" + sign * 10_000)
    assert isinstance(shown, Markup)
    assert max(len(Markup(run).unescape()) for run in re.split("<wbr>|数据", shown)) <= 50


spans = st.lists(st.integers(0, 12), max_size=6, unique=True).map(
    lambda ends: [(a, b) for a, b in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False)]
)


@given(st.text("字词a", min_size=12, max_size=12), spans, spans)
def test_each_character_is_highlighted_and_emphasised_by_itself(
    text: str, ranges: list[tuple[int, int]], strong: list[tuple[int, int]]
) -> None:
    pieces = list(emphasised(text, ranges, strong))
    assert "".join(piece.text for piece in pieces) == text
    shown = [(piece.mark, piece.strong) for piece in pieces for _ in piece.text]
    assert shown == [tuple(any(a <= at < b for a, b in each) for each in (ranges, strong)) for at in range(len(text))]
