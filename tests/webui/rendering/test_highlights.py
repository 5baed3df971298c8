"""What is marked in a text, and where a line of it may be broken."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from webui.rendering.highlights import Linked, Marked, ShownPicture, breakable, emphasised, write_runs


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


@pytest.mark.parametrize(("run", "wanted"), [
    (Linked((Marked("甲<乙", mark=False),)), "甲&lt;乙"),
    (Linked((Marked("甲", mark=True), Marked("乙", mark=False))), "<mark>甲</mark>乙"),
    (Linked((Marked("甲", mark=True, strong=True),)), "<strong><mark>甲</mark></strong>"),
    (Linked((Marked("{}", mark=False, strong=True),), "#a"), '<a class="ref" href="#a"><strong>{}</strong></a>'),
    (Linked((), picture=ShownPicture("/p?a&b", '"图"')), '<img src="/p?a&amp;b" alt="&#34;图&#34;" loading="lazy">'),
])  # fmt: skip
def test_a_line_is_written_piece_by_piece(run: Linked, wanted: str) -> None:
    written = write_runs([run, Linked((Marked("。", mark=False),))])
    assert isinstance(written, Markup)
    assert written == f"{wanted}。"
