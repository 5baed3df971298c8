"""What is marked in a text, and where a line of it may be broken."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from webui.rendering.highlights import breakable


@given(st.text(st.sampled_from("（）<&「…字a "), max_size=300))
def test_breaks_change_nothing_else(text: str) -> None:
    assert str(escape(breakable(text))).replace("<wbr>", "") == str(escape(text))


@pytest.mark.parametrize("sign", ["（", "）", "<", "…", "&"])
def test_no_run_of_signs_is_long(sign: str) -> None:
    shown = breakable(sign * 10_000 + "数据" + sign * 10_000)
    assert isinstance(shown, Markup)
    assert max(len(Markup(run).unescape()) for run in re.split("<wbr>|数据", shown)) <= 50
