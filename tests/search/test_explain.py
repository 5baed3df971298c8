"""How a query is understood, as people read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import make_document, make_index

TREES = [
    ("数据", "exact", "原文有：数据"),
    ("", "exact", "任何段落"),
    (
        "数据 -(附则 罚) 年份:2020..",
        "some",
        "全部满足|  不含|    全部满足|      原文有：附则|      原文有：罚|  年份：2020..|  任一满足|    原文有：数据"
        "|    原文有：数据 / 资料",
    ),
    ("税* OR 年份:无", "some", "任一满足|  原文有：税*|  没有日期"),
    ("甲 NEAR/3 乙", "all", "原文有，最多隔 3 个字：甲 与 乙"),
    (
        "数据海关",
        "all",
        "任一满足|  原文有：数据海关|  全部满足|    原文、章节、标题有：数据 / 资料|    原文、章节、标题有：海关"
        "|    任一满足|      原文有：数据 / 资料|      原文有：海关",
    ),
    (
        "标题:第12条b乙 甲",
        "some",
        "全部满足|  标题有：第12条b乙 / 第十二条b乙 / 第 12 条 b 乙 等 4 种写法|  原文有：甲",
    ),
]
NAMES = {"exact": "原文包含", "all": "包含全部词", "some": "部分匹配"}


@pytest.mark.parametrize(("query", "tier", "tree"), TREES, ids=[query for query, *_ in TREES])
def test_trees_are_drawn_without_empty_levels_and_doubles(tmp_path: Path, query: str, tier: str, tree: str) -> None:
    drawn = make_index("memory", tmp_path, [make_document("a", ["数据"])]).explain(query).tree
    lines = drawn.split("\n")
    start = lines.index(NAMES[tier]) + 1
    end = next((at for at in range(start, len(lines)) if lines[at] in NAMES.values()), len(lines))
    assert [line.removeprefix("  ") for line in lines[start:end]] == tree.split("|")
