"""Blocks → what they are to a reader: title, headings with their depth, captions, sources, topics. No HTML here.

A level given by the format is believed. A heading that only looks like one is judged by evidence: what it opens with,
whether it is short and no sentence, bold or centred, and, where it is neither, by the whole sequence of its numbers
(see ``heading_evidence``). A numbered sentence and a list item are no headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.documents.structure import numbering
from indexer.documents.structure.captions import kind_of
from indexer.documents.structure.heading_evidence import Evidence, find_headings, gather_evidence
from indexer.documents.structure.nesting import ARTICLE, PLAIN, Nesting, Style
from indexer.documents.structure.titles import title_blocks
from indexer.documents.structure.topics import run_in
from indexer.model import Block, Kind

_LONGEST_HEADING = 120
_INNER_SENTENCE = re.compile(r"[。！？；](?=.)")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))


def classify(blocks: Sequence[Block], called: str | None = None) -> tuple[Block, ...]:
    """Return the same blocks, text untouched, with kind, heading, depth, label and topics filled in.

    Args:
        blocks: the blocks of a document, in order, without boilerplate.
        called: what the file calls itself (front matter, ``<title>``), so that the block that shows it is known.
    """
    title = title_blocks(blocks, called)
    evidence = [_gather_evidence(block, is_title=index in title) for index, block in enumerate(blocks)]
    accepted = find_headings(blocks, evidence)
    nesting = Nesting()
    result = []
    for index, block in enumerate(blocks):
        article = evidence[index].article
        if index in title:
            result.append(replace(block, kind=Kind.TITLE))
        elif accepted[index]:
            result.append(_heading(block, evidence[index], nesting, result[-1] if result else None))
        elif article is not None:
            result.append(_article(block, article, nesting))
        elif block.kind is Kind.BODY:
            result.append(_body(block))
        else:
            result.append(block)
    return tuple(result)


def _gather_evidence(block: Block, *, is_title: bool) -> Evidence:
    if is_title or block.code or block.kind is not Kind.BODY:
        return Evidence()
    if block.level is not None:
        return Evidence(given=len(block.text) <= _LONGEST_HEADING or not _INNER_SENTENCE.search(block.text))
    if kind_of(block.text) is not Kind.BODY:
        return Evidence()
    seen = gather_evidence(block)
    return seen if seen.article or not block.item else Evidence()


def _heading(block: Block, seen: Evidence, nesting: Nesting, before: Block | None) -> Block:
    name = " ".join(block.text.translate(_INVISIBLE).split())
    style = _style(block, name)
    if style == Style(None, "book") and before is not None and before.heading and not before.label:
        style = Style(None, "chapter")  # 总则 on the line below 第一章 belongs to it
    depth = nesting.next_depth(style, seen.number.value if seen.number else 0)
    return _opening(block, Kind.HEADING, name, depth, label=numbering.label(name))


def _style(block: Block, name: str) -> Style:
    if numbering.article(name):
        return Style(block.level, ARTICLE)
    number = numbering.number(name)
    if number is not None and (number.style != "1" or block.level is None):
        return Style(block.level, number.style)
    if block.level is not None:
        return Style(block.level, "")
    return Style(None, numbering.word_rank(name) or PLAIN)


def _article(block: Block, article: tuple[str, int], nesting: Nesting) -> Block:
    name, words = article
    depth = nesting.next_depth(Style(None, ARTICLE))
    alone = not block.text[words:].strip()
    topics = () if alone else run_in(block.text, block.bold, words) or block.topics
    return _opening(block, Kind.HEADING if alone else Kind.BODY, name, depth, label=block.label, topics=topics)


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
        anchor=block.anchor,
        heading=heading,
        depth=depth,
        label=label,
        topics=topics,
    )


def _body(block: Block) -> Block:
    kind = kind_of(block.text) if block.level is None and not block.code else Kind.BODY
    if kind is not Kind.BODY:
        return replace(block, kind=kind)
    topics = run_in(block.text, block.bold, 0) if block.bold else ()
    return replace(block, topics=topics) if topics else block
