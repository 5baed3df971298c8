"""Which numbers count, and what stands alone under a number or is called by the line below it.

第三集团军 has no second 集 beside it, 1.4亿人 no 1.3.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from indexer.documents.structure.evidence import BODY, NOTHING, SENTENCE_END, Evidence, without_number
from indexer.documents.structure.numbering import BARE, Number
from indexer.model import Block

# Divisions that are measure words too (第三集团军, 第一节课), against those that only number.
_ONLY_DIVISIONS = frozenset({"第章", "第编", "第分编"})
_LEAST_NAMED = 2
# One chapter in so many may stand above text at once.
_MOST_NAMED = 3
_LEAST_NUMBERS = 3
_BARE_NUMBER = re.compile(r"0?[1-9][0-9]{0,2}\.?")
_LONGEST_BARE = 5
# What may be called by the line below it.
_CHAPTERS = frozenset({"第章", "第回", "第话"})
_NAME_BELOW = re.compile(r"(?=.*[^\W\d_])[^。；：，！？,;:!?<>\n]{1,40}")
# Members from which on a run goes over a number that was left out.
_STEADY = 3


def without_lone_numbers(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence without the numbers that might be measures or names and stand beside no other."""
    doubtful = [index for index, seen in enumerate(evidence) if seen.number is not None and not seen.number.clear]
    settled = list(evidence)
    if not doubtful:
        return settled
    counted = _Counted(blocks, evidence)
    for index in doubtful:
        if not counted.has_company(index):
            settled[index] = without_number(blocks[index], evidence[index])
    return settled


class _Counted:
    """The numbers of a document, to ask which of them stand beside others."""

    def __init__(self, blocks: Sequence[Block], evidence: Sequence[Evidence]) -> None:
        self._blocks, self._evidence = blocks, evidence
        # for every number, what opens a text so numbered, and what follows its number
        self._openings: dict[tuple[str, str, int], set[str]] = defaultdict(set)
        self._followers: dict[tuple[str, str, int], set[str]] = defaultdict(set)
        self._whole: set[str] = set()
        self._parents: set[str] = set()
        for index, seen in enumerate(evidence):
            if seen.number is not None:
                number = seen.number
                key = (number.style, number.parent, number.value)
                text = blocks[index].text
                self._openings[key].add(text[0])
                self._followers[key].add(text[number.end : number.end + 1])
                self._parents.add(number.parent)
                self._whole.add(f"{number.parent}.{number.value}" if number.parent else str(number.value))

    def has_company(self, index: int) -> bool:
        """Tell whether the number of a block counts with others."""
        number = self._evidence[index].number
        assert number is not None
        if number.style.endswith("级"):
            return number.parent in self._whole or number.parent.isalpha() or self._has_neighbour(number)
        if number.style == "第部" and not number.value:
            return len(self._openings[number.style, "", 0]) > 1
        if number.style == "1":
            seen = self._evidence[index]
            return str(number.value) in self._parents and (seen.short or seen.given)
        if number.style.startswith("第"):
            return number.style in _ONLY_DIVISIONS or self._counts_on(index, number)
        return self._has_neighbour(number)

    def _has_neighbour(self, number: Number) -> bool:
        return any((number.style, number.parent, number.value + step) in self._openings for step in (-1, 1))

    def _counts_on(self, index: int, number: Number) -> bool:
        """Tell 第一部总论, 第二部分论 from 第二回合, 第三回合: words follow, not the same one each time."""
        own = {self._blocks[index].text[number.end : number.end + 1]}
        return any(self._followers.get((number.style, "", number.value + step), own) - own for step in (-1, 1))


def find_names_below(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Call 3.1, or 第一章, alone in its block, by the short one below it, where several are so called and explained."""
    alone = [index for index in range(len(blocks) - 2) if _is_number_alone(blocks[index], settled[index])]
    chapters = [index for index in alone if not _is_decimal(settled[index])]
    decimals = [index for index in alone if _is_decimal(settled[index])]
    named = [index for index in chapters if _is_above_name(blocks, settled, index)]
    found = [index for index in decimals if _is_above_name(blocks, settled, index)]
    if len(found) < _LEAST_NAMED:
        for index in decimals:
            settled[index] = NOTHING  # 6.1 is a figure
        found = []
    if len(named) >= _LEAST_NAMED and _MOST_NAMED * len(named) >= (_MOST_NAMED - 1) * len(chapters):
        found += named
    for index in found:
        settled[index] = replace(settled[index], below=blocks[index + 1].text)
        settled[index + 1] = NOTHING


def _is_number_alone(block: Block, seen: Evidence) -> bool:
    if seen.number is None or seen.given or seen.strong or seen.number.end < len(block.text):
        return False
    return _is_decimal(seen) or seen.number.style in _CHAPTERS


def _is_decimal(seen: Evidence) -> bool:
    return seen.number is not None and seen.number.style.endswith("级")


def _is_above_name(blocks: Sequence[Block], settled: Sequence[Evidence], index: int) -> bool:
    name, after = blocks[index + 1].text, settled[index + 1]
    is_named = after.number is None and after.article is None and not after.given and not after.word
    is_explained = settled[index + 2].number is None and blocks[index + 2].kind is BODY
    return is_named and is_explained and _NAME_BELOW.fullmatch(name) is not None


def find_bare_numbers(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 1, 2, 3, each alone in its block, for the parts of a story where sentences follow each."""
    short = [index for index, block in enumerate(blocks) if len(block.text) <= _LONGEST_BARE]
    alone = [index for index in short if _is_bare_number(blocks[index], settled[index])]
    runs: list[list[int]] = []
    last = 0
    for at, index in enumerate(alone):
        value = int(blocks[index].text.rstrip("."))
        if value == 1:
            runs.append([])
        elif not runs or not (value == last + 1 or (value == last + 2 and len(runs[-1]) >= _STEADY)):
            return  # a row of numbers, not a count
        last = value
        end = alone[at + 1] if at + 1 < len(alone) else len(blocks)
        if not _is_story(blocks[index + 1 : end]) or _interrupts(blocks, settled, index):
            return
        runs[-1].append(index)
    if sum(map(len, runs)) >= _LEAST_NUMBERS and all(len(run) > 1 for run in runs):
        for index in alone:
            value = int(blocks[index].text.rstrip("."))
            settled[index] = Evidence(number=Number(BARE, value, len(blocks[index].text)), short=True, run=True)


def _is_bare_number(block: Block, seen: Evidence) -> bool:
    is_text = block.kind is BODY and block.level is None and not block.code and not block.item
    return is_text and seen.number is None and _BARE_NUMBER.fullmatch(block.text) is not None


def _interrupts(blocks: Sequence[Block], settled: Sequence[Evidence], index: int) -> bool:
    """Tell the number of a page, which stands in the midst of a text, from that of a part."""
    before, after = blocks[index - 1 : index] if index else (), blocks[index + 1]
    is_at_page_end = after.page is not None and after.page != blocks[index].page
    is_first = blocks[index].text.rstrip(".") in ("1", "01")
    return is_at_page_end or any(
        not (is_first or settled[index - 1].short or SENTENCE_END.search(block.text)) for block in before
    )


def _is_story(blocks: Sequence[Block]) -> bool:
    """Tell paragraphs that are sentences from the entries of a form or a list."""
    sentences = sum(1 for block in blocks if SENTENCE_END.search(block.text))
    return sentences > 0 and 2 * sentences >= len(blocks)
