"""Blocks → what they are to a reader: title, headings with their depth, captions, sources, topics. No HTML here.

A level given by the format is believed. A heading that only looks like one is judged by evidence: what it opens with,
whether it is short and no sentence, bold or centred, and, where it is neither, by the whole sequence of its numbers
(see ``runs`` and ``headings``). A numbered sentence and a list item are no headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from indexer.documents.structure import numbering
from indexer.documents.structure.captions import kind_of
from indexer.documents.structure.code_lines import is_code
from indexer.documents.structure.evidence import (
    BODY,
    NOTHING,
    Evidence,
    are_strays,
    gather_evidence,
    given_evidence,
    is_sentence,
)
from indexer.documents.structure.headings import find_headings
from indexer.documents.structure.nesting import ARTICLE, PLAIN, TITLED_ARTICLE, Nesting, Style
from indexer.documents.structure.numbering import Number
from indexer.documents.structure.runs import settle
from indexer.documents.structure.titles import frame_headings, is_byline, title_blocks
from indexer.documents.structure.topics import item_names, run_in
from indexer.model import Block, Kind, Metadata, Role

_RUNNING = Role.BODY  # as ``BODY``, for every block
# Headings that all of one level are not by chance.
_LEAST_FLAT = 3
# ``[^1]``, 研究*: where a footnote is called; (www.example.com): who copied a chapter; in the name of a section it says
# nothing.
_FOOTNOTE = re.compile(
    r"(?<=\S)\[\^[0-9]+\]|(?<=[\u4e00-\u9fff])[*＊†‡]+(?=\s*$)|(?<=\S)\s?[(（\[【](?i:https?://)?(?i:www|wap|m)\.[\w.-]+[)）\]】](?=\s*$)"
)
_LAST_PARTS = frozenset({"附则", "附則"})
# 总 则 after a number or alone, and 甲 乙 丙, which are three.
_SPACED_OUT = re.compile(
    r"(?:(?<=^)|(?<=[编章节条回卷篇部、.．）)] )|(?<=[、.．）)]))[\u4e00-\u9fff](?: [\u4e00-\u9fff]){1,7}$"
)
# 第 一 章, as recognised text and old prints have it.
_SPACED_ORDINAL = re.compile(
    r"第(?: [一二三四五六七八九十百]){1,4} (?:部 分|单 元|[编章节回卷篇部集册辑目幕场讲课])(?= |$)"
)
_COUNTS = re.compile("[一二三四五六七八九十甲乙丙丁戊己庚辛壬癸 ]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))


def classify(blocks: Sequence[Block], metadata: Metadata) -> tuple[Block, ...]:
    """Return the same blocks, text untouched, with kind, heading, depth, label and topics filled in.

    Args:
        blocks: the blocks of a document, in order, without boilerplate.
        metadata: what the file says about itself, so that the block that shows its title is known.
    """
    title = title_blocks(blocks, metadata)
    kinds = [_own_kind(block) for block in blocks]
    no_headings = title | _bylines(blocks, title) | frame_headings(blocks, title, metadata) | _repeated(blocks, title)
    gathered = [
        NOTHING if index in no_headings or kinds[index] is not BODY else _gather_evidence(block)
        for index, block in enumerate(blocks)
    ]
    for index in _strays(blocks, gathered):
        gathered[index] = NOTHING
    evidence = settle(blocks, gathered)
    accepted = find_headings(blocks, evidence)
    sections = _Sections(blocks, evidence)
    levels = _counted_levels(blocks, evidence, accepted)
    names = item_names(blocks)
    result = []
    for index, block in enumerate(blocks):
        seen = evidence[index]
        if index in title:
            result.append(replace(block, kind=Kind.TITLE))
        elif accepted[index]:
            result.append(sections.heading(block, seen, result[-1] if result else None, levels.get(index, block.level)))
        elif seen.article is not None:
            result.append(sections.article(block, seen.article))
        elif seen.opener is not None:
            result.append(sections.opener(block, seen, seen.opener))
        elif block.kind is BODY:
            result.append(_body(block, kinds[index], names.get(index, "")))
        else:
            result.append(block)
    return tuple(result)


def _own_kind(block: Block) -> Kind:
    """Tell a caption or a source line by itself: neither a heading that is marked so nor code is one."""
    if block.level is not None or block.code:
        return BODY
    return kind_of(block.text, centered=block.centered and not block.bold)


def _bylines(blocks: Sequence[Block], title: frozenset[int]) -> set[int]:
    """Return the indexes of the lines right below the title, and above it, that say whose the text is."""
    if not title:
        return set()
    below = takewhile(lambda index: is_byline(blocks[index].text), range(max(title) + 1, len(blocks)))
    above = takewhile(lambda index: is_byline(blocks[index].text), range(min(title) - 1, -1, -1))
    return {*below, *above}


def _repeated(blocks: Sequence[Block], title: frozenset[int]) -> set[int]:
    """Return the indexes of bold lines that say the title again, as standards do above their text."""
    if not title:
        return set()
    shown = "".join(blocks[index].text for index in sorted(title))
    return {
        index
        for index, block in enumerate(blocks)
        if block.level is None and block.bold and index not in title and block.text == shown
    }


def _gather_evidence(block: Block) -> Evidence:
    if block.code or block.kind is not BODY or block.role is not _RUNNING:
        return NOTHING
    if block.level is not None:
        return given_evidence(block)
    seen = gather_evidence(block)
    return seen if seen.article or not block.item else NOTHING


def _strays(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> Sequence[int]:
    """Return the indexes of sentences in the style of a heading, without a number of their own.

    Slides, which have pages, are named by any words.
    """
    given = [index for index, seen in enumerate(evidence) if seen.given]
    loose = (index for index in given if evidence[index].number is None and blocks[index].page is None)
    sentences = [index for index in loose if is_sentence(blocks[index].text)]
    return sentences if are_strays(len(sentences), len(given)) else ()


class _Sections:
    """Opens sections, one after the other, at the depth at which each stands."""

    def __init__(self, blocks: Sequence[Block], evidence: Sequence[Evidence]) -> None:
        self._nesting = Nesting()
        given = [index for index, seen in enumerate(evidence) if seen.given]
        self._has_levels = len(given) > 0
        self._article = TITLED_ARTICLE if any(seen.run and seen.article for seen in evidence) else ARTICLE
        self._division = _outermost_division([(blocks[index].level, evidence[index].number) for index in given])
        self._above_decimals = _above_decimals(blocks, evidence)
        self._is_flat = _is_flat([blocks[index].level for index in given], [evidence[index] for index in given])

    def heading(self, block: Block, seen: Evidence, before: Block | None, level: int | None) -> Block:
        """Open the section that a heading names; ``level`` is what the format and its count give it."""
        name = _name(_FOOTNOTE.sub("", f"{block.text} {seen.below}".translate(_INVISIBLE)))
        if seen.bracket.startswith("<"):
            name = name.removeprefix(seen.bracket).strip()
        if seen.word:
            name = name.rstrip("：:")
        number = None
        if seen.number is not None and not seen.word:
            number = numbering.number(name) or numbering.glued_number(name)
        style = self._style(seen, name, level)
        if style == Style(None, "book") and before is not None and before.heading and not before.label:
            style = Style(None, "chapter")  # 总则 on the line below 第一章 belongs to it
        depth = self._nesting.next_depth(style, _value(seen))
        label = _label(seen, name, number)
        return _opening(block, Kind.HEADING, name, depth, label=label)

    def article(self, block: Block, article: tuple[str, int]) -> Block:
        """Open the section of an article, whose text follows its number."""
        name, words = article
        depth = self._nesting.next_depth(Style(None, self._article))
        alone = not block.text[words:].strip()
        topics = () if alone or not block.bold else run_in(block.text, block.bold, words)
        topics = topics or (() if alone else block.topics)
        return _opening(block, Kind.HEADING if alone else BODY, name, depth, label=block.label, topics=topics)

    def opener(self, block: Block, seen: Evidence, opener: tuple[str, int]) -> Block:
        """Open a section whose name and text stand in one line: 一、会议时间：…."""
        name = _name(opener[0])
        depth = self._nesting.next_depth(self._style(seen, name, block.level), _value(seen))
        return _opening(block, BODY, name, depth, label=numbering.label_of(name, seen.number))

    def _style(self, seen: Evidence, name: str, given: int | None) -> Style:
        level = None if self._is_flat else given or self._counted_level(seen)
        if seen.article or numbering.article(name):
            return Style(level, self._article)
        number = None if seen.word else seen.number
        if number is not None and self._is_flat and number.style in ("1", "1."):
            return Style(None, "1级")
        if number is not None and (number.style != "1" or level is None):
            return Style(level, "一、" if number.style == "一" else number.style)
        if level is not None:
            return Style(level, "")
        if self._is_flat and given is not None:
            return Style(None, "book")
        if self._division and not seen.strong and name.replace(" ", "") in _LAST_PARTS:
            return Style(None, self._division)  # 附则, a line of its own, beside the chapters that the format gives
        return Style(None, seen.bracket or self._word_style(seen, name))

    def _counted_level(self, seen: Evidence) -> int | None:
        """Return the level of a heading that has none, by its number, where the format gives some to decimals."""
        parts = _parts(seen.number) if seen.number and not seen.word else 0
        level = parts + self._above_decimals if parts and self._above_decimals is not None else 0
        return level if level > 0 else None

    def _word_style(self, seen: Evidence, name: str) -> str:
        rank = numbering.word_rank(name) or ("book" if seen.word else PLAIN)
        # where the format gives levels, 总则 in bold is a bold line
        return PLAIN if self._has_levels and rank != "appendix" else rank


def _counted_levels(
    blocks: Sequence[Block], evidence: Sequence[Evidence], accepted: Sequence[bool]
) -> Mapping[int, int | None]:
    """Return the levels of headings whose count has some with a level, the same for all, and some without.

    Word loses the style of a heading now and then: 二、 between 一、 and 三、 is no part of 一、. Where few have the
    level, and not the first, none of them has.
    """
    levels: dict[int, int | None] = {}
    for count in _counts(evidence, accepted):
        given = [index for index in count if evidence[index].given]
        if not 0 < len(given) < len(count) or len({blocks[index].level for index in given}) > 1:
            continue
        is_usual = 2 * len(given) >= len(count) or (count[0] in given and _value(evidence[count[0]]) == 1)
        levels.update(dict.fromkeys(count, blocks[given[0]].level if is_usual else None))
    levels.update(_raised_levels(blocks, evidence, accepted))
    return levels


def _raised_levels(
    blocks: Sequence[Block], evidence: Sequence[Evidence], accepted: Sequence[bool]
) -> Mapping[int, int | None]:
    """Return the levels of headings that go on with a count from below where it stands: 2. of level 2, 3. of level 3.

    Nothing of a higher level came between them, and no count of that lower level is the one that they go on with.
    """
    levels: dict[int, int | None] = {}
    last: dict[str, tuple[int, int]] = {}  # value and level by style
    counted: dict[tuple[str, int], int] = {}
    for index, seen in enumerate(evidence):
        level = blocks[index].level
        if not (accepted[index] and seen.given and level):
            continue
        style = seen.number.style if seen.number and not seen.number.style.endswith("级") else ""
        value, above = last.get(style, (0, level))
        if style and level > above and value and _value(seen) == value + 1 != counted.get((style, level), 0) + 1:
            level = above
            levels[index] = level
        last = {one: (count, at) for one, (count, at) in last.items() if at < level}
        if style:
            last[style] = _value(seen), level
            counted[style, level] = _value(seen)
    return levels


def _counts(evidence: Sequence[Evidence], accepted: Sequence[bool]) -> list[list[int]]:
    """Return the headings of each style whose numbers count up without a gap."""
    counts: list[list[int]] = []
    current: dict[str, list[int]] = {}
    for index, number in _numbered_headings(evidence, accepted):
        count = current.get(number.style)
        if count is None or _value(evidence[count[-1]]) + 1 != number.value:
            count = current[number.style] = []
            counts.append(count)
        count.append(index)
    return counts


def _numbered_headings(evidence: Sequence[Evidence], accepted: Sequence[bool]) -> Iterator[tuple[int, Number]]:
    for index, seen in enumerate(evidence):
        if accepted[index] and seen.number is not None and not seen.word and not seen.number.style.endswith("级"):
            yield index, seen.number


def _value(seen: Evidence) -> int:
    return seen.number.value if seen.number is not None else 0


def _name(text: str) -> str:
    """Return the name of a section: white space as one space, and none in a word that is spaced out (总　则)."""
    name = " ".join(text.split())
    if (ordinal := _SPACED_ORDINAL.match(name)) is not None:
        head = ordinal[0].replace(" ", "")
        name = f"{head} {name[ordinal.end() :].lstrip()}".rstrip()
    spaced = _SPACED_OUT.search(name)
    if spaced is None or _COUNTS.fullmatch(spaced[0]):
        return name
    return name[: spaced.start()] + spaced[0].replace(" ", "")


def _outermost_division(given: Iterable[tuple[int | None, Number | None]]) -> str:
    """Return the style of the highest numbered divisions that the format gives, 第编 or 第章; empty where none are."""
    divisions = [(level or 0, number.style) for level, number in given if number and number.style.startswith("第")]
    return min(divisions)[1] if divisions else ""


def _above_decimals(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> int | None:
    """Return how much deeper than the count of their parts the levels of 1.1 and 1.1.1 are, where all agree."""
    given = zip(blocks, evidence, strict=True)
    above = {
        block.level - _parts(seen.number)
        for block, seen in given
        if seen.given and block.level and seen.number and _parts(seen.number) > 1
    }
    return above.pop() if len(above) == 1 else None


def _parts(number: Number) -> int:
    """Return how many parts a number has that is counted in parts, 1 or 1.1; 0 of another style."""
    if number.style == "1":
        return 1
    return int(number.style[0]) if number.style.endswith("级") else 0


def _label(seen: Evidence, name: str, number: Number | None) -> str:
    if seen.number is not None and seen.number.style == numbering.BARE:
        return ""
    if seen.article is not None and name.startswith(seen.article[0]):
        return numbering.after(name, len(seen.article[0]))
    is_article = numbering.article(name) is not None
    return (
        numbering.label(name.removeprefix(seen.bracket))
        if is_article or seen.bracket
        else numbering.label_of(name, number)
    )


def _is_flat(levels: Sequence[int | None], evidence: Sequence[Evidence]) -> bool:
    """Tell whether the format gives all headings one level, and their numbers show more: converters do that."""
    if len(levels) < _LEAST_FLAT or len(set(levels)) > 1:
        return False
    styles = {seen.number.style for seen in evidence if seen.number is not None}
    return "2级" in styles and bool(styles & {"1", "1.", "3级"})


def _opening(block: Block, kind: Kind, heading: str, depth: int, *, label: str, topics: tuple[str, ...] = ()) -> Block:
    """Return the block as the opening of a section; ``replace`` takes five times as long, and laws are full of them."""
    return Block(
        text=block.text,
        level=block.level,
        bold=block.bold,
        centered=block.centered,
        kind=kind,
        item=block.item,
        code=block.code,
        page=block.page,
        page_end=block.page_end,
        anchor=block.anchor,
        heading=heading,
        depth=depth,
        label=label,
        topics=topics,
        pictures=block.pictures,
    )


def _body(block: Block, kind: Kind, name: str) -> Block:
    if kind is not BODY:
        return replace(block, kind=kind)
    topics = run_in(block.text, block.bold, 0) if block.bold and not is_code(block.text) else ()
    topics = topics or ((name,) if name else ())
    return replace(block, topics=topics) if topics else block
