"""Bytes → str: every Chinese encoding from short and long texts, and never mojibake."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import ReadError
from indexer.parse.encoding import decode, plausibility

SIMPLIFIED = (
    "我们在江边看见一条小船，船上的老人说他已经打了四十年的鱼。"
    "城市的发展离不开道路、桥梁和学校，也离不开每一个普通人的努力。"
    "根据本办法第三条的规定，申请人应当在三十日内提交书面材料。"
    "数据显示，去年全市完成投资一千二百亿元，比上年增长百分之八。"
)
TRADITIONAL = (
    "我們在江邊看見一條小船，船上的老人說他已經打了四十年的魚。"
    "城市的發展離不開道路、橋樑和學校，也離不開每一個普通人的努力。"
    "根據本辦法第三條的規定，申請人應當在三十日內提交書面資料。"
    "數據顯示，去年全市完成投資一千二百億元，比上年增長百分之八。"
)
ENCODINGS = [
    ("utf-8", SIMPLIFIED),
    ("utf-8-sig", SIMPLIFIED),
    ("utf-16", SIMPLIFIED),
    ("utf-16-le", SIMPLIFIED),
    ("utf-16-be", TRADITIONAL),
    ("utf-32", SIMPLIFIED),
    ("gbk", SIMPLIFIED),
    ("gb18030", TRADITIONAL),
    ("gb2312", SIMPLIFIED),
    ("big5", TRADITIONAL),
    ("cp950", TRADITIONAL),
]


@pytest.mark.parametrize(("codec", "text"), ENCODINGS, ids=[codec for codec, _ in ENCODINGS])
def test_long_texts(codec: str, text: str) -> None:
    assert decode((text * 40).encode(codec)) == text * 40


@pytest.mark.parametrize(("codec", "text"), ENCODINGS, ids=[codec for codec, _ in ENCODINGS])
def test_every_sentence_by_itself(codec: str, text: str) -> None:
    for sentence in text.split("。")[:-1]:
        assert decode(f"{sentence}。".encode(codec)) == f"{sentence}。"


@settings(max_examples=300)
@given(
    data=st.data(), encoding=st.sampled_from([("gb18030", SIMPLIFIED), ("gb18030", TRADITIONAL), ("big5", TRADITIONAL)])
)
def test_any_piece_of_twelve_characters(data: st.DataObject, encoding: tuple[str, str]) -> None:
    codec, text = encoding
    start = data.draw(st.integers(0, len(text) - 12))
    length = data.draw(st.integers(12, len(text) - start))
    piece = text[start : start + length]
    assert decode(piece.encode(codec)) == piece


@settings(max_examples=300)
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60))
def test_utf8_is_taken_as_it_is(text: str) -> None:
    assert decode(text.encode("utf-8")) == text.removeprefix("\ufeff")


@settings(max_examples=300)
@given(data=st.binary(min_size=1, max_size=400))
def test_any_bytes_are_text_or_a_read_error(data: bytes) -> None:
    try:
        text = decode(data)
    except ReadError as error:
        assert error.message.endswith("。")
        assert error.hint.endswith("。")
    else:
        assert "\x00" not in text


@pytest.mark.parametrize(
    ("page", "codec"),
    [
        ('<meta charset="gb2312"><p>甲乙</p>', "gbk"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>講座</p>', "big5"),
        ('<?xml version="1.0" encoding="GBK"?><p>镕基</p>', "gbk"),
        ('<meta charset="gbk"><p>其实是 UTF-8</p>', "utf-8"),
        ('<meta charset="utf-8"><p>其实是国标码的网页，声明写错了</p>', "gbk"),
        ('<meta charset="nonsense"><p>声明了不存在的编码的网页</p>', "gbk"),
    ],
)
def test_declared_encoding_helps_and_may_be_wrong(page: str, codec: str) -> None:
    assert decode(page.encode(codec), declares=True) == page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x1f\x8b\x08", "gzip"),
        (bytes(range(256)) * 20, "空字节"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08" * 50, "控制字符"),
        ("最后一个字断".encode()[:-1], "断开"),
        ("中间坏了一个字节的文本，其余都好".encode()[:10] + b"\xff" + "其余都好".encode(), "无法判断"),
        ("Привет, мир! Это русский текст.".encode("cp1251"), "无法判断"),
        ("これは日本語の文章です。ひらがなとカタカナ。".encode("shift_jis"), "无法判断"),
        (b"\xef\xbb\xbf\xff\xfe\xfd", "UTF-8"),
        (b"\xff\xfea", "UTF-16"),
    ],
)
def test_no_mojibake(data: bytes, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert said in caught.value.message
    assert caught.value.hint


def test_plausibility_parts_right_from_wrong() -> None:
    wrong = TRADITIONAL.encode("big5").decode("gb18030", errors="ignore")
    assert plausibility(SIMPLIFIED) > 1.5
    assert plausibility(TRADITIONAL) > 1.5
    assert plausibility(wrong) < 0.5
    assert plausibility("甲\x00") < 0
