"""Questions: those of an exam are numbered and no headings, those of a reader, answered below, are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from indexer.documents.structure.evidence import BODY, ITEM_STYLES, Evidence, without_number
from indexer.model import Block

_ANSWER = re.compile(r"[（(]?[AＡ][）)]?[．.、\s]|(?:答|解|答案|参考答案)[：:]")
_GAP_TO_FILL = re.compile(r"[（(][\s\u3000]*[）)]\s*[。.]?$|_{2,}|＿{2,}")
_QUESTION = re.compile(r"[^。！；\n]{2,40}[？?]")
_LEAST_QUESTIONS = 2
# 问：…？ and 答：…, each in a paragraph of its own, in code points on average.
_ASKED = re.compile(r"(?:[问問]|[Qq])\s?[0-9]{0,3}\s?[：:、.．]\s?[^\n]{2,80}[？?]")
_ANSWERED = re.compile(r"(?:答|[Aa])\s?[0-9]{0,3}\s?[：:、.．]")
_LEAST_ANSWER = 16


def forget_questions(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take the numbers of an exam's questions for what they are; where a third asks, all of that style do."""
    by_style: dict[str, list[int]] = defaultdict(list)
    for index, seen in enumerate(settled):
        if seen.number is not None and not seen.given and seen.number.style in ITEM_STYLES:
            by_style[seen.number.style].append(index)
    for members in by_style.values():
        asking = sum(1 for index in members if _asks(blocks, index))
        if 3 * asking >= len(members):
            for index in members:
                settled[index] = without_number(blocks[index], settled[index])


def _asks(blocks: Sequence[Block], index: int) -> bool:
    text = blocks[index].text
    if _GAP_TO_FILL.search(text):
        return True
    return index + 1 < len(blocks) and _ANSWER.match(blocks[index + 1].text) is not None


def find_bold_questions(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take bold questions for headings where several stand alone, each with its answer below."""
    found = [index for index in range(len(blocks) - 1) if _is_bold_question(blocks[index], settled[index])]
    answered = [index for index in found if not settled[index + 1].strong and not settled[index + 1].given]
    if len(answered) < _LEAST_QUESTIONS or len(answered) < len(found):
        return
    for index in answered:
        settled[index] = replace(settled[index], plain=True)


def _is_bold_question(block: Block, seen: Evidence) -> bool:
    is_bold = seen.strong and bool(block.bold) and not seen.given and seen.number is None
    return is_bold and _QUESTION.fullmatch(block.text) is not None


def find_asked(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 问：… above 答：… for headings where each is so answered, and not in a word as in an interrogation."""
    asked = [index for index, block in enumerate(blocks) if _is_asked(block, settled[index])]
    answered = [index for index in asked if index + 1 < len(blocks) and _ANSWERED.match(blocks[index + 1].text)]
    if len(answered) < _LEAST_QUESTIONS or len(answered) < len(asked):
        return
    if sum(len(blocks[index + 1].text) for index in answered) < _LEAST_ANSWER * len(answered):
        return
    for index in answered:
        settled[index] = replace(settled[index], number=None, short=True, run=True)


def _is_asked(block: Block, seen: Evidence) -> bool:
    is_text = block.kind is BODY and not block.code and not block.item and not seen.given
    return is_text and block.text[0] in "问問Qq" and _ASKED.fullmatch(block.text) is not None
