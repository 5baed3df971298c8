"""How headings nest, case by case; whole documents are in tests/golden/reading."""

from __future__ import annotations

import pytest

from indexer.documents.structure.classifier import classify
from indexer.documents.structure.nesting import ARTICLE, PLAIN, Nesting, Style
from indexer.model import Block, Metadata


def named(*names: str) -> list[Style]:
    return [Style(int(name[1]), name[2:]) if name[0] == "h" else Style(None, name) for name in names]


@pytest.mark.parametrize(
    ("styles", "depths"),
    [
        (named("一、", "（一）", "（一）", "一、", "1."), [1, 2, 2, 1, 2]),
        (named("（一）", "1.", "（1）", "（一）"), [1, 2, 3, 1]),
        # （一） is met under 一、 while no 1. is open: it takes its place between them
        (named("一、", "1.", "一、", "（一）", "1."), [1, 2, 1, 2, 3]),
        (named("第节", "第章", "第节", "第编", "第章"), [1, 1, 2, 1, 2]),
        (named("一、", "第章", "一、"), [1, 1, 2]),
        (named("h2", "h4", "h3", "h4", "h2"), [1, 2, 2, 3, 1]),
        (named("h2", "一、", "h3", "一、"), [1, 2, 2, 3]),
        (named("一、", "h3", "一、"), [1, 2, 1]),
        (named("h2第章", "h2第节", "h2", "h2第章", "h2第节"), [1, 2, 1, 1, 2]),
        (named("h2第节", "第节"), [1, 1]),
        (named("第章", ARTICLE, ARTICLE, "第节", ARTICLE, "第章", ARTICLE), [1, 2, 2, 2, 3, 1, 2]),
        (named("book", "第章", "chapter", "一、", "book"), [1, 1, 2, 2, 1]),
        (named(PLAIN, "一、", PLAIN), [1, 1, 2]),
        (named("一、", PLAIN, "一、"), [1, 2, 1]),
        (named("h1", "h2第章", "book", "appendix"), [1, 2, 2, 2]),
        # clauses that count through the chapters of a tender, whatever level they are given
        (named("h11", "h2第章", "h11", "h22级"), [1, 1, 2, 3]),
        (named("h2第章", "h11.", "h11."), [1, 2, 2]),
        (named("h2第节", "h11"), [1, 1]),
        # slides, which are all of one level
        (named("h12级", "h12级", "h11.", "h12级"), [1, 1, 1, 2]),
        (named("2级", "1."), [1, 2]),
        # a bold line first met under 1.2 stands below the 1.1.1 of another part; under 一、 it takes its place above 1.
        (named("1", "2级", "3级", "1", "2级", PLAIN, "3级", PLAIN, "3级"), [1, 2, 3, 1, 2, 3, 3, 4, 3]),
        (named("h1", "h22级", "h33级", "h22级", PLAIN, "h33级", PLAIN, "h33级"), [1, 2, 3, 2, 3, 3, 4, 3]),
        (named("一、", "1.", "一、", PLAIN, "1."), [1, 2, 1, 2, 3]),
        # what is met below a heading without number is below 第一章 too where that has its level
        (named("h1第章", "h1", "h2", "2级", "h1第章", "一、", "2级"), [1, 1, 2, 3, 1, 2, 3]),
        (named("h1", "h2第章", "h2", "一、", "h2第章", "一、"), [1, 2, 2, 3, 2, 3]),
        (named("h1第章", "h2", "2级", "h1第章", "2级"), [1, 2, 3, 1, 2]),
        (named("1", PLAIN, "2级", PLAIN), [1, 2, 3, 2]),
    ],
)
def test_nesting(styles: list[Style], depths: list[int]) -> None:
    nesting = Nesting()
    assert [nesting.next_depth(style) for style in styles] == depths


def test_count_inside_an_appendix() -> None:
    nesting = Nesting()
    one, appendix = Style(None, "一、"), Style(None, "appendix")
    headings = [(one, 1), (appendix, 1), (one, 1), (one, 2), (appendix, 2)]
    assert [nesting.next_depth(style, value) for style, value in headings] == [1, 1, 2, 2, 1]
    assert nesting.next_depth(one, 2) == 1


def depths_of(*headings: tuple[str, int]) -> list[int]:
    """The depths of headings of these levels, each with text below it."""
    text = Block("值班人员每天早晚各走一遍坝顶，把看到的写在本子上，签上名字。")
    blocks = [each for name, level in headings for each in (Block(name, level=level), text)]
    return [block.depth for block in classify(blocks, Metadata()) if block.heading]


@pytest.mark.parametrize(
    ("headings", "depths"),
    [
        # one that goes on with the count above it, in the style of a lower level
        (
            [("第一章 坝", 1), ("第二章 渠", 1), ("1. 断面", 2), ("2. 衬砌", 2), ("3.【闸门】", 3), ("4. 泵站", 2)],
            [1, 1, 2, 2, 2, 2],
        ),
        ([("一、坝", 1), ("二、渠", 1), ("1. 断面", 2), ("三、【闸门】", 2), ("四、泵站", 1)], [1, 1, 2, 1, 1]),
        # one that goes on with the count of its own level
        ([("1. 坝", 1), ("1. 断面", 2), ("2. 衬砌", 2), ("2. 渠", 1), ("3. 闸", 1)], [1, 2, 2, 1, 1]),
        (
            [("1. 坝", 1), ("2. 渠", 1), ("1. 断面", 2), ("2. 衬砌", 2), ("3. 防渗", 2), ("3. 闸", 1)],
            [1, 1, 2, 2, 2, 1],
        ),
        # one that goes on below another heading
        ([("第一章 坝", 1), ("1. 断面", 2), ("第二章 渠", 1), ("第一节 主渠", 2), ("2. 衬砌", 3)], [1, 2, 1, 2, 3]),
    ],
)
def test_a_count_that_goes_on_in_the_style_of_a_lower_level(headings: list[tuple[str, int]], depths: list[int]) -> None:
    assert depths_of(*headings) == depths
