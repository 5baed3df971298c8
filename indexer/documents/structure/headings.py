"""Whether a paragraph that looks like a heading is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from indexer.documents.structure.evidence import (
    CLAUSE_END,
    CONTENTS,
    ENDS_PAGE,
    ITEM_STYLES,
    NOTHING,
    Evidence,
    entry,
    is_line,
)
from indexer.documents.structure.titles import COVER_LINE, READING_TIME
from indexer.model import Block, Kind

_OPEN = re.compile(r"[：:]$")
_PAUSE = re.compile("[，,]")
# A question heads its answer, however long it is.
_SENTENCE = re.compile("(?!.*[？?]$).*[，,]|.*[。；]$")
# The dots that lead to a page number: 附录A 示例……20
_LED = re.compile(r"(?:[.．·]{4,}|…{2,}|(?:[.·…][ \t]?){5,})[ \t]*(?:[0-9]{1,4}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[IVXivx]{1,5})$")
_LONGEST_ENTRY = 160
_CLOSES_SENTENCE = frozenset("。；，、")
# Headings, at least, that come again below a table of contents.
_LEAST_AGAIN = 2
_PAGE_ENDS = frozenset("0123456789ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVXivx")
# A heading that closes like a sentence or announces what follows, in a run of headings.
_ODD = re.compile(r"[^。！？；\n]{1,40}[。！？!?：:]")
_LONGEST_BYLINE, _LONGEST_SIGNATURE = 16, 30
_DEEP = ("3级", "4级", "5级")
_MOST_COVER_LINES = 2
# Who reports, or who said what stands above: 江城晚报记者 林小雨, ——（宋）陆游.
_CREDIT = re.compile(
    r"\S{0,12}(?:记者|通讯员|评论员|撰稿人?|撰文|执笔|采写|发言人|编译)[：:/／|\s\u3000]+(?:[\u4e00-\u9fff·]{2,5}(?:[、，,/&\s\u3000]+|$)){1,6}"
    r"|[—－]{2}[^—－，。；？！?]{2,20}"
)
_BYLINE = re.compile(r"(?:作者|文|作词|撰文|整理|译)[：:/ \u3000]|[〔\[（(][唐宋元明清魏晋汉隋金]|[0-9]{4}\s*年")


@dataclass(slots=True)
class _NumberSequence:
    """Numbers of one style that count up without a gap."""

    items: list[int] = field(default_factory=list)
    last: int = 0
    from_one: bool = True


def find_headings(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> list[bool]:
    """Decide for every block whether it is a heading."""
    sequences = _sequences(evidence)
    by_sequence = _accepted_by_sequence(sequences, blocks, evidence) | _going_on_from_given(blocks, evidence)
    stressed = {index for sequence in sequences for index in _stressed(sequence, blocks, evidence)}
    stressed |= {index for sequence in sequences for index in _last_items(sequence.items, blocks)}
    bylines = _bylines(blocks, evidence)
    no_names = bylines | _cover_lines(blocks, evidence) | _credits(blocks, evidence)
    contents = _contents_entries(blocks, evidence)
    has_decimals = any(
        seen.number is not None and seen.number.style.endswith("级") and not seen.given for seen in evidence
    )
    around = _around_articles(sequences, evidence)
    result = []
    in_article = False
    for index, seen in enumerate(evidence):
        if seen is NOTHING:
            accepted = False
        elif seen.given:
            accepted = index not in contents
        elif index in contents or index in no_names or index in stressed or seen.opener:
            accepted = False
        else:
            plain_follows = _next_is_plain(evidence, index) and index + 1 not in bylines
            plain_follows |= seen.plain and _is_vertical(blocks, index)
            accepted = _is_heading(seen, index in by_sequence, plain_follows, has_decimals=has_decimals)
            if accepted and in_article and not (seen.strong or index in around or _outlives_article(seen)):
                accepted = False
        in_article = (in_article or seen.article is not None) and not accepted
        result.append(accepted)
    return result


def _is_heading(seen: Evidence, by_sequence: bool, plain_follows: bool, *, has_decimals: bool) -> bool:
    if seen.run or seen.bracket:
        return True
    if seen.number is None:
        return (seen.word and seen.short) or (seen.plain and not plain_follows)
    if not seen.short:
        return by_sequence
    if seen.strong:
        return True
    if seen.number.style == "1" and not has_decimals:
        return False
    if seen.number.style.startswith("第"):
        return seen.number.clear or by_sequence
    return by_sequence


def _bylines(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> set[int]:
    """Return the indexes of bold lines that say whose the title above them is: two such lines, and text after them."""
    pairs = [
        index + 1
        for index in range(len(evidence) - 2)
        if evidence[index].plain
        and evidence[index + 1].plain
        and not evidence[index + 2].plain
        and not (index and evidence[index - 1].plain)
    ]
    # below several titles: what a page of contents and the text both have is a title below the name of its part
    seconds = Counter(second for _, second in {(blocks[index - 1].text, blocks[index].text) for index in pairs})
    return {
        index
        for index in pairs
        if len(blocks[index].text) <= _LONGEST_BYLINE
        and (evidence[index - 1].bracket or _BYLINE.match(blocks[index].text) or seconds[blocks[index].text] > 1)
    }


def _cover_lines(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> set[int]:
    """Return the indexes of bold lines that say when a document is from, its edition, or an exam's length.

    They are centred, or the only one, below who signs: a diary has several dates.
    """
    lines = [index for index, seen in enumerate(evidence) if seen.plain and COVER_LINE.fullmatch(blocks[index].text)]
    is_only = len(lines) == 1
    found = [index for index in lines if blocks[index].centered or (is_only and _is_signed(blocks, index))]
    return set(found) if len(found) <= _MOST_COVER_LINES else set()


def _credits(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> set[int]:
    """Return the indexes of lines that say who reports, whose the words above them are, how long a post is to read."""
    return {
        index
        for index, seen in enumerate(evidence)
        if (seen.plain and _CREDIT.fullmatch(blocks[index].text))
        or (seen.strong and READING_TIME.fullmatch(blocks[index].text))
    }


def _is_signed(blocks: Sequence[Block], index: int) -> bool:
    before = blocks[index - 1].text if index else ""
    return 0 < len(before) <= _LONGEST_SIGNATURE and not CLAUSE_END.search(before)


def _next_is_plain(evidence: Sequence[Evidence], index: int) -> bool:
    return index + 1 >= len(evidence) or evidence[index + 1].plain


def _is_vertical(blocks: Sequence[Block], index: int) -> bool:
    """Tell a line of one character below another such: words written downwards, as in the cells of a form."""
    return index > 0 and len(blocks[index].text) == len(blocks[index - 1].text) == 1


def _outlives_article(seen: Evidence) -> bool:
    """Tell whether a heading is of a kind that may follow the articles of a law: 第二章, 附件, a titled article."""
    return seen.word or seen.article is not None or (seen.number is not None and seen.number.style.startswith("第"))


def _around_articles(sequences: Iterable[_NumberSequence], evidence: Sequence[Evidence]) -> set[int]:
    """Return the indexes of counts that began above the first article: 一、期限 of a contract, with 第一条 below."""
    first = next((index for index, seen in enumerate(evidence) if seen.article is not None), len(evidence))
    counts = (sequence.items for sequence in sequences if sequence.from_one and sequence.items[0] < first)
    return {index for items in counts for index in items}


def _accepted_by_sequence(
    sequences: Iterable[_NumberSequence], blocks: Sequence[Block], evidence: Sequence[Evidence]
) -> set[int]:
    """Return the indexes of short numbered blocks whose sequence shows that they are headings."""
    accepted: set[int] = set()
    for sequence in sequences:
        if _is_sequence_of_headings(sequence, blocks, evidence):
            accepted.update(index for index in sequence.items if evidence[index].short)
            accepted.update(_odd_members(sequence.items, blocks, evidence))
    return accepted


def _going_on_from_given(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> set[int]:
    """Return the indexes of short lines that go on with a count of headings that the format gives: 四、 below 三、.

    Nothing of that level or above it stands between, nor another of the count, as in a list.
    """
    going_on: set[int] = set()
    last: dict[str, tuple[int, int]] = {}  # value and level by style
    for index, seen in enumerate(evidence):
        number, level = seen.number, blocks[index].level or 0
        if seen.given:
            last = {style: (value, at) for style, (value, at) in last.items() if at < level}
        if number is None or number.style in ITEM_STYLES or number.style.endswith("级"):
            continue
        value, at = last.pop(number.style, (0, 0))
        if seen.given:
            last[number.style] = number.value, level
        elif value and number.value == value + 1 and seen.short:
            going_on.add(index)
            last[number.style] = number.value, at
    return going_on


def _stressed(sequence: _NumberSequence, blocks: Sequence[Block], evidence: Sequence[Evidence]) -> Iterator[int]:
    """Yield the items of a list that are sentences in bold, among others of which some are sentences too."""
    first = evidence[sequence.items[0]].number
    if first is None or first.style not in ITEM_STYLES:
        return
    if any(not evidence[index].strong and not evidence[index].short for index in sequence.items):
        yield from (index for index in sequence.items if evidence[index].strong and _SENTENCE.match(blocks[index].text))


def _last_items(items: Sequence[int], blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the ends of lists, the items before which are closed by semicolons: （五）其他情形。"""
    yield from (index for before, index in pairwise(items) if blocks[before].text[-1] in "；;")


