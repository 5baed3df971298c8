"""Poems, each under its title and its poet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.documents.structure.evidence import BODY, Evidence
from indexer.model import Block

# 静夜思 above 李白, 〔唐〕李白 or 作者：李白, above lines of verse, each of three to nine characters and a mark.
_TITLE_AND_POET = re.compile(
    r"(《?[^\s，。！？；：、,.:!?《》]{1,14}(?:[ \u3000·][^\s，。！？；：、,.:!?《》]{1,10})?》?)[ \u3000]*\n[ \u3000]*"
    r"(?:作者[:：][ \u3000]*)?(?:[〔（(\[【]?[\u4e00-\u9fff]{1,2}[〕）)\]】·][ \u3000]*)?"
    r"[\u4e00-\u9fff]{2,4}(?:[（(][\u4e00-\u9fff]{1,2}[）)])?"
)
_VERSES = re.compile(r"(?:[^，。！？；：、\s“”]{3,9}[，。！？；：、][ \u3000]*\n?){2,}")
_VERSE_MARK = re.compile("[，。！？；：、]")
_LEAST_POEMS = 2
_LEAST_LINES = 2
_LONGEST_POEM = 600


def find_poems(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take the line above a poet and a poem for its title, where several poems are so headed.

    Title and poet stand on two lines of one paragraph, or are two paragraphs.
    """
    found: dict[int, Evidence] = {}
    for index in range(1, len(blocks)):
        if not _is_line(blocks[index], settled[index]) or not _is_verse(blocks[index].text):
            continue
        above = blocks[index - 1]
        if _is_line(above, settled[index - 1]) and (match := _TITLE_AND_POET.fullmatch(above.text)):
            found[index - 1] = Evidence(opener=(match[1], match.end(1)))
        elif _is_titled_poem(blocks, settled, index):
            found[index - 2] = replace(settled[index - 2], short=True, run=True)
    if len(found) >= _LEAST_POEMS:
        for index, seen in found.items():
            settled[index] = seen


def _is_verse(text: str) -> bool:
    """Tell lines of verse: of one length, or each on a line of its own."""
    if not _VERSES.fullmatch(text):
        return False
    lengths = {len(clause.strip()) for clause in _VERSE_MARK.split(text) if clause.strip()}
    return len(lengths) == 1 or text.count("\n") >= _LEAST_LINES


def _is_titled_poem(blocks: Sequence[Block], settled: Sequence[Evidence], index: int) -> bool:
    lines = range(index - 2, index)
    return (
        index > 1
        and all(_is_line(blocks[each], settled[each]) for each in lines)
        and _TITLE_AND_POET.fullmatch("\n".join(blocks[each].text for each in lines)) is not None
    )


def _is_line(block: Block, seen: Evidence) -> bool:
    is_open = seen.number is None and seen.article is None and not seen.given
    return is_open and block.kind is BODY and len(block.text) <= _LONGEST_POEM and not block.code
