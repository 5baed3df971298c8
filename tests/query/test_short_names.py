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
    found = dict(ShortNames(TITLES).at(short, 0, ANALYZER.knows))
    return found.get(len(short), [])


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
        *("渔船法", "渔检法", "渔船检验法"),  # of an 办法
        "劳动法",  # a law of its own
    ],
)
def test_what_is_no_short_name(short: str) -> None:
    assert meant(short) == []


REGIONAL = (
    *("鹭岛市湿地环境保护条例", "鹭岛市港口环境保护条例", "国家有毒物品名录", "海关关员守则实施细则"),
    *(
        "企业清算法",
        "海运程序法",
        "港口试航管理办法",
        "港口引航管理办法",
        "渔港管理办法",
        "锚地管理办法",
        "船坞管理办法",
    ),
)


@pytest.mark.parametrize(
    ("text", "short", "title"),
    [
        ("湿地条例", "湿地条例", "鹭岛市湿地环境保护条例"),
        ("湿地条例第5条", "湿地条例", "鹭岛市湿地环境保护条例"),
        ("湿地条例 第五条", "湿地条例", "鹭岛市湿地环境保护条例"),
        ("毒物名录", "毒物名录", "国家有毒物品名录"),
        ("关员守则细则12", "关员守则细则", "海关关员守则实施细则"),
        ("清算法第2条", "清算法", "企业清算法"),
        ("程序法第2条", "程序法", "海运程序法"),
        ("试航办法三条", "试航办法", "港口试航管理办法"),
    ],
)
def test_a_name_asked_for_alone_may_begin_later_than_its_title(text: str, short: str, title: str) -> None:
    assert (len(short), [title]) in ShortNames(REGIONAL).at(text, 0, ANALYZER.knows)


@pytest.mark.parametrize(
    "text",
    [
        *("锚地法", "锚地管理法第5条", "试航法三条"),  # of 办法
        *("湿地条例规定罚款", "按湿地条例", "湿鹭条例第5条", "湿地办法第5条"),
        "管理办法第3条",  # of too many titles
        "湿地条例5号",
        "程序法",  # a word, without a number
    ],
)
def test_but_not_among_other_words_and_not_what_many_titles_hold(text: str) -> None:
    assert list(ShortNames(REGIONAL).at(text, 0, ANALYZER.knows)) == []


def test_some_names_are_a_convention() -> None:
    names = ShortNames(("消费者权益保护法", "消防法", "道路交通安全法", "公证法"))
    assert list(names.at("消法55条", 0, ANALYZER.knows)) == [(2, ["消费者权益保护法"])]
    assert list(names.at("新交规", 1, ANALYZER.knows)) == [(3, ["道路交通安全法"])]
    assert list(names.at("版权法", 0, ANALYZER.knows)) == []  # of a law that is not there
    assert list(ShortNames(("消防法",)).at("消法55条", 0, ANALYZER.knows)) == []
    assert list(names.at("取消法案", 0, ANALYZER.knows)) == []


@given(st.text("民事诉讼法海条例", max_size=12), st.integers(0, 12))
def test_ends_are_in_the_text_the_longest_first(text: str, start: int) -> None:
    found = ShortNames(TITLES).at(text, start, ANALYZER.knows) if start < len(text) else ()
    ends = [end for end, _ in found]
    assert ends == sorted(ends, reverse=True)
    assert all(start < end <= len(text) for end in ends)
