"""The JavaScript folds, segments, spells and parses as the program does."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

import indexer
from indexer.analysis import expand, fold
from indexer.analysis.fold import fold_key
from indexer.index.index import Index
from indexer.model import And, Field, Near, Not, Or, Run, SyntaxNode, Wild, Wildcard
from indexer.query.syntax import parse
from indexer.static_export import export_static
from tests.static_export.asking import ask, needs_node
from tests.support import CHARACTERS, ROOT

pytestmark = needs_node
DRIVER = Path(__file__).with_name("analysis.mjs")
USER_WORDS = "数据安全法 100\n合规审计\nBig Data\nGB/T 7714\t\nC++\n"
SYNONYMS = "数据, 资料\n个人信息 => 隐私, 个人资料\n"
QUERY_CHARACTERS = '税收法数据第十2年 　"“”()（）|*?？-－:：/\\NOTEAR章节年份..0'
PIECES = [
    *(
        "2-6年",
        "20万-80万",
        "12岁以下",
        "8万以上20万以下",
        "4~8天",
        "周五",
        "礼拜天",
        "20世纪60年代",
        "1960年代",
        "0.4倍",
    ),
    *("四万二", "21年3月5日", "第31条之2", "第31-2条", "早上六点四十", "以内", "每星期"),
    "第12条",
    "第一〇四三条",
    "第〇一二条",
    "2020年",
    "二〇二〇年",
    "100万",
    "1,000,000元",
    "三点五亿",
    "百分之三点五",
    "第039条",
    "第廿一条",
    "卅年",
    "廿四史",
    "2/3以上",
    "三分之二",
    "四分之五",
    "千分之五",
    "5‰",
    "3.5%",
    "两千人",
    "一百二",
    "12.50万",
    "零五",
    "5g网络",
    "2",
    "两",
    "0",
    "007",
    "9999999999999999亿",
    "1.23456万",
    "十五人",
    "千",
    "1234567",
    "二百五十",
    "3000",
    "30000",
    "20万亿",
    "百分之百",
    "第二条之三",
    "一二三",
    "五六年",
    "2021.03.05",
    "2021年3月5日",
    "二〇二一年十二月三十一日",
    "2021-13-05",
    "3月5日",
    "第三十九条第二款第(一)项",
    "第一百条之一",
    "图 3",
    "表2-1",
    "gb/t 7714—2015",
    "rtx3060ti",
    "138-0013-8000",
    "010-62345678",
    "海伦凯勒",
    "约翰·史密斯",
    "安全.",
    "。",
    "Crème",
    "rtx-3060",
    "wi-fi 6",
    "gb-18030",
    "iso 9001:2015",
    "2019至2021年",
    "2019-2021年",
    "20210305",
    "01062345678",
    "图3.1",
    "见图三",
    "代表三",
    "三家",
    "一家",
    "十分",
    "三分之一",
    "5季度",
    "拾万元",
    "壹佰贰拾元整",
    "第陆条",
    "第133条之1",
    "第3条 之 1",
    "二之一",
    "大陆人",
    "伍年",
    "2份",
    "二月",
    "-20℃",
    "2018-06",
    "二〇一八年六月",
    "2018年6月8",
    "3分之2",
    "百分之30",
    "百分之3.5",
    "三百分之一",
    "万分之五",
    "5‱",
    "晚上10点半",
    "22时至次日6时",
    "9:00",
    "9:00:00",
    "3块钱",
    "伍佰圆",
    "16周岁",
    "十周年",
    "一年半",
    "立方米3立方米",
    "穗府令[2011]8号",
    "穗府令2011年第8号",
    "2011 8号",
]


@pytest.fixture(scope="module", params=["rjieba", "jieba"])
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, Path]:
    """An index with a user's words, and its export, for each segmenter."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "words.txt").write_text(USER_WORDS, "utf-8")
    (folder / "synonyms.txt").write_text(SYNONYMS, "utf-8")
    index = indexer.create_index(
        folder / "index", userdict=folder / "words.txt", synonyms=folder / "synonyms.txt", segmenter=request.param
    )
    index.update([ROOT / "docs"])
    export_static(index, folder / "export")
    return index, folder / "export"


def _texts(index: Index) -> Iterator[str]:
    """Sentences as they are, their pieces, and characters of every kind in no order."""
    choices = random.Random(7)
    for document in index.documents():
        for passage in index.passages(document.id):
            yield passage.text[:200]
            start = choices.randrange(len(passage.text))
            yield passage.text[start : start + choices.randint(1, 12)]
    alphabets = (CHARACTERS, QUERY_CHARACTERS, "abc123-._% +&#中文", "的一是在不了有和人这中大为上个国我以要他")
    yield from ("".join(choices.choices(choices.choice(alphabets), k=choices.randint(1, 25))) for _ in range(2_000))
    yield from (
        "".join(chr(choices.randrange(0x4E00, 0x9FFF)) for _ in range(choices.randint(2, 9))) for _ in range(500)
    )
    yield from ("".join(choices.sample(PIECES, choices.randint(1, 3))) for _ in range(800))
    yield from ("big data 与 gb/t 7714、c++", "bigdata", "数据安全法与合规审计", "1962-1971", "v1.2.3-rc_1%", "B超")


def test_texts_become_the_same(exported: tuple[Index, Path]) -> None:
    index, folder = exported
    texts = [text for text in dict.fromkeys(_texts(index)) if text]
    answers = ask(folder, texts, DRIVER)
    for text, answer in zip(texts, answers, strict=True):
        folded = fold(text)
        assert answer["folded"] == folded.text, text
        assert answer["offsets"] == list(folded.offsets or range(len(folded.text))), text
        assert answer["cut"] == index.analyzer.cut(folded.text), text
        assert answer["expanded"] == list(expand(fold_key(text))), text
        tree, warnings = parse(text)
        assert answer["tree"] == _as_json(tree), text
        assert answer["warnings"] == [asdict(warning) for warning in warnings], text


def test_every_character_folds_alike(exported: tuple[Index, Path]) -> None:
    _, folder = exported
    chars = [chr(code) for code in range(0x20, 0x32400) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]
    texts = ["".join(chars[at : at + 500]) for at in range(0, len(chars), 500)]
    for text, answer in zip(texts, ask(folder, texts, DRIVER), strict=True):
        if answer["folded"] != fold(text).text:
            different = [(char, ord(char)) for char in text if fold(char).text not in answer["folded"]]
            assert different == [], different


def _as_json(node: SyntaxNode | Wild | str) -> Any:
    """A tree as the JavaScript writes it."""
    match node:
        case Wild():
            return {"wild": node.value}
        case And(children) | Or(children):
            return {"type": type(node).__name__, "children": list(map(_as_json, children))}
        case Not(child):
            return {"type": "Not", "child": _as_json(child)}
        case Field(name, value):
            about = {"name": name, "value": _as_json(value), "column": node.column}
            return {"type": "Field", **about, "start": node.start, "end": node.end}
        case Near(left, right):
            sides = {"left": _as_json(left), "right": _as_json(right)}
            return {"type": "Near", **sides, "distance": node.distance, "start": node.start, "end": node.end}
        case Wildcard(pieces):
            return {"type": "Wildcard", **asdict(node), "pieces": list(map(_as_json, pieces))}
        case str():
            return node
    assert not isinstance(node, Run) or node.text
    return {"type": type(node).__name__, **asdict(node)}  # type: ignore[call-overload]
