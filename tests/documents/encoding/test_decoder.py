"""Bytes → str: every Chinese encoding from short and long texts, and never mojibake."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.documents.encoding.decoder import decode
from indexer.errors import ReadError
from tests.documents.encoding.texts import SIMPLIFIED, TRADITIONAL

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
def test_utf8_beyond_two_bytes_is_taken_as_it_is(text: str) -> None:
    assert decode(f"{text}。".encode()) == f"{text}。".removeprefix("\ufeff")


@pytest.mark.parametrize(
    "text",
    [
        *("A·B", "25°C", "±5%", "© 2020", "m²", "½ cup", "5 µm", "«Oui»", "·", "é", "Δ", "π", "ß"),
        *("café", "naïve résumé", "Größe", "año", "Łódź", "Čeština", "İstanbul", "Søren", "nǐ hǎo", "pīnyīn"),
        *("Ελλάδα", "αβγ", "привет", "Россия", "שלום", "مرحبا"),
    ],
)
def test_utf8_of_two_bytes_to_the_character_is_kept_where_it_makes_sense(text: str) -> None:
    assert decode(text.encode()) == text
    assert decode(f"{text}\n".encode() * 50) == f"{text}\n" * 50


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("gbk", "目录"),
        ("gbk", "# 目录\n"),
        ("gbk", "执业医师"),
        ("gbk", "非常"),
        ("gbk", "甲乙"),
        ("gbk", "姓名：张赟、李喆、王翀、刘淼\n"),
        ("gb18030", "㐂𠮷，生僻字也能读出来。"),
        ("big5", "韓國"),
        ("big5", "講座"),
        ("big5", "目錄"),
        ("hz", "中国"),
        ("hz", "Title: 数据安全管理办法\n"),
    ],
)
def test_short_texts(codec: str, text: str) -> None:
    assert decode(text.encode(codec)) == text


@pytest.mark.parametrize("codec", ["gbk", "cp950"])
def test_nearly_every_common_word_by_itself(codec: str) -> None:
    from jieba import get_dict_file
    from opencc import OpenCC

    with get_dict_file() as file:
        lines = (line.split() for line in file.read().decode("utf-8").splitlines())
        counted = sorted(((int(count), word) for word, count, _ in lines if len(word) == 2), reverse=True)[:1500]
    convert = OpenCC("s2tw").convert
    words = [word if codec == "gbk" else convert(word) for _, word in counted]
    wrong = [word for word in words if decode(word.encode(codec, "ignore")) != word]
    assert len(wrong) < 0.03 * len(words), wrong


def test_the_euro_sign_of_windows_is_read_in_gbk() -> None:
    data = "价格约为".encode("gbk") + b"\x80" + "1000，以欧元计。".encode("gbk")
    assert decode(data) == "价格约为€1000，以欧元计。"


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
        ('<meta charset="euc-kr"><p>其实是中文的网页，声明写错了</p>', "gbk"),
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
        ("最后一个字断在这里".encode("gbk")[:-1], "断开"),
        ("中间坏了一个字节的文本，其余都好".encode()[:9] + b"\xff" + "其余都好".encode(), "UTF-8，但第 10 个字节"),
        (
            f"{SIMPLIFIED}\n".encode("gbk") * 60 + b"\xff\n" + SIMPLIFIED.encode("gbk"),
            "GBK），但第 14341 个字节（第 61 行）",
        ),
        (TRADITIONAL.encode("big5") * 90 + b"\xff" + TRADITIONAL.encode("big5"), "Big5，但第"),
        ("Привет, мир! Это русский текст.".encode("cp1251"), "外文"),
        ("Les élèves ont étudié à l’école.".encode("cp1252"), "外文"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy.".encode("cp1250"), "外文"),
        ("Η ελληνική γλώσσα ανήκει στην οικογένεια.".encode("cp1253"), "外文"),
        ("ภาษาไทยเป็นภาษาทางการของประเทศไทย".encode("cp874"), "无法判断"),
        ("これは日本語の文章です。ひらがなとカタカナ。".encode("shift_jis"), "日文"),
        ("これは日本語の文章です。ひらがなとカタカナ。".encode("euc_jp"), "日文"),
        ("これは日本語の文章です。".encode("iso2022_jp"), "日文"),
        ("안녕하세요".encode("euc_kr"), "韩文"),
        ("대한민국의 주권은 국민에게 있고, 모든 권력은 국민으로부터 나온다.".encode("euc_kr"), "韩文"),
        (b"\xef\xbb\xbf\xff\xfe\xfd", "UTF-8"),
        (b"\xff\xfea", "断开"),
    ],
)
def test_no_mojibake(data: bytes, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert said in caught.value.message
    assert caught.value.hint


def test_big5_with_characters_of_both_its_tables_is_read() -> None:
    text = f"{TRADITIONAL}\n" * 30
    data = text.encode("big5") + "恒裏".encode("cp950") + "\u5605\u55f0".encode("big5hkscs")
    assert decode(data) == text + "恒裏嘅嗰"


def test_characters_that_somebody_made_for_himself_in_big5_are_marked() -> None:
    text = f"{TRADITIONAL}\n" * 200
    data = text.encode("big5") + b"\x8f\x57" + TRADITIONAL.encode("big5")
    assert decode(data) == f"{text}\ufffd{TRADITIONAL}"
    with pytest.raises(ReadError, match="Big5，但第"):
        decode(TRADITIONAL.encode("big5") + b"\x8f\x57" + TRADITIONAL.encode("big5"))


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_empty_bytes_at_the_end_are_no_text(codec: str) -> None:
    assert decode(SIMPLIFIED.encode(codec) + b"\x00" * 5) == SIMPLIFIED
    assert decode(SIMPLIFIED.encode(codec) + b"\x00" * 40 + b"4") == SIMPLIFIED
    with pytest.raises(ReadError, match="空字节"):
        decode(SIMPLIFIED.encode(codec) + b"\x00" * 5 + SIMPLIFIED.encode(codec))
    assert decode(f"{SIMPLIFIED}\n".encode("utf-16-le")) == f"{SIMPLIFIED}\n"


@pytest.mark.parametrize("text", ["\xa0\xa0", "<p>\xa0\xa0</p>", "a\xa0b \xa0d", "co\xadop", "\xa0" * 9, "\u2003"])
def test_spaces_and_invisible_marks_in_utf8_are_no_chinese(text: str) -> None:
    assert decode(text.encode()) == text


def test_what_would_be_a_space_in_utf8_is_chinese_where_the_page_or_its_text_says_so() -> None:
    page = '<meta charset="gbk"><p>聽</p>'
    assert decode(page.encode("gbk"), declares=True) == page
    assert decode("聽說讀寫".encode("gbk")) == "聽說讀寫"


_CODECS = {"utf-8": "UTF-8", "gb18030": "GB18030", "cp950": "Big5"}


@pytest.mark.parametrize("most", list(_CODECS))
@pytest.mark.parametrize("part", list(_CODECS))
@pytest.mark.parametrize("lines", [1, 3, 50])
@pytest.mark.parametrize("first", [True, False])
def test_a_file_in_two_encodings_is_named_not_guessed(most: str, part: str, lines: int, *, first: bool) -> None:
    text = {"utf-8": SIMPLIFIED, "gb18030": SIMPLIFIED, "cp950": TRADITIONAL}
    body, other = (f"{text[codec]}\n".encode(codec) for codec in (most, part))
    data = other + body * lines if first else body * lines + other
    if most == part:
        assert decode(data) == data.decode(most)
        return
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert "混着几种编码" in caught.value.message
    assert _CODECS[part] in caught.value.message or _CODECS[most] in caught.value.message


def test_a_line_without_end_in_two_encodings_is_named() -> None:
    with pytest.raises(ReadError, match="混着几种编码"):
        decode((SIMPLIFIED.encode("gb18030") + b"; ") * 9 + SIMPLIFIED.encode())


def test_rare_names_in_one_encoding_are_not_taken_for_another() -> None:
    names = "张赟、李喆、王翀、刘淼、陈曦、杨喆、赵赟、周翀、吴淼、郑曦、孙赟、钱喆\n" * 5
    assert decode((f"{SIMPLIFIED}\n" * 20 + names).encode("gb18030")).endswith(names)


@pytest.mark.parametrize("share", [1, 5])
def test_broken_bytes_are_reported(share: int) -> None:
    data = bytearray(f"{SIMPLIFIED}\n".encode() * 20)
    for at in range(1000, 1000 + 7 * share, 7):
        data[at] = 0xFF
    with pytest.raises(ReadError) as caught:
        decode(bytes(data))
    assert "UTF-8" in caught.value.message


def test_a_codec_keeps_one_error_for_all_places_and_is_given_no_reason_to_grow_it() -> None:
    error = UnicodeDecodeError("gb18030", b"\x80\xff", 0, 1, "x")
    other = UnicodeDecodeError("big5", b"\x80\xff", 0, 1, "x")
    assert codecs.lookup_error("xunzhang-replace")(error) == ("€", 1)
    assert codecs.lookup_error("xunzhang-replace")(other) == ("\ufffd", 1)
    assert (error.__traceback__, other.__traceback__) == (None, None)
