"""XML that somebody sent: large texts are read, depth and entities are not let by with them."""

from __future__ import annotations

import pytest

from indexer.documents.xml_parts import parse_xml
from indexer.errors import ReadError

LONG = b"x" * 10_500_000


def test_a_text_of_more_than_ten_megabytes_is_read() -> None:
    assert len(parse_xml(b"<a><b>" + LONG + b"</b></a>", "甲.xml")[0].text or "") == len(LONG)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<a>" * 300 + LONG + b"</a>" * 300, "嵌套太深"),
        (b'<!DOCTYPE a [<!ENTITY b "' + LONG + b'">]><a>&b;</a>', "超过 10 MB"),
        (b"<a>" + LONG, "已损坏"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "实体"),
    ],
)
def test_what_else_is_wrong_is_said(content: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        parse_xml(content, "甲.xml")


def test_prefixes_that_are_not_declared_do_not_hide_the_rest() -> None:
    root = parse_xml('<a><b xsi:type="c">正文</b></a>'.encode(), "甲.xml")
    assert root[0].text == "正文"
    with pytest.raises(ReadError, match="已损坏"):
        parse_xml('<a><b xsi:type="c">正文</a>'.encode(), "甲.xml")
