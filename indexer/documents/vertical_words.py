"""Words written downwards, a character to a paragraph, as on covers and in the cells of forms → one block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from indexer.model import Block, Kind

# So many characters below each other are a word, and no more: a list of characters is longer.
_LEAST, _MOST = 3, 12
# What counts or answers, and stands by itself.
_COUNTS = frozenset("〇零一二三四五六七八九十百甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥上中下是否对错有无男女")


def with_words_whole(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks with each word that is written downwards in the place of its characters."""
    if not any(len(block.text) == 1 for block in blocks):
        return blocks
    result: list[Block] = []
    for is_character, group in groupby(blocks, _is_character):
        run = list(group)
        result += [_joined(run)] if is_character and _is_word(run) else run
    return result


def _is_character(block: Block) -> bool:
    is_line = block.kind is Kind.BODY and block.level is None and not (block.code or block.item or block.pictures)
    return len(block.text) == 1 and "\u3400" <= block.text <= "\u9fff" and is_line


def _is_word(run: Sequence[Block]) -> bool:
    characters = {block.text for block in run}
    beside = {(block.page, block.role, block.linked) for block in run}
    return _LEAST <= len(run) <= _MOST and len(beside) == 1 and len(characters) > 1 and not characters <= _COUNTS


def _joined(run: Sequence[Block]) -> Block:
    """Return the word, which labels what stands beside it and names no section, however it is set."""
    return replace(run[0], text="".join(block.text for block in run), bold=(), centered=False)
