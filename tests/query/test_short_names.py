"""What laws are called for short, and what only looks like that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer
from indexer.query.short_names import ShortNames

TITLES = ("民事诉讼法", "海上航行安全法", "劳动合同法", "消费者权益保护法", "港口经营管理条例", "渔船检验办法")
ANALYZER = Analyzer()


def meant(short: str) -> list[str]:
    names = ShortNames(TITLES)
    return names.titles(short, ANALYZER.knows) if len(short) in names.at(short, 0) else []


@pytest.mark.parametrize(
    ("short", "title"),
    [
        ("民诉法", "民事诉讼法"),
        ("海航法", "海上航行安全法"),
        ("海安法", "海上航行安全法"),
        ("消保法", "消费者权益保护法"),
        ("劳合法", "劳动合同法"),
        ("渔检办法", "渔船检验办法"),
        ("港口条例", "港口经营管理条例"),
        ("港管条例", "港口经营管理条例"),
    ],
)
def test_begins_and_ends_as_the_title_and_keeps_its_order(short: str, title: str) -> None:
    assert meant(short) == [title]


@pytest.mark.parametrize(
    "short",
    [
        *("诉讼法", "民法", "安海法", "海安航法", "海盐法", "港口法", "民事诉讼法"),
        "劳动法",  # a law of its own
    ],
)
def test_what_is_no_short_name(short: str) -> None:
    assert meant(short) == []


@given(st.text("民事诉讼法海条例", max_size=12), st.integers(0, 12))
def test_ends_are_in_the_text_the_longest_first(text: str, start: int) -> None:
    ends = list(ShortNames(TITLES).at(text, start)) if start < len(text) else []
    assert ends == sorted(ends, reverse=True)
    assert all(start < end <= len(text) for end in ends)
