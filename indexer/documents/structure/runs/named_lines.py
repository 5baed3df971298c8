"""Names alone on their lines, without number or emphasis: titles of stories that stand apart, or are listed above.

What the lines around them show tells them: the indentation of plain text, or a table of contents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from indexer.documents.structure.evidence import BODY, CONTENTS, SENTENCE_END, Evidence, entry, is_line
from indexer.model import Block

# Names among the lines of plain text that are set apart, share of them all, and blocks that each has on average.
_LEAST_APART, _APART_SHARE, _APART_BLOCKS = 3, 0.6, 4
# Who wrote it: 作者：阿宁, [日]阿宁/著.
_BYLINE = re.compile(r"(?:作者|文|图文|撰文|译者?)\s?[：:/]|\S{1,16}\s?[/／]\s?(?:著|文|译)")
_LONGEST_APART = 40
_APART_NAME = re.compile(
    r"(?![“”「『‘\"'—])(?=.*[^\W\d_])(?!.*\S {2,}\S)[^。；;\n]{1,36}(?<![，,、：:])(?<!…[0-9])(?<!…[0-9]{2})"
)
_SHORTEST_STORY = 16
# Lines broken at a margin are as long as each other, but for so many code points.
_BROKEN = 1
_LEAST_LISTED = 3


def find_named_lines(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take names that a table of contents lists, and such as stand apart from the paragraphs, for headings."""
    _find_listed(blocks, settled)
    _find_set_apart(blocks, settled)


def _find_listed(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take the lines for headings that a table of contents names, where most that it names come again, in its order."""
    start = next((index for index, seen in enumerate(settled) if seen.word and _is_contents(blocks[index])), None)
    if start is None or any(seen.given for seen in settled):
        return
    lines: dict[str, int] = {}
    for end in takewhile(lambda index: is_line(blocks[index]), range(start + 1, len(blocks))):
        if lines.setdefault(entry(blocks[end].text, None), end) < end:
            break  # the first heading of the text
    names = [name for name, index in lines.items() if name and settled[index].number is None]
    found = _in_order(names, blocks, max(lines.values(), default=start) + 1)
    named = [index for index in found if not _is_heading(settled[index])]
    if len(named) >= _LEAST_LISTED and 2 * len(found) > len(names):
        for index in named:
            settled[index] = replace(settled[index], short=True, run=True)


def _is_contents(block: Block) -> bool:
    return CONTENTS.fullmatch(block.text) is not None


def _in_order(names: Sequence[str], blocks: Sequence[Block], start: int) -> list[int]:
    """Return the indexes of the lines from ``start`` on that say ``names`` one after the other, some of them."""
    places: dict[str, list[int]] = defaultdict(list)
    for index in range(start, len(blocks)):
        if is_line(blocks[index]) and blocks[index].kind is BODY and not blocks[index].code:
            places[entry(blocks[index].text, None)].append(index)
    found: list[int] = []
    for name in names:
        following = (index for index in places.get(name, ()) if index >= start)
        place = next(following, None)
        if place is not None:
            found.append(place)
            start = place + 1
    return found


def _find_set_apart(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take lines indented unlike the paragraphs for the titles of stories, where hardly anything else is a heading.

    Most lines so indented are short names with text under them; where chapters are numbered, they may be verse.
    """
    title = 0 if len(blocks) > 1 and _BYLINE.match(blocks[1].text) else None
    lines = (
        index
        for index, block in enumerate(blocks)
        if block.apart and index != title and _is_apart_line(block.text) and not _is_clause(blocks, index)
    )
    apart = [index for index in lines if not _is_heading(settled[index])]
    named = [index for index in apart if _is_set_apart(blocks, settled, index)]
    if len(named) < _LEAST_APART or len(named) < _APART_SHARE * len(apart) or _APART_BLOCKS * len(named) > len(blocks):
        return
    others = sum(1 for seen in settled if seen.given or (_is_heading(seen) and not seen.word))
    if 2 * others <= len(named) == len({blocks[index].text for index in named}):
        followed = {index - 1 for index in apart}
        for index in apart:
            if index not in followed and _is_apart_name(blocks, settled, index):
                settled[index] = replace(settled[index], short=True, run=True)


def _is_apart_line(text: str) -> bool:
    return len(text) <= _LONGEST_APART and SENTENCE_END.search(text) is None and not _BYLINE.match(text)


def _is_clause(blocks: Sequence[Block], index: int) -> bool:
    """Tell from a title a line of clauses that is about the one above it, or goes on with a line as long."""
    if not index or "，" not in blocks[index].text or SENTENCE_END.search(blocks[index - 1].text):
        return False
    above = blocks[index - 1]
    return above.apart or abs(len(above.text) - len(blocks[index].text)) <= _BROKEN


def _is_set_apart(blocks: Sequence[Block], settled: Sequence[Evidence], index: int) -> bool:
    """Tell the title of a story: a name, and running text below it."""
    below = blocks[index + 1].text if index + 1 < len(blocks) else ""
    is_story = len(below) >= _SHORTEST_STORY or SENTENCE_END.search(below) is not None
    return is_story and _is_apart_name(blocks, settled, index)


def _is_apart_name(blocks: Sequence[Block], settled: Sequence[Evidence], index: int) -> bool:
    return settled[index].number is None and _APART_NAME.fullmatch(blocks[index].text) is not None


def _is_heading(seen: Evidence) -> bool:
    """Tell what is a heading whatever follows, or one of a count."""
    is_counted = seen.number is not None and seen.short
    return seen.run or seen.word or is_counted or bool(seen.bracket) or seen.article is not None
