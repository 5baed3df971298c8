"""Numbered lines with a name before a colon: 一、会议时间：…"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.documents.structure.evidence import Evidence
from indexer.documents.structure.numbering import Number
from indexer.model import Block

# A label is a name; 将第二条修改为： and 有下列情形之一的： are none.
_NO_NAME = "(?:问|答|注|例)[：:]|[将把能凡]|增加|删[去除]|修改|根据|按照|应当|可以|不得|如果|经"
_NAME_ENDS = "(?<![为下])(?<!(?<![标目])的)(?<!各项)(?<!包括)(?<!之一)[：:]"
_LABELLED = re.compile(rf"(?!{_NO_NAME})[^，。；：:？！\s]{{1,20}}{_NAME_ENDS}")
# In a run of labels one may be longer: 供方对质量负责的条件，以及期限：…
_LONG_LABEL = re.compile(rf"(?!{_NO_NAME})[^。；：:？！\n]{{1,30}}{_NAME_ENDS}")
# 一、现将办法说明如下：, which says of what stands below it what it is.
_ANNOUNCES = re.compile(r"[^，。；：:？！\n]{1,30}[：:]")
_SAYS_NOTHING = re.compile(r"(?:(?:参考|标准)?答案|解析|解答?)[：:]")
# Members from which on a run goes over a number that was left out or used twice.
_STEADY = 3
# One in so many members of a labelled run may be a sentence, as the last clauses of a contract are.
_MOST_SENTENCES = 3


def find_labelled(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 一、会议时间：… in a run of its like for a section by the name before the colon."""
    for members in _runs(settled, "一、"):
        labels = _labels_of(members, blocks, settled, _LABELLED)
        if not labels or not _is_labelled(members, labels, settled) or _lists_in_article(members, settled):
            continue
        labels |= _labels_of([index for index in members if index not in labels], blocks, settled, _LONG_LABEL)
        unnamed = (index for index in members if index not in labels)
        sentences = [index for index in unnamed if not _is_name(blocks[index], settled[index])]
        if _MOST_SENTENCES * len(sentences) > len(members):
            continue
        for index in members:
            if not settled[index].strong:
                settled[index] = _labelled(blocks[index], settled[index], labels.get(index, 0))


def _lists_in_article(members: Sequence[int], settled: Sequence[Evidence]) -> bool:
    """Tell the items of an article, 一、受僱者：…, from the parts of what follows the articles, as an annex does."""
    above = (settled[index] for index in range(members[0] - 1, -1, -1))
    parting = next((seen for seen in above if seen.article is not None or _parts_text(seen)), None)
    return parting is not None and parting.article is not None


def _parts_text(seen: Evidence) -> bool:
    """Tell the heading of an annex or a chapter, below which no article goes on."""
    is_division = seen.number is not None and seen.number.style.startswith("第") and seen.number.clear
    return seen.given or (seen.short and (seen.word or is_division))


def _labels_of(
    members: Iterable[int], blocks: Sequence[Block], settled: Sequence[Evidence], pattern: re.Pattern[str]
) -> dict[int, int]:
    """Return where the label of each member that has one ends."""
    open_members = (index for index in members if not settled[index].strong)
    return {index: end for index in open_members if (end := _label_end(blocks[index], settled[index], pattern))}


def _is_labelled(members: Sequence[int], labels: Mapping[int, int], settled: Sequence[Evidence]) -> bool:
    """Tell a run of which half has labels, or a longer one of which others are headings by themselves."""
    if 2 * len(labels) >= len(members):
        return len(members) > 1
    return len(members) > _STEADY and any(settled[index].short for index in members)


def _labelled(block: Block, seen: Evidence, end: int) -> Evidence:
    assert seen.number is not None
    if end and block.text[end:].strip():
        begin = seen.number.end
        if _SAYS_NOTHING.fullmatch(block.text, begin, end):
            return replace(seen, opener=(_number_alone(block, seen.number), begin))
        return replace(seen, opener=(block.text[: end - 1], end))
    if (
        not end and not seen.short and not _ANNOUNCES.fullmatch(block.text, seen.number.end)
    ):  # 六、本合同一式两份… has no name but its number
        return replace(seen, opener=(_number_alone(block, seen.number), seen.number.end))
    return replace(seen, run=True)


def _is_name(block: Block, seen: Evidence) -> bool:
    assert seen.number is not None
    return seen.short or _ANNOUNCES.fullmatch(block.text, seen.number.end) is not None


def _number_alone(block: Block, number: Number) -> str:
    return block.text[: number.end].rstrip("、．.， \u3000")


def _label_end(block: Block, seen: Evidence, pattern: re.Pattern[str]) -> int:
    """Return where the label of 一、会议时间：… ends, its colon included; 0 where there is none."""
    assert seen.number is not None
    match = pattern.match(block.text, seen.number.end)
    return match.end() if match else 0


def _runs(settled: Sequence[Evidence], style: str) -> Iterator[list[int]]:
    """Yield the indexes of numbers of a style that count up from 1, in a long run past one left out or used twice."""
    run: list[int] = []
    last = 0
    for index, seen in enumerate(settled):
        if seen.number is None or seen.number.style != style or seen.given:
            continue
        value = seen.number.value
        if value != last + 1 and not (len(run) >= _STEADY and value in (last, last + 2)):
            if run:
                yield run
            run, last = [], 0
        if run or value == 1:
            run.append(index)
            last = value
    if run:
        yield run
