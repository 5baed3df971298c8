"""What a single line cannot settle, settled by its company: which numbers count, which lines open sections.

第三集团军 has no second 集 beside it, 1.4亿人 no 1.3; 番外 旧信 stands among chapters; 第一条为了 is followed by
第二条; questions of an exam are numbered and no headings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.documents.structure import numbering
from indexer.documents.structure.evidence import ITEM_STYLES, Evidence, bracket, is_plain
from indexer.documents.structure.numbering import Number
from indexer.model import Block, Kind

# Divisions that are measure words too (第三集团军, 第一节课), against those that only number.
_ONLY_DIVISIONS = frozenset({"第章", "第编", "第分编"})
_ANSWER = re.compile(r"[（(]?[AＡ][）)]?[．.、\s]|(?:答|解|答案|参考答案)[：:]")
_GAP_TO_FILL = re.compile(r"[（(][\s\u3000]*[）)]\s*[。.]?$|_{2,}|＿{2,}")
_LEAST_ARTICLES = 3
_LABELLED = re.compile(r"[^，。；：:、？！\s]{1,12}[：:]")
_LEAST_BRACKETED = 2


def settle(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence as all of it together shows it."""
    settled = _without_lone_numbers(blocks, evidence)
    _forget_questions(blocks, settled)
    _find_glued_articles(blocks, settled)
    _find_titled_parts(blocks, settled)
    _find_bracketed(blocks, settled)
    _find_labelled(blocks, settled)
    _forget_bold_leads(settled)
    return settled


# ── numbers that need company ────────────────────────────────────────────────────────────────────────────────────────