def _odd_members(items: Sequence[int], blocks: Sequence[Block], evidence: Sequence[Evidence]) -> Iterator[int]:
    """Yield the members that close like a sentence, between headings: 二、说出下面每个记号的作用。, 第二章 对岸！"""
    members = set(items)
    all_titled = len(items) > 1 and all(evidence[index].titled for index in items)
    for at, index in enumerate(items):
        if evidence[index].short:
            continue
        beside = [evidence[items[other]].short for other in (at - 1, at + 1) if 0 <= other < len(items)]
        if evidence[index].titled:
            if any(beside) or all_titled:
                yield index
        elif len(beside) == 2 and all(beside) and _is_odd_heading(blocks, members, index):
            yield index


def _is_odd_heading(blocks: Sequence[Block], members: set[int], index: int) -> bool:
    is_followed = index + 1 < len(blocks) and index + 1 not in members
    return is_followed and _ODD.fullmatch(blocks[index].text) is not None


def _sequences(evidence: Sequence[Evidence]) -> list[_NumberSequence]:
    sequences: list[_NumberSequence] = []
    current: dict[tuple[str, str], _NumberSequence] = {}
    for index, seen in enumerate(evidence):
        if seen.number is None or seen.given:
            continue
        number = seen.number
        key = (number.style, number.parent)
        sequence = current.get(key)
        if sequence is None or number.value != sequence.last + 1:
            sequence = _NumberSequence(from_one=number.value <= 1 or number.style.startswith("第"))
            current[key] = sequence
            sequences.append(sequence)
        sequence.items.append(index)
        sequence.last = number.value
    return sequences


