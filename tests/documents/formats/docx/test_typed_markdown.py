"""Markdown pasted into Word as it was typed, and signs that only look like it."""

from __future__ import annotations

import pytest

from indexer import documents
from indexer.model import Block
from tests.documents.formats.packages import docx, paragraph

TYPED = (
    "# 水库巡查手册",
    "本手册写给**值班人员**，请放在手边。",
    "## 一、坝顶",
    "**裂缝**：每周量一次，记下长度。",
    "- 新出现的裂缝要画在图上",
    "## 二、**闸门** ##",
    "开闸以前先鸣笛三声，等下游的人走开。",
    "### 1. 钢索",
    "每月上一次油。",
)


def read(*lines: str) -> tuple[Block, ...]:
    return documents.read(docx("".join(map(paragraph, lines))), "甲.docx").blocks


def test_typed_headings_bold_words_and_items() -> None:
    blocks = read(*TYPED)
    assert [(block.text, block.depth) for block in blocks if block.heading] == [
        ("一、坝顶", 1),
        ("二、闸门", 1),
        ("1. 钢索", 2),
    ]
    texts = [block.text for block in blocks]
    assert texts[0] == "水库巡查手册"
    assert texts[1] == "本手册写给值班人员，请放在手边。"
    assert [block.topics for block in blocks if block.text.startswith("裂缝")] == [("裂缝",)]
    assert [block.text for block in blocks if block.item] == ["- 新出现的裂缝要画在图上"]


@pytest.mark.parametrize(
    "lines",
    [
        # remarks of a listing
        ("# 启动水泵", "systemctl start pump", "## 看一看", "pump --level", "# 停止水泵", "systemctl stop pump"),
        # one depth is what people number by
        ("# 坝顶有没有裂缝", "没有。", "# 闸门关好没有", "关好了。", "# 值班表贴了没有", "贴了。"),
        ("坝顶**长 120 米", "宽*高*长", "#1 机组和 #2 机组", "- 5 度以下不开闸"),
    ],
)
def test_what_only_looks_like_markdown(lines: tuple[str, ...]) -> None:
    blocks = read(*lines)
    assert [block.text for block in blocks] == list(lines)
    assert {block.level for block in blocks} == {None}
