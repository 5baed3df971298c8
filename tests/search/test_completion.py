"""Completions: by characters, by pinyin, by initials, by mixtures; always something that the corpus holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import indexer
from indexer.analysis.pinyin import readings
from indexer.errors import BadParameter
from indexer.index.index import Index
from indexer.search import completion
from indexer.search.prefix_table import PrefixTable
from tests.support import Make, make_document


@pytest.fixture
def index(make: Make) -> Index:
    """Headings, topics, titles and words with polyphones, a traditional title and Latin letters."""
    return make(
        make_document(
            "a",
            [
                ("发展数字经济，数字经济重要", ("第一章 数字经济", "第一条")),
                ("重庆市的银行", ("第二章 银行业", "第一条")),
                ("音乐与绿色战略，GDP 与5G网络", ("第二章 银行业", "第二条")),
            ],
            title="中华人民共和国数据安全法",
        ),
        make_document("b", ["女性在西安"], title="網絡安全條例"),
    )


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("数字", "第一章 数字经济"),
        ("szjj", "第一章 数字经济"),
        ("shuzijingji", "第一章 数字经济"),
        ("shuzij", "第一章 数字经济"),
        ("数字jj", "第一章 数字经济"),
        ("shuzi经", "第一章 数字经济"),
        ("SZJJ", "第一章 数字经济"),
        ("shu zi", "数字"),
        ("zhongqing", "重庆市"),
        ("chongqing", "重庆市"),
        ("cqs", "重庆市"),
        ("zqs", "重庆市"),
        ("yinhang", "银行"),
        ("yinxing", "银行"),
        ("yinyue", "音乐"),
        ("yinle", "音乐"),
        ("lvse", "绿色"),
        ("lüse", "绿色"),
        ("nvx", "女性"),
        ("zhanlue", "战略"),
        ("zhanlve", "战略"),
        ("xi'an", "西安"),
        ("xian", "西安"),
        ("gdp", "gdp"),
        ("數據", "中华人民共和国数据安全法"),
        ("sjaq", "中华人民共和国数据安全法"),
        ("网络", "網絡安全條例"),
        ("wlaq", "網絡安全條例"),
    ],
)
def test_what_was_meant_is_offered(index: Index, typed: str, text: str) -> None:
    assert text in [each.text for each in index.complete(typed, limit=50)]


def test_each_kind_has_its_value_and_count(index: Index) -> None:
    heading = indexer.Completion("第二章 银行业", "heading", 2, "第二章 银行业", (4, 6))
    assert heading in index.complete("银行")
    assert indexer.Completion("数字", "word", 2, "", (0, 1)) in index.complete("shu")
    (document,) = index.complete("中华人")
    assert (document.kind, document.value, document.count, document.matched) == ("document", "a", 3, (0, 3))


def test_a_heading_found_twice_is_offered_once_with_its_larger_place(make: Make) -> None:
    index = make(make_document("a", [("一", ("甲章", "总则")), ("二", ("乙章", "总则")), ("三", ("乙章", "总则"))]))
    assert index.complete("zz") == (indexer.Completion("总则", "heading", 3, "乙章/总则", (0, 2)),)


def test_the_range_is_of_the_original_text(index: Index) -> None:
    (found,) = [each for each in index.complete("szjj") if each.kind == "heading"]
    assert found.text[slice(*found.matched)] == "数字经济"


@pytest.mark.parametrize("typed", ["", " ", "不在这里", "zzzzzzzz", "'", "a" * 1_000, "\ud800", "\n", "."])
def test_nothing_for_what_nothing_begins_with(index: Index, typed: str) -> None:
    assert index.complete(typed) == ()


@pytest.mark.parametrize("limit", [0, -1, 51])
def test_a_limit_out_of_range_is_refused(index: Index, limit: int) -> None:
    with pytest.raises(BadParameter):
        index.complete("数", limit=limit)


def test_no_more_than_asked_for_and_the_kinds_take_turns(index: Index) -> None:
    for limit in range(1, 8):
        assert len(index.complete("s", limit=limit)) <= limit
    assert {each.kind for each in index.complete("yh", limit=2)} == {"heading", "word"}


def test_a_commit_is_seen(corpus: Path, tmp_path: Path) -> None:
    with indexer.create_index(tmp_path / "index") as index:
        assert index.complete("sjaqf") == ()
        index.update([corpus])
        assert [each.text for each in index.complete("sjaqf")] == ["数据安全法"]


def test_memory_is_bounded(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completion, "MOST_CHARACTERS", 4)
    index = make(make_document("a", ["数据 数据 数量"], title="标题"))
    assert [each.text for each in index.complete("数")] == ["数据"]


CHARS = "重庆银行音乐数字绿a1西安"


@given(st.lists(st.text(CHARS, min_size=1, max_size=5), min_size=1, max_size=5), st.data())
def test_any_spelling_finds_a_text(texts: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(texts))
    typed = "".join(
        data.draw(st.sampled_from([char, *readings(char), *(each[0] for each in readings(char))])) for char in text
    )
    table = PrefixTable(texts, np.arange(len(texts)), np.zeros(len(texts), dtype=int))
    found = table.find(typed)
    whole = [texts[number] for number, size in zip(table.texts[found.begins], found.sizes, strict=True) if size]
    assert text in whole


@given(st.lists(st.text(CHARS, min_size=1, max_size=5), min_size=1, max_size=5), st.text(CHARS, min_size=1, max_size=4))
def test_characters_find_what_begins_with_them(texts: list[str], typed: str) -> None:
    table = PrefixTable(texts, np.arange(len(texts)), np.zeros(len(texts), dtype=int))
    found = table.find(typed)
    literal = {int(table.texts[begin]) for begin, way in zip(found.begins, found.ways, strict=True) if way == 0}
    assert literal == {number for number, text in enumerate(texts) if text.startswith(typed)}