def _is_sequence_of_headings(sequence: _NumberSequence, blocks: Sequence[Block], evidence: Sequence[Evidence]) -> bool:
    short = [index for index in sequence.items if evidence[index].short or evidence[index].titled]
    long = len(sequence.items) - len(short)
    if len(short) < long or not (sequence.from_one or len(sequence.items) > 1):
        return False
    if len(short) == long and any(_PAUSE.search(blocks[index].text) for index in short):
        return False
    if any(evidence[index].strong for index in short):
        return True
    first = sequence.items[0]
    style = evidence[first].number.style  # type: ignore[union-attr]
    if len(sequence.items) == 1 and (style in ITEM_STYLES or style == "一"):
        return False
    members = set(sequence.items)
    with_content = sum(1 for index in short if index + 1 < len(blocks) and index + 1 not in members)
    if first and blocks[first - 1].kind is Kind.BODY and _OPEN.search(blocks[first - 1].text):
        # 通知如下： may open headings as well as a list; of a list not every item has text of its own
        return with_content == len(sequence.items)
    # 2.2.1 may hold no more than a picture
    return with_content * 2 > len(short) - style.endswith(_DEEP)


def _contents_entries(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> set[int]:
    """Return the indexes of the lines of a table of contents: adjacent headings that come again later."""
    keys = {
        index: entry(text, seen.number)
        for index, seen in enumerate(evidence)
        if (seen.number is not None or seen.word or seen.given)
        and len(text := blocks[index].text) <= _LONGEST_ENTRY
        and text[-1] not in _CLOSES_SENTENCE
    }
    last = {key: index for index, key in keys.items()}
    entries = {index for index in keys if _is_entry(blocks, index, keys, last)}
    entries |= {index + 1 for index in entries if index + 1 < len(blocks) and ENDS_PAGE.search(blocks[index + 1].text)}
    for index, key in keys.items():
        seen = evidence[index]
        if not (seen.number or seen.word) or seen.strong or seen.given or index + 1 == len(blocks):
            continue
        follows = _goes_on(evidence[index + 1]) and not _only_descends(evidence, index)
        if last[key] > index and (follows or index - 1 in entries):
            entries.add(index)
    return entries | _below_contents(blocks, evidence, keys, last)


def _below_contents(
    blocks: Sequence[Block], evidence: Sequence[Evidence], keys: Mapping[int, str], last: Mapping[str, int]
) -> set[int]:
    """Return the indexes of headings between the word 目录 and the first running text, up to the last that comes again.

    Of those before it some may be called otherwise where they come again.
    """
    entries: set[int] = set()
    end = 0
    for start in (index for index in keys if CONTENTS.fullmatch(blocks[index].text)):
        if start < end:
            continue  # what is below a second one among the lines is below the first
        lines = list(takewhile(lambda index: is_line(blocks[index]), range(start + 1, len(blocks))))
        end = start + 1 + len(lines)
        named = (index for index in lines if index in keys or evidence[index].bracket)
        listed = [index for index in named if not evidence[index].given]
        again = [index for index in listed if index in keys and last[keys[index]] > index]
        if len(again) >= _LEAST_AGAIN:
            entries.update(index for index in listed if index <= again[-1])
    return entries


def _goes_on(seen: Evidence) -> bool:
    """Tell what an entry of a table of contents may be followed by: another heading, no clause."""
    return seen.word or (seen.number is not None and (seen.short or seen.titled))


def _only_descends(evidence: Sequence[Evidence], first: int) -> bool:
    """Tell 二、目标 above （一）总目标 above its text from entries: they come again where parts are alike."""
    styles: set[str] = set()
    for at in range(first, len(evidence)):  # few of them; those of a long text are not to be copied for each line
        seen = evidence[at]
        if seen.number is None and not seen.word:
            break
        if seen.number is None or seen.number.style in styles or (styles and seen.number.value != 1):
            return False
        styles.add(seen.number.style)
    return True


def _is_entry(blocks: Sequence[Block], index: int, keys: Mapping[int, str], last: Mapping[str, int]) -> bool:
    """Tell an entry by the dots before its page, or by its page alone where the heading without one comes later."""
    text = blocks[index].text
    if _is_led(text):
        return True
    if not text[-1].isdecimal() or not ENDS_PAGE.search(text):
        return False
    later = last[keys[index]]
    return later > index and not ENDS_PAGE.search(blocks[later].text)


def _is_led(text: str) -> bool:
    return len(text) <= _LONGEST_ENTRY and text[-1] in _PAGE_ENDS and _LED.search(text) is not None
