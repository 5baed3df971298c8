"""Parts with a word and a name: 番外 旧信 stands among chapters, 附件1 above its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.documents.structure import numbering
from indexer.documents.structure.evidence import Evidence, is_plain
from indexer.documents.structure.numbering import Number
from indexer.model import Block

_CHAPTERS = frozenset({"第章", "第回", "第话"})
# What novels have above their chapters, and those.
_DIVISIONS = _CHAPTERS | {"第卷", "第部", "第篇", "第集", "第册", "第辑"}
_LONGEST_APPENDIX = 8
_NATURE = re.compile("[（(](?:规范性|资料性)(?:附录)?[）)]")


def find_titled_parts(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 番外一 旧信 and 后记 雨停之后 for headings where there are chapters beside them."""
    styles = [seen.number.style if seen.number is not None else "" for seen in settled]
    if not any(style in _CHAPTERS for style in styles):
        return
    goes_on = ""  # the style of the next chapter, where no volume begins before it
    for index in reversed(range(len(settled))):
        seen = settled[index]
        if styles[index] in _DIVISIONS:
            goes_on = styles[index] if styles[index] in _CHAPTERS else ""
        if not seen.part or seen.given or seen.word:
            continue
        # 上架感言 between two chapters of a volume stands in the volume
        number = Number(goes_on, 0, 0) if goes_on and _has_volume_before(styles, index) else None
        settled[index] = replace(seen, word=number is None, short=True, number=number, run=number is not None)


def _has_volume_before(styles: Sequence[str], index: int) -> bool:
    return any(style in _DIVISIONS and style not in _CHAPTERS for style in styles[:index])


def find_titles_of_appendices(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take a centred line right below 附件1, or its nature （资料性）, for its title, bold or not."""
    for index, seen in enumerate(settled[:-1]):
        if not (seen.word and seen.short and _is_named_appendix(blocks[index].text)):
            continue
        below = index + 2 if _NATURE.fullmatch(blocks[index + 1].text) and index + 2 < len(blocks) else index + 1
        found = settled[below]
        is_name = blocks[below].centered and found.number is None and not found.word and not found.given
        if is_name and is_plain(blocks[below].text):
            settled[below] = replace(found, run=True)


def _is_named_appendix(text: str) -> bool:
    return numbering.word_rank(text) == "appendix" and len(text) <= _LONGEST_APPENDIX
