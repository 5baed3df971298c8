"""Lines of a program among text."""

from __future__ import annotations

import pytest

from indexer import documents
from indexer.documents.structure.classifier import classify
from indexer.documents.structure.code_lines import is_code
from indexer.model import Block, Metadata


@pytest.mark.parametrize(
    "line",
    [
        "private static final int LEVELS = 4;",
        "17. if (level > limit) {",
        "23.     out = pumps[++at];//水泵的名字",
        "void open_gate(int gate)",
        "#include <gates.h>",
        "gate.open(now());  /* 开闸 */",
        'printf("水位 %d", level);',
        "select max(level) from readings",
        "9. public:",
        "return level;",
        "}",
    ],
)
def test_a_line_of_a_program(line: str) -> None:
    assert is_code(line)


@pytest.mark.parametrize(
    "line",
    [
        "if 语句：判断水位是否超过警戒线；",
        "返回值：int 类型；",
        "2. open(gate) 方法的用法",
        "class（类）的成员；",
        "import duty (2023)",
        "for example (see below), the gate",
        "final report: pumps and gates",
        "警戒水位 = 12.5 米；",
        "#值班",
        "1. 概述",
    ],
)
def test_what_only_speaks_of_one(line: str) -> None:
    assert not is_code(line)


def test_keywords_that_are_bold_name_nothing() -> None:
    parsed = documents.read("**if** (level > limit) {\n\n**返回值**：水位，单位为米。\n".encode(), "甲.md")
    assert [block.topics for block in parsed.blocks] == [(), ("返回值",)]


def test_a_bold_line_of_a_listing_is_no_heading_and_a_numbered_one_in_words_is() -> None:
    lines = [
        "1. 水泵的启停",
        "按下绿色按钮，等到指示灯亮了再松手。",
        "2.   at = pumps[++next];//下一台",
        "3. 闸门的启闭",
    ]
    blocks = [Block(line, bold=((0, len(line)),) if line[0].isdigit() else ()) for line in lines]
    assert [block.heading for block in classify(blocks, Metadata())] == ["1. 水泵的启停", None, None, "3. 闸门的启闭"]
