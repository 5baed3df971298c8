"""Words that go by number, and what only looks like them."""

from __future__ import annotations

import pytest

from indexer.translation.inflection import inflected

SENTENCE = "{n} {n?passage is|passages are} here, {m}{m?|s}"


@pytest.mark.parametrize(
    ("n", "m", "said"),
    [
        (1, 1, "{n} passage is here, {m}"),
        (0, 2, "{n} passages are here, {m}s"),
        ("1", "1,001", "{n} passage is here, {m}s"),
        (21, -1, "{n} passages are here, {m}s"),
    ],
)
def test_one_is_one_and_all_else_is_more(n: object, m: object, said: str) -> None:
    assert inflected(SENTENCE, {"n": n, "m": m}) == said


@pytest.mark.parametrize("sentence", ["", "{n}", "{n:,} of {m}", "是吗？{n}|{m}", "{n} ? a | b"])
def test_nothing_else_is_touched(sentence: str) -> None:
    assert inflected(sentence, {"n": 1, "m": 1}) == sentence
