"""Articles: 第一条为了… is followed by 第二条, and those of a contract have titles."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.documents.structure import numbering
from indexer.documents.structure.evidence import BODY, Evidence
from indexer.model import Block

_LEAST_ARTICLES = 3
_LEAST_TITLED = 2
_PARTIES = ("甲方", "乙方")
# What a contract is called, in its first lines; 合同法 and 合同管理办法 are none.
_CONTRACT = re.compile(r"[^，。；：]{0,30}(?:合同|协议|协定|契约)书?(?:[（(][^（()）]{1,16}[）)])?")
_CONTRACT_REACH = 3
# What 第一条 房屋基本情况 is called; a sentence has marks in it.
_ARTICLE_TITLE = re.compile(r"[\s\u3000、【\[（(]*[^\s\d，。；：！？,;:!?][^，。；：！？,;:!?\n]{1,23}[。：:]?")


def find_glued_articles(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 第一条为了… for an article where they count from the first, each at the opening of a paragraph."""
    places = [index for index, block in enumerate(blocks) if block.text.startswith("第") and not block.code]
    glued = {index: found for index in places if (found := _glued_article(blocks[index], settled[index]))}
    if len(glued) < _LEAST_ARTICLES:
        return
    opened = {index: found for index in places if (found := settled[index].article or glued.get(index))}
    mentions = [index for index in glued if numbering.is_mention(blocks[index].text, glued[index][1])]
    sure = [index for index in opened if index not in mentions]
    # 第七十条中标通知书… between 第六十九条 and 第七十一条 speaks of no article
    places = sorted([*sure, *(index for index in mentions if _fills_a_gap(index, sure, opened))])
    values = [numbering.article_value(opened[index][0]) for index in places]
    for at, index in enumerate(places):
        follows = values[at] == (values[at - 1] + 1 if at else 1)
        goes_on = at + 1 == len(places) or values[at + 1] == values[at] + 1
        if index in glued and follows and goes_on:
            settled[index] = Evidence(article=glued[index])


def _fills_a_gap(index: int, sure: Sequence[int], opened: Mapping[int, tuple[str, int]]) -> bool:
    """Tell whether the articles before and after, of which nothing else speaks, miss the one that a block opens."""
    at = bisect(sure, index)
    if not 0 < at < len(sure):
        return False
    before, value, after = (numbering.article_value(opened[each][0]) for each in (sure[at - 1], index, sure[at]))
    return (before + 1, after - 1) == (value, value)


def _glued_article(block: Block, seen: Evidence) -> tuple[str, int] | None:
    if seen.article or seen.given or block.kind is not BODY:
        return None
    return numbering.glued_article(block.text)


def find_titled_articles(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 第一条 房屋基本情况 for a heading where most articles of a contract have such a title, with text under it.

    The articles of a law are known by their numbers alone, whatever title they have.
    """
    opened = [index for index, seen in enumerate(settled) if seen.article is not None]
    titled = [index for index in opened if _is_titled_article(blocks, settled, index)]
    if len(titled) < _LEAST_TITLED or 2 * len(titled) < len(opened) or not _is_contract(blocks):
        return
    for index in titled:
        settled[index] = replace(settled[index], run=True)


def _is_contract(blocks: Sequence[Block]) -> bool:
    """Tell a contract by its title, or by its parties."""
    if any(_CONTRACT.fullmatch("".join(block.text.split())) for block in blocks[:_CONTRACT_REACH]):
        return True
    return all(any(party in block.text for block in blocks) for party in _PARTIES)


def _is_titled_article(blocks: Sequence[Block], settled: Sequence[Evidence], index: int) -> bool:
    found = settled[index].article
    assert found is not None
    text = blocks[index].text
    if text[-1] == "；" or index + 1 == len(blocks) or settled[index + 1].article is not None:
        return False
    return _ARTICLE_TITLE.fullmatch(text, found[1]) is not None
