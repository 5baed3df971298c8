"""Bold lines that say who reports, or whose the words above them are, head nothing."""

from __future__ import annotations

import pytest

from tests.documents.conftest import Read

BODY = "石板换过三次，桥栏修过两回，石匠姓陈，他今年七十岁。"


@pytest.mark.parametrize(
    "line", ["江城晚报记者 林小雨", "本报记者 何某某 陈石匠", "执笔/阿宁、林小雨", "——（宋）陆某", "通讯员：林小雨"]
)
def test_a_credit_is_no_heading(read: Read, line: str) -> None:
    blocks = read("页.html", f"<p>{BODY}</p><p><b>{line}</b></p><p>{BODY}</p>").blocks
    assert blocks[1].heading is None


@pytest.mark.parametrize("line", ["记者的一天", "记者 怎样写桥的历史", "执笔的规矩", "评论员们的话"])
def test_what_looks_alike_heads_its_text(read: Read, line: str) -> None:
    blocks = read("页.html", f"<p>{BODY}</p><p><b>{line}</b></p><p>{BODY}</p>").blocks
    assert blocks[1].heading == line
