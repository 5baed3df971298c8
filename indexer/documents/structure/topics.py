"""Run-in topics: a bold sentence or a name that opens a paragraph, bold names that open sentences inside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.documents.structure import numbering
from indexer.model import Block, Kind, Range

# Asking an enumeration for a member takes several times as long as asking for a name, and every block is asked.
_BODY = Kind.BODY
_LONGEST = 60
# An item with a name and words about it; where the name has ended.
_SHORTEST_ITEM, _LONGEST_OPENING = 12, 30
_SENTENCE_START = re.compile(r"(?:[。！？!?；;…\n][”’』」）)]?)[ \t\u3000\xa0]*$")
_INNER_END = re.compile(r"[。！？!?；;\n]")
_TRIM = " \t\n\u3000\xa0。，、；;：:．.！!—–-·"
_WORD = re.compile(r"[^\W\d_]")
# Who speaks in an interview, and labels that say nothing about what follows.
_LABELS = frozenset(
    [
        "问",
        "答",
        "Q",
        "A",
        "记者",
        "主持人",
        "编者按",
        "编者注",
        "注",
        "备注",
        "说明",
        "注意",
        "提示",
        "例",
        "例如",
        "如",
        "答案",
        "解",
        "解析",
    ]
)
_COUNT = "[一二三四五六七八九十]{1,3}"
# Words that count what follows without naming it.
_ORDINAL = re.compile(
    rf"(?:第{_COUNT}[点點]?|{_COUNT}[是则則要来來]|其{_COUNT}|首先|其次|再次|再者|最后|最後|此外|另外|同时|同時|一方面|另一方面)是?"
)

# 一是加快进度 is about 加快进度.
_COUNTED_OFF = re.compile(rf"{_COUNT}[是要](?=\S{{2}})")
# （一）备料。杉木三根…, as letters and reports name what an item is about; a sentence has words that say something.
_NAMED_ITEM = re.compile(
    r"(?![^。]*(?:[是有了被会将由即我你他它您]|应[当该]|可以|必须|不[得能应要]|需要|已经|没|如下|如果|包括|未经|本法|[的份名]。))"
    r"([^\s，。；：！？、,.;:!?“”‘’]{2,14})。(?=[^\s（(]\S{3})"
)
_LEAST_NAMED = 2


def item_names(blocks: Sequence[Block]) -> Mapping[int, str]:
    """Return by index what numbered items are about, where items that count up open with a name and a full stop.

    Args:
        blocks: those of a document, in order.
    """
    counts: list[list[int]] = []
    current: dict[str, list[int]] = {}
    found: dict[int, tuple[int, str]] = {}
    for index, block in enumerate(blocks):
        number = numbering.number(block.text) if _is_item(block) else None
        match = _NAMED_ITEM.match(block.text, number.end) if number is not None else None
        if number is None or match is None or number.style == "①":  # which numbers notes
            continue
        count = current.get(number.style)
        if count is None or found[count[-1]][0] + 1 != number.value:
            count = current[number.style] = []
            counts.append(count)
        count.append(index)
        found[index] = number.value, match[1]
    return {index: found[index][1] for count in counts if len(count) >= _LEAST_NAMED for index in count}


def _is_item(block: Block) -> bool:
    is_text = block.kind is _BODY and block.level is None and not block.code
    return is_text and len(block.text) >= _SHORTEST_ITEM and "。" in block.text[3:_LONGEST_OPENING]


def run_in(text: str, bold: Sequence[Range], start: int) -> tuple[str, ...]:
    """Return the topics of a paragraph, in order, each once, without numbering and closing mark.

    Args:
        text: a paragraph.
        bold: its bold ranges.
        start: where its words begin, after an article number.
    """
    found: dict[str, None] = {}
    first, last = len(text) - len(text[start:].lstrip()), len(text.rstrip())
    number = numbering.number(text)
    numbered = number.end if number else 0
    for begin, end in _merge_adjacent(text, bold):
        begin = max(begin, start, numbered)
        if begin >= end or (begin <= first and end >= last):
            continue
        if begin > first and begin != numbered and not _SENTENCE_START.search(text[max(start, begin - 4) : begin]):
            continue
        topic = _topic(text, begin, end)
        if topic:
            found[topic] = None
    return tuple(found)


def _merge_adjacent(text: str, bold: Sequence[Range]) -> list[Range]:
    """Return the bold ranges, those with only white space between them as one."""
    result: list[Range] = []
    for begin, end in bold:
        if result and not text[result[-1][1] : begin].strip():
            result[-1] = (result[-1][0], end)
        else:
            result.append((begin, end))
    return result


def _topic(text: str, begin: int, end: int) -> str:
    piece = text[begin:end].strip(_TRIM)
    if not 0 < len(piece) <= _LONGEST or _INNER_END.search(piece) or text[end : end + 1] == "、":
        return ""
    topic = _COUNTED_OFF.sub("", numbering.label(piece) or "")
    is_name = _WORD.search(topic) and topic not in _LABELS and not _ORDINAL.fullmatch(topic)
    return topic if is_name else ""