def _without_lone_numbers(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> list[Evidence]:
    doubtful = [index for index, seen in enumerate(evidence) if seen.number is not None and not seen.number.clear]
    settled = list(evidence)
    if not doubtful:
        return settled
    counted = _Counted(blocks, evidence)
    for index in doubtful:
        if not counted.has_company(index):
            settled[index] = _without_number(blocks[index], evidence[index])
    return settled


def _without_number(block: Block, seen: Evidence) -> Evidence:
    plain = not seen.given and bool(block.bold) and seen.strong and is_plain(block.text)
    return replace(seen, number=None, plain=plain)


class _Counted:
    """The numbers of a document, to ask which of them stand beside others."""

    def __init__(self, blocks: Sequence[Block], evidence: Sequence[Evidence]) -> None:
        self._blocks, self._evidence = blocks, evidence
        # for every number, what opens a text so numbered, and what follows its number
        self._openings: dict[tuple[str, str, int], set[str]] = defaultdict(set)
        self._followers: dict[tuple[str, str, int], set[str]] = defaultdict(set)
        self._whole: set[str] = set()
        for index, seen in enumerate(evidence):
            if seen.number is not None:
                number = seen.number
                key = (number.style, number.parent, number.value)
                text = blocks[index].text
                self._openings[key].add(text[0])
                self._followers[key].add(text[number.end : number.end + 1])
                self._whole.add(f"{number.parent}.{number.value}" if number.parent else str(number.value))

    def has_company(self, index: int) -> bool:
        """Tell whether the number of a block counts with others."""
        number = self._evidence[index].number
        assert number is not None
        if number.style.endswith("级"):
            return number.parent in self._whole or number.parent.isalpha() or self._has_neighbour(number)
        if number.style == "第部" and not number.value:
            return len(self._openings[number.style, "", 0]) > 1
        if number.style.startswith("第"):
            return number.style in _ONLY_DIVISIONS or self._counts_on(index, number)
        return self._has_neighbour(number)

    def _has_neighbour(self, number: Number) -> bool:
        return any((number.style, number.parent, number.value + step) in self._openings for step in (-1, 1))

    def _counts_on(self, index: int, number: Number) -> bool:
        """Tell 第一部总论, 第二部分论 from 第二回合, 第三回合: words follow, not the same one each time."""
        own = {self._blocks[index].text[number.end : number.end + 1]}
        return any(self._followers.get((number.style, "", number.value + step), own) - own for step in (-1, 1))


# ── questions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _forget_questions(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take the numbers of an exam's questions for what they are; where a third asks, all of that style do."""
    by_style: dict[str, list[int]] = defaultdict(list)
    for index, seen in enumerate(settled):
        if seen.number is not None and not seen.given and seen.number.style in ITEM_STYLES:
            by_style[seen.number.style].append(index)
    for members in by_style.values():
        asking = sum(1 for index in members if _asks(blocks, index))
        if 3 * asking >= len(members):
            for index in members:
                settled[index] = _without_number(blocks[index], settled[index])


def _asks(blocks: Sequence[Block], index: int) -> bool:
    text = blocks[index].text
    if _GAP_TO_FILL.search(text):
        return True
    return index + 1 < len(blocks) and _ANSWER.match(blocks[index + 1].text) is not None


# ── articles ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _find_glued_articles(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 第一条为了… for an article where they count from the first, each at the opening of a paragraph."""
    places = [index for index, block in enumerate(blocks) if block.text.startswith("第") and not block.code]
    glued = {index: found for index in places if (found := _glued_article(blocks[index], settled[index]))}
    if len(glued) < _LEAST_ARTICLES:
        return
    opened = [(index, found) for index in places if (found := settled[index].article or glued.get(index))]
    values = [numbering.article_value(name) for _, (name, _) in opened]
    for at, (index, found) in enumerate(opened):
        follows = values[at] == (values[at - 1] + 1 if at else 1)
        goes_on = at + 1 == len(opened) or values[at + 1] == values[at] + 1
        if index in glued and follows and goes_on:
            settled[index] = Evidence(article=found)


def _glued_article(block: Block, seen: Evidence) -> tuple[str, int] | None:
    if seen.article or seen.given or block.kind is not Kind.BODY:
        return None
    return numbering.glued_article(block.text)


# ── parts of novels, titles in brackets, labels of minutes ───────────────────────────────────────────────────────────


def _find_titled_parts(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 番外一 旧信 and 后记 雨停之后 for headings where there are chapters beside them."""
    chapters = sum(1 for seen in settled if seen.number is not None and seen.number.style in ("第章", "第回", "第话"))
    if not chapters:
        return
    for index, seen in enumerate(settled):
        if seen.part and not seen.given and not seen.word:
            settled[index] = replace(seen, word=True, short=True, number=None)


def _find_bracketed(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 【春】 and 《采茶》, alone on their lines, for titles where there are several, each with text under it."""
    by_style: dict[str, list[int]] = defaultdict(list)
    for index, seen in enumerate(settled):
        if not seen.bracket:
            continue
        if _is_listed(blocks, index):
            settled[index] = replace(seen, bracket="")
        else:
            by_style[seen.bracket].append(index)
    for members in by_style.values():
        if len(members) < _LEAST_BRACKETED:
            for index in members:
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


def _find_labelled(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 一、会议时间：… in a run of its like for a section by the name before the colon."""
    for members in _runs(settled, "一、"):
        labels = {index: end for index in members if (end := _label_end(blocks[index], settled[index]))}
        if len(members) < 2 or 2 * len(labels) < len(members):
            continue
        if not all(index in labels or settled[index].short for index in members):
            continue
        for index in members:
            settled[index] = _labelled(blocks[index], settled[index], labels.get(index, 0))


def _labelled(block: Block, seen: Evidence, end: int) -> Evidence:
    if end and block.text[end:].strip():
        return replace(seen, opener=(block.text[: end - 1], end))
    return replace(seen, run=True)


def _label_end(block: Block, seen: Evidence) -> int:
    """Return where the label of 一、会议时间：… ends, its colon included; 0 where there is none."""
    assert seen.number is not None
    match = _LABELLED.match(block.text, seen.number.end)
    return match.end() if match else 0


def _runs(settled: Sequence[Evidence], style: str) -> Iterator[list[int]]:
    """Yield the indexes of numbers of a style that count up from 1."""
    run: list[int] = []
    last = 0
    for index, seen in enumerate(settled):
        if seen.number is None or seen.number.style != style or seen.given or seen.strong:
            continue
        if seen.number.value != last + 1:
            if run:
                yield run
            run = []
            last = 0
        if seen.number.value == last + 1:
            run.append(index)
            last += 1
    if run:
        yield run


def _forget_bold_leads(settled: list[Evidence]) -> None:
    """Take a bold line above the first heading that the format gives for text."""
    first = next((index for index, seen in enumerate(settled) if seen.given), 0)
    for index in range(first):
        if settled[index].plain:
            settled[index] = Evidence()
