"""What may be a title, and who is named below one."""

from __future__ import annotations

import pytest

from indexer.documents.structure.titles import is_byline, names_document
from indexer.model import Kind
from tests.documents.conftest import Read


@pytest.mark.parametrize(
    "title", ["水车看管办法", "第一章　来历", "2021年水车修缮记", "3 号水车修缮记", "三年来的石桥"]
)
def test_a_document_may_be_called_so(title: str) -> None:
    assert names_document(title)


@pytest.mark.parametrize(
    "title", ["桥水字[2021]03号", "江政发〔2021〕8号", "1 引言", "1．概述", "一、总则", "1.1 目的", "2021年3月4日"]
)
def test_what_only_opens_a_text_names_no_document(title: str) -> None:
    assert not names_document(title)


@pytest.mark.parametrize("line", ["王小满　李秋生　周 全", "张三 李四", "王小满1，李秋生2"])
def test_names_are_a_byline(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize("line", ["河上　岸上　桥上", "石桥　木桥", "王小满", "江河 湖海"])
def test_other_words_are_none(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    "line", ["2021年8月9日 凌晨", "2021-08-09 星期一 下午", "975 字 10 分钟", "1.4k 字，约 17 分钟"]
)
def test_when_a_post_is_from_and_how_long_it_takes_is_no_title(read: Read, line: str) -> None:
    page = f'<p style="text-align:center"><b>{line}</b></p><p>石板换过三次。</p><h2>桥</h2><p>桥栏修过两回。</p>'
    first = read("页.html", page).blocks[0]
    assert (first.kind, first.heading) == (Kind.BODY, None)


@pytest.mark.parametrize("line", ["2021年8月9日的桥", "三千字的分钟"])
def test_a_title_may_tell_of_a_day(read: Read, line: str) -> None:
    page = f'<p style="text-align:center"><b>{line}</b></p><p>石板换过三次。</p><p>桥栏修过两回。</p><p>完。</p>'
    assert read("页.html", page).blocks[0].kind is Kind.TITLE
