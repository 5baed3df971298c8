"""Numbers as automatic numbering shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents import number_formats
from indexer.documents.structure import numbering


@pytest.mark.parametrize(
    ("number", "number_format", "text"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (110, "japaneseCounting", "一百一十"),
        (1005, "taiwaneseCounting", "一千零五"),
        (20, "ideographDigital", "二〇"),
        (23, "chineseLegalSimplified", "贰拾叁"),
        (11, "ideographTraditional", "甲"),
        (12, "ideographZodiac", "亥"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (12, "decimalFullWidth", "１２"),
        (4, "decimalZero", "04"),
        (49, "lowerRoman", "xlix"),
        (28, "upperLetter", "BB"),
        (5, "bullet", ""),
        (5, "somethingNew", "5"),
    ],
)
def test_formats(number: int, number_format: str, text: str) -> None:
    assert number_formats.shown(number, number_format) == text


@given(number=st.integers(1, 9999))
def test_a_number_counted_in_chinese_is_read_as_that_number(number: int) -> None:
    assert numbering.integer(number_formats.counted(number)) == number


@given(number=st.integers(-5, 10**12), number_format=st.sampled_from(sorted(number_formats._FORMATS)))
def test_no_number_is_too_much_for_a_format(number: int, number_format: str) -> None:
    assert len(number_formats.shown(number, number_format)) <= 200
