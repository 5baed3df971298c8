"""Words of the same sound and of nearly the same shape."""

from __future__ import annotations

import pytest

from indexer.analysis.confusables import ConfusableWords, sound


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("帐户", "账户"),
        ("数子", "数字"),
        ("住册", "注册"),
        ("和同", "合同"),
        ("诉松", "诉讼"),
        ("己经", "已经"),
        ("侯选", "候选"),
    ],
)
def test_what_was_meant_is_among_them(typed: str, meant: str) -> None:
    words = ["账户", "数字", "注册", "合同", "诉讼", "已经", "候选", "别的"]
    assert meant in list(ConfusableWords(words).of(typed))
    assert typed not in list(ConfusableWords([*words, typed]).of(typed))


def test_only_words_of_the_corpus() -> None:
    assert list(ConfusableWords(["数据"]).of("数子")) == []
    assert list(ConfusableWords([]).of("a1")) == []


def test_blurred_sounds_are_one() -> None:
    assert sound("诗人") == sound("私人")
    assert sound("数据") != sound("安全")
