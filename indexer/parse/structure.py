"""Blocks → what they are to a reader: title, headings with their depth, captions, sources, topics. No HTML here.

A level given by the format is believed. A heading that only looks like one is judged by evidence: what it opens with,
whether it is short and no sentence, bold or centred, and, where it is neither, by the whole run of its numbers (see
``evidence``). A numbered sentence and a list item are no headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.model import Block, Kind
from indexer.parse import numbering
from indexer.parse.evidence import Look, headings, look
from indexer.parse.nesting import ARTICLE, PLAIN, Outline, Style
from indexer.parse.topics import run_in

_LONGEST_HEADING = 120
_LONGEST_TITLE = 60
# A title page has few lines before its title: a date, a number, an introduction of the editors.
_TITLE_REACH = 8
_CAPTION = re.compile(
    r"(?:附?[图圖表]|[图圖]表|专栏|Fig(?:ure|\.)|Table)[ \t\u3000\xa0]*"
    r"(?:[0-9０-９]{1,3}(?:[-－—–.．][0-9０-９]{1,3}){0,3}|[A-Z][-.]?[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
    r"(?:[ \t\u3000\xa0\n]+|[：:、.．]|(?=[《“(（])|$)"
)
_LONGEST_CAPTION = 100
_SOURCE = re.compile(
    r"[（(\[【]?[ \t]*(?:(?:数据|數據|资料|資料|图片|圖片|图表|圖表|文章|信息|文字|稿件|本文|图文)[ \t]*)?"
    r"(?:来源|來源|出处|出處)[ \t]*[：:]|[（(]?[图圖]源[：:]|Source:"
)
_LONGEST_SOURCE = 120
_SENTENCE_END = re.compile(r"[。；;！!]$")
_INNER_SENTENCE = re.compile(r"[。！？；](?=.)")
_NO_TITLE = re.compile(r"[（(〔\[【*＊—\-]|[0-9０-９]{2,4}\s*[年./-]|作者|记者|来源|发布|目\s*[录次]\s*$")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))


def classify(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the same blocks, text untouched, with kind, heading, depth, label and topics filled in."""
    title = _title(blocks)
    looks = [_look(block, is_title=index in title) for index, block in enumerate(blocks)]
    accepted = headings(blocks, looks)
    outline = Outline()
    result = []
    for index, block in enumerate(blocks):
        article = looks[index].article
        if index in title:
            result.append(replace(block, kind=Kind.TITLE))
        elif accepted[index]:
            result.append(_heading(block, looks[index], outline, result[-1] if result else None))
        elif article is not None:
            result.append(_article(block, article, outline))
        elif block.kind is Kind.BODY:
            result.append(_body(block))
        else:
            result.append(block)
    return tuple(result)


def _title(blocks: Sequence[Block]) -> frozenset[int]:
    """Indexes of the blocks that show the title: the only ``h1``, else the first centred line(s)."""
    first_level = [index for index, block in enumerate(blocks) if block.level == 1]
    if len(first_level) == 1:
        return frozenset(first_level)
    if sum(1 for block in blocks if block.centered) * 2 > len(blocks) > 2:
        return frozenset()
    for index, block in enumerate(blocks[:_TITLE_REACH]):
        if block.level is not None:
            break
        if _is_title_line(block):
            return frozenset(_title_lines(blocks, index))
    return frozenset()


def _title_lines(blocks: Sequence[Block], first: int) -> list[int]:
    indexes = [first]
    for index in range(first + 1, min(first + 3, len(blocks))):
        block = blocks[index]
        if not (_is_title_line(block) and bool(block.bold) and bool(blocks[first].bold)):
            break
        indexes.append(index)
    return indexes


def _is_title_line(block: Block) -> bool:
    text = block.text
    return (
        block.centered
        and block.level is None
        and block.kind is Kind.BODY
        and not block.code
        and len(text) <= _LONGEST_TITLE
        and not _SENTENCE_END.search(text)
        and not _NO_TITLE.match(text)
        and not _CAPTION.match(text)
        and numbering.number(text) is None
        and numbering.article(text) is None
        and numbering.word_rank(text) is None
    )


def _look(block: Block, *, is_title: bool) -> Look:
    if is_title or block.code or block.kind is not Kind.BODY:
        return Look()
    if block.level is not None:
        return Look(given=len(block.text) <= _LONGEST_HEADING or not _INNER_SENTENCE.search(block.text))
    if _kind(block) is not Kind.BODY:
        return Look()
    seen = look(block)
    return seen if seen.article or not block.item else Look()


def _heading(block: Block, seen: Look, outline: Outline, before: Block | None) -> Block:
    name = " ".join(block.text.translate(_INVISIBLE).split())
    style = _style(block, name)
    if style == Style(None, "book") and before is not None and before.heading and not before.label:
        style = Style(None, "chapter")  # 总则 on the line below 第一章 belongs to it
    depth = outline.place(style, seen.number.value if seen.number else 0)
    return replace(block, kind=Kind.HEADING, heading=name, depth=depth, label=numbering.label(name), topics=())


def _style(block: Block, name: str) -> Style:
    if numbering.article(name):
        return Style(block.level, ARTICLE)
    number = numbering.number(name)
    if number is not None and (number.style != "1" or block.level is None):
        return Style(block.level, number.style)
    if block.level is not None:
        return Style(block.level, "")
    return Style(None, numbering.word_rank(name) or PLAIN)


def _article(block: Block, article: tuple[str, int], outline: Outline) -> Block:
    name, words = article
    depth = outline.place(Style(None, ARTICLE))
    alone = not block.text[words:].strip()
    topics = () if alone else run_in(block.text, block.bold, words) or block.topics
    return replace(block, kind=Kind.HEADING if alone else Kind.BODY, heading=name, depth=depth, topics=topics)


def _body(block: Block) -> Block:
    kind = _kind(block) if block.level is None and not block.code else Kind.BODY
    if kind is not Kind.BODY:
        return replace(block, kind=kind)
    topics = run_in(block.text, block.bold, 0) if block.bold else ()
    return replace(block, topics=topics) if topics else block


def _kind(block: Block) -> Kind:
    """Tell captions and source lines from body by their opening; running text that opens like one is body."""
    text = block.text
    if _CAPTION.match(text) and len(text) <= _LONGEST_CAPTION and not _SENTENCE_END.search(text):
        return Kind.CAPTION
    if _SOURCE.match(text) and len(text) <= _LONGEST_SOURCE and not _INNER_SENTENCE.search(text):
        return Kind.SOURCE
    return Kind.BODY
