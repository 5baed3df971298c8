"""Readings of characters, held against pypinyin itself."""

from __future__ import annotations

import pypinyin
import pytest
from pypinyin.pinyin_dict import pinyin_dict

from indexer.analysis import pinyin


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        ("重", ("zhong", "chong", "tong")),
        ("绿", ("lv", "lu")),
        ("略", ("lve",)),
        ("儿", ("er", "ren")),
        ("嗯", ("n", "ng")),
        ("a", ()),
        ("，", ()),
    ],
)
def test_readings(char: str, expected: tuple[str, ...]) -> None:
    assert pinyin.readings(char) == expected


def test_the_first_reading_is_pypinyins() -> None:
    chars = list(map(chr, pinyin_dict))
    assert len(chars) > 40_000
    assert [char for char in chars if pinyin.readings(char)[0] != pypinyin.lazy_pinyin(char)[0]] == []


def test_the_file_holds_what_the_package_does() -> None:
    assert pinyin._table() == pinyin._imported()
