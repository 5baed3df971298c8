"""Lines known by what opens them: 【春】, 《采茶》, <篇名>论脉, ○修水车."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.documents.structure.evidence import BODY, SENTENCE_END, Evidence, bracket
from indexer.documents.structure.numbering import Number
from indexer.model import Block

_LEAST_BRACKETED = 2
# What opens the headings of classics and novels in plain text; a label, ○时间：, is an item.
_HEADING_MARKS = frozenset("○◎●△◇□☆★◆※")
_MARKED_NAME = re.compile(r".[、.．]?[ \u3000]?[^\W\d_][^。！？；：:，,!?;\n]{0,29}")
_LEAST_MARKED, _MARKED_SHARE = 3, 0.7
_TAGGED = re.compile(r"(<[\u4e00-\u9fff]{1,6}>)[^<>\n，。；]{1,40}$")
_LEAST_TAGGED = 3


def find_bracketed(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 【春】 and 《采茶》, alone on their lines, for titles where there are several, each with text under it."""
    if any(seen.given for seen in settled):  # where the format gives headings, 【待填写】 is text
        _forget_brackets(settled, range(len(settled)))
        return
    by_style: dict[str, list[int]] = defaultdict(list)
    times = Counter(blocks[index].text for index, seen in enumerate(settled) if seen.bracket)
    for index, seen in enumerate(settled):
        if not seen.bracket:
            continue
        # a work named again and again is where the texts are from
        is_source = seen.bracket == "《》" and times[blocks[index].text] > 1
        if is_source or _is_listed(blocks, index):
            _forget_brackets(settled, [index])
        else:
            by_style[seen.bracket].append(index)
    numbered = sum(1 for seen in settled if seen.number is not None and seen.short)
    for members in by_style.values():
        # 【注释】 below each tale of a collection, and none but such, names no tale
        says_one_thing = len({blocks[index].text for index in members}) == 1 and 2 * numbered < len(members)
        if len(members) < _LEAST_BRACKETED or says_one_thing:
            _forget_brackets(settled, members)


def _forget_brackets(settled: list[Evidence], indexes: Iterable[int]) -> None:
    for index in indexes:
        if settled[index].bracket:
            settled[index] = replace(settled[index], bracket="")


def _is_listed(blocks: Sequence[Block], index: int) -> bool:
    """Tell an entry of a list of names: it has no text of its own, or the line above it announces it."""
    own = _bracket_of(blocks, index)
    is_last = index + 1 == len(blocks)
    return (
        is_last or own in (_bracket_of(blocks, index - 1), _bracket_of(blocks, index + 1)) or _announces(blocks, index)
    )


def _announces(blocks: Sequence[Block], index: int) -> bool:
    return index > 0 and blocks[index - 1].text.endswith(("：", ":"))


def _bracket_of(blocks: Sequence[Block], index: int) -> str:
    return bracket(blocks[index].text) if 0 <= index < len(blocks) else ""


def find_tagged(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take <篇名>论脉, as exports of books write their headings, for one where the same mark opens several lines."""
    by_mark: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if block.text[0] == "<" and block.kind is BODY and not block.code and (match := _TAGGED.match(block.text)):
            by_mark[match[1]].append(index)
    tagged = {index: mark for mark, members in by_mark.items() if len(members) >= _LEAST_TAGGED for index in members}
    for mark, members in by_mark.items():
        if len(members) < _LEAST_TAGGED:
            continue
        # <目录>卷一 right above <篇名>论脉 is a division
        above = sum(1 for index in members if tagged.get(index + 1, mark) != mark)
        number = Number("第卷" if 2 * above > len(members) else "第章", 0, 0)
        name = ""
        for index in members:
            if number.style == "第章" or blocks[index].text != name:  # a division is named anew above each of its parts
                settled[index] = Evidence(number=number, bracket=mark, short=True)
            name = blocks[index].text


def find_marked(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take ○修水车 and ☆、初见, as plain texts of classics and novels mark headings, where text is below most."""
    by_mark: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if block.text[0] in _HEADING_MARKS:
            by_mark[block.text[0]].append(index)
    if not by_mark or any(seen.given for seen in settled):
        return
    for mark, members in by_mark.items():
        named = [index for index in members if _is_marked_name(blocks, settled, index, mark)]
        if len(named) >= _LEAST_MARKED and _MARKED_SHARE * len(members) <= len(named):
            for index in named:
                settled[index] = Evidence(bracket=mark, short=True)


def _is_marked_name(blocks: Sequence[Block], settled: Sequence[Evidence], index: int, mark: str) -> bool:
    """Tell a name after a mark, with a sentence below it, from the item of a list."""
    block = blocks[index]
    is_text = block.kind is BODY and block.level is None and not block.code and not block.item and not block.bold
    if not is_text or settled[index].number is not None or not _MARKED_NAME.fullmatch(block.text):
        return False
    below = blocks[index + 1].text if index + 1 < len(blocks) else mark
    return below[0] not in _HEADING_MARKS and SENTENCE_END.search(below) is not None
