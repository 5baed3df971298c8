"""Queries of every kind, made at random, the same for the same seed, from what a corpus holds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from opencc import OpenCC

import indexer
from indexer.index.index import Index

_NUMERALS = [
    "第12条",
    "第十二条",
    "2020年",
    "二〇二〇年",
    "100万元",
    "10,000元",
    "三分之一",
    "3.5%",
    "一百二十条",
    "两千",
    "15日",
    "百分之五",
    "2/3",
    "5‰",
    "第039条",
    "第廿一条",
    "1.5亿",
    "5千元",
    "3千万元",
    "36个月",
    "七天内",
    "半年",
    "第39条",
    "第 3 条",
    "三年",
    "十日内",
    "2021.03.05",
    "2021年3月5日",
    "第二十条第二款",
    "图 3",
    "表2-1",
    "上午九点",
    "22:00",
    "5 ml",
    "100平米",
    "十六岁",
    "500块钱",
    "三成",
    "万分之五",
    "百分之30",
    "三倍",
    "150%",
    "式2.1",
    "公式(3)",
    "第3-1条",
    "一半以上",
    "一年半",
    "两周内",
    "半个月",
    "2021-03",
    "国令〔2021〕3号",
]
_FIELDS = ("章节", "主题", "标题", "文档", "标签", "著作", "密级", "来源")
_ODD = [
    "",
    "",
    "((",
    "“",
    "a*",
    "NOT",
    "-",
    "章节:",
    "年份:2020..",
    "年份:2020-2026年",
    "年份:2026年 检索",
    "年份:abc",
    "NEAR/3",
    "的",
    "是什么",
    "\u200b",
    "😀",
    "𠀀",
    "?",
    "*",
    "））",
    "【】",
    "年份:无",
    "a-b",
    "GB/T 7714-2015",
    "GB 18030",
    "138-0013-8000",
    "+8613800138000",
    "海伦凯勒",
    "软體",
    "網路",
    "数据 & 安全",
    "数据 and 安全",
    "-20",
    "安全 -20℃",
    "café",
    "“索引……文档”",
    "“……文档 -索引”",
    "“……”",
    '"for (...)"',
    "标题:“文……档”",
    "安全.数据",
]


class Queries:
    """Makes queries for one index."""

    def __init__(self, index: Index, seed: int) -> None:
        self._random = random.Random(seed)
        documents = index.documents()
        self._documents = documents
        self._passages = [passage for document in documents for passage in index.passages(document.id)]
        self._sections = sorted({passage.section for passage in self._passages if passage.section})
        self._topics = sorted({topic for passage in self._passages for topic in passage.topics})
        self._tags = sorted({tag for document in documents for tag in document.tags})
        self._to_traditional = OpenCC("s2t").convert

    def requests(self, number: int) -> Iterator[dict[str, Any]]:
        """That many requests, with filters, sorts and so on by turns."""
        for _ in range(number):
            yield {"q": self.query(), **self._options()}

    def query(self) -> str:
        """A query of any kind."""
        kinds = [self.piece, self._two, self._long, self._quoted, self._either, self._without, self._near, self._wild]
        kinds += [self.piece, self._two, self._field, self._traditional, self._numeral, self._odd, self._grouped]
        kinds += [self._titled, self._compound, self._latin]
        return self._random.choice(kinds)()

    def _titled(self) -> str:
        """A title, alone or with something after it."""
        title = self._random.choice(self._documents).title
        named = (f"{title}{self.piece()}", f"{title} {self.piece()}", f"{title}（2018年修正）{self.piece()}")
        looked_up = (
            f"{title}第2条的规定",
            f"查{title}第1、2条",
            f"{title} 第 一 条",
            f"《{title}》第1至3条",
            f"{title} 2",
        )
        return self._random.choice((title, f"《{title}》", *named, *looked_up))

    def _compound(self) -> str:
        """What no text holds, though it may hold the parts."""
        return self._random.choice(
            (
                *(f"{self.piece(2, 2)}罪", self.piece(3, 3), f"{self.piece(2, 2)}几天", "索引期限 多久"),
                *("醉驾", "羽毛球拍", "检索器", "索引术 段落", "文档学", "检索罪 索引罪"),
            )
        )

    def _latin(self) -> str:
        """Letters and digits that may stand inside longer tokens."""
        return self._random.choice(
            (
                "ai",
                "a",
                "1",
                "20",
                "i 段落",
                "3.5",
                "js",
                "r&d",
                f"{self.piece()} a",
                "Front Matter",
                "OpenSearch 节点",
                "wordpad",
            )
        )

    def piece(self, least: int = 1, most: int = 6) -> str:
        """Characters that stand next to each other in some passage."""
        text = self._random.choice(self._passages).text
        size = self._random.randint(least, most)
        start = self._random.randrange(max(1, len(text) - size + 1))
        return text[start : start + size].replace("\n", " ")

    def _two(self) -> str:
        return f"{self.piece()} {self.piece()}"

    def _quoted(self) -> str:
        return f"“{self.piece(2, 8)}” {self.piece()}"

    def _either(self) -> str:
        return f"{self.piece()} OR {self.piece()}"

    def _without(self) -> str:
        return f"{self.piece()} -{self.piece(1, 2)}"

    def _near(self) -> str:
        return f"{self.piece(1, 3)} NEAR/{self._random.randint(1, 60)} {self.piece(1, 3)}"

    def _wild(self) -> str:
        piece = self.piece(2, 4)
        at = self._random.randint(0, len(piece))
        return piece[:at] + self._random.choice("*?") + piece[at:]

    def _field(self) -> str:
        wanted = self._random.choice([*map("".join, self._sections), *self._topics, "总则", "法"])
        return f"{self._random.choice(_FIELDS)}:{wanted[: self._random.randint(1, 4)]} {self.piece()}"

    def _traditional(self) -> str:
        return self._to_traditional(self.piece(2, 8))

    def _numeral(self) -> str:
        return f"{self._random.choice(_NUMERALS)} {self.piece(0, 3)}"

    def _long(self) -> str:
        return self.piece(12, 40)

    def _odd(self) -> str:
        return f"{self._random.choice(_ODD)} {self._random.choice(('', self.piece()))}"

    def _grouped(self) -> str:
        return f"({self.piece(1, 3)} | {self.piece(1, 3)}) -({self.piece(1, 2)} {self.piece(1, 2)})"

    def _options(self) -> dict[str, Any]:
        choose = self._random.choice
        if self._random.random() < 0.5:
            return {}
        options: dict[str, Any] = {
            "sort": choose(("relevance", "relevance", "order", "date", "-date")),
            "match": choose(("auto", "auto", "all", "exact", "relax")),
            "scope": choose(("passage", "section")),
            "collapse": choose(("none", "none", "section", "text")),
            "group": choose(("none", "none", "document")),
            "group_limit": choose((1, 3, 5)),
            "chapters": choose((0, 2, 50)),
            "offset": choose((0, 0, 0, 5, 95, 120)),
            "limit": choose((0, 3, 10, 20)),
        }
        filters = {
            "section": [indexer.section_value(choose(self._sections)[: choose((1, 2))])] if self._sections else [],
            "topic": [choose([*self._topics, "没有"])],
            "document": [choose(self._documents).path],
            "tag": [choose([*self._tags, "没有"])],
            "work": [choose(("数据法典", "税收", "没有"))],
            "field": [choose(("密级=公开", "来源 ＝ a=b", "密级=没有"))],
            "path": [choose(("语料", "语料/3/", "语", "没有"))],
            "type": [choose((".MD", "md", "pdf"))],
            "kind": [choose(("body", "heading", "table"))],
            "year": [choose(("none", "2020", "2019..2021", "..2020"))],
        }
        name = choose([*filters, ""])
        return options | ({name: filters[name]} if name else {})
