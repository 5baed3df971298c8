"""Lines that count in a form of their own: with text under them they are headings, in a list they are none."""

from __future__ import annotations

import pytest

from indexer import documents

_TEXT = "磨坊的轮子停了三天，河水还在涨。\n\n“今晚要起风。”老周说。\n\n没有人答话，只有灯在晃。"


def _headings(text: str) -> list[str]:
    parsed = documents.read(text.encode(), "河.txt")
    return [block.heading for block in parsed.blocks if block.heading]


def _book(*lines: str) -> str:
    return "磨坊\n\n" + "\n\n".join(f"{line}\n\n{_TEXT}" for line in lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("第一夜", "第二夜", "第三夜"),
        ("第一封信", "第二封信", "第三封信"),
        ("磨坊 第1章", "磨坊 第2章", "磨坊 第3章"),
        ("磨坊 第1章 涨水", "磨坊 第2章 起风", "磨坊 第3章 点灯"),
        ("第1-2章 涨水", "第3-4章 起风", "第5-6章 点灯"),
        ("【001】涨水", "【002】起风", "【003】点灯"),
        ("#1 涨水", "#2 起风", "#3 点灯"),
        ("☆、1.涨水", "☆、2.起风", "☆、3.点灯"),
        ("☆、涨水", "☆、起风", "☆、点灯"),
        ("Chapter One 涨水", "Chapter Two 起风", "Chapter Three 点灯"),
        ("EP01", "EP02", "EP03"),
        ("1 涨水", "2 起风", "3 点灯"),
        ("其一", "其二", "其三"),
        ("涨水（上）", "涨水（下）"),
        ("租船合同【第一篇】", "租船合同【第二篇】"),
        ("租船合同 篇1", "租船合同 篇2"),
        ("磨轮第一", "河工第二"),
        ("第一夜", "第二夜", "第三夜", "第五夜", "第六夜"),
        ("磨坊1", "磨坊2", "磨坊3"),
        ("磨坊一", "磨坊二", "磨坊三"),
        ("正文 1", "正文 2", "正文 3"),
        ("甲、涨水", "乙、起风", "丙、点灯"),
        ("（甲）涨水", "（乙）起风", "（丙）点灯"),
        ("（上）涨水", "（中）起风", "（下）点灯"),
        ("◆ 《磨坊》 第一夜 涨水 ◆", "◆ 《磨坊》 第二夜 起风 ◆", "◆ 《磨坊》 第三夜 点灯 ◆"),
    ],
)
def test_they_are_headings_with_text_under_them(lines: tuple[str, ...]) -> None:
    assert _headings(_book(*lines)) == list(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("第一夜", "第三夜", "第九夜"),
        ("第一夜，河水涨了，", "第二夜，风起来了，", "第三夜，灯灭了，"),
        ("【001】涨水", "【003】起风", "【009】点灯"),
        ("第1页", "第2页", "第3页"),
        ("1 磨坊旧事", "2 磨坊旧事", "3 磨坊旧事"),
        ("1 老周：《磨坊》，第3页", "2 同上，第5页", "3 老周：《河工》，第8页"),
        ("涨水（上）", "起风（下）"),
        ("第一夜", "第二夜"),
        ("磨坊1", "磨坊2"),
        ("甲、涨水", "丙、起风", "丁、点灯"),
        ("甲、水是涨了。", "乙、风是起了。", "丙、灯是点了。"),
        ("——《磨坊》第一编", "——《磨坊》第二编", "——《磨坊》第三编"),
        ("磨坊1", "河工2", "水闸3"),
    ],
)
def test_what_does_not_count_on_is_text(lines: tuple[str, ...]) -> None:
    assert _headings(_book(*lines)) == []


@pytest.mark.parametrize(
    "line", ["第一夜\n\n第二夜\n\n第三夜", "#1 涨水\n\n#2 起风\n\n#3 点灯", "☆、涨水\n\n☆、起风\n\n☆、点灯"]
)
def test_a_list_is_text(line: str) -> None:
    assert _headings(f"{_TEXT}\n\n{line}\n\n{_TEXT}") == []


def test_of_a_line_that_stands_there_twice_the_second_is_the_heading() -> None:
    parsed = documents.read(_book(*(f"第{each}夜\n\n第{each}夜" for each in "一二三")).encode(), "河.txt")
    blocks = [block for block in parsed.blocks if block.text.startswith("第")]
    assert [block.heading for block in blocks] == [None, "第一夜", None, "第二夜", None, "第三夜"]


def test_they_stand_within_volumes() -> None:
    parsed = documents.read(
        f"第一卷 水\n\n{_book('【001】涨水', '【002】起风', '【003】点灯')}\n\n第二卷 火".encode(), "河.txt"
    )
    assert [block.depth for block in parsed.blocks if block.heading] == [1, 2, 2, 2, 1]


def test_where_the_format_gives_headings_they_are_text() -> None:
    text = f"# 磨坊\n\n## 修轮子\n\n{_book('第一步', '第二步', '第三步')}\n\n## 开闸\n\n{_TEXT}"
    parsed = documents.read(text.encode(), "河.md")
    assert [block.heading for block in parsed.blocks if block.heading] == ["修轮子", "开闸"]
