"""Markdown that somebody pasted into a Word document as it was typed: its marks → what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.model import Block, Kind, Range, Role

_HEADING = re.compile(r"(#{1,6})[ \u3000\xa0]+(?=\S)")
_BOLD = re.compile(r"\*\*(?=[^\s*])([^*\n]*[^\s*])\*\*")
_ITEM = re.compile(r"[-*+] +(?=\S)")
_HAN = re.compile(r"[\u3400-\u9fff]")
# Headings that tell the habit, and of how many depths; the share of the lines of a listing, whose # opens a remark.
_LEAST, _DEPTHS, _MOST_CODE = 3, 2, 0.2


def with_typed_markdown(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with levels, boldness and items by their marks, where all headings of a document are typed."""
    return [_without_marks(block) for block in blocks] if _is_markdown(blocks) else list(blocks)


def _is_markdown(blocks: Sequence[Block]) -> bool:
    text = [block for block in blocks if _is_text(block)]
    depths = [len(match[1]) for block in text if (match := _HEADING.match(block.text))]
    if len(depths) < _LEAST or len(set(depths)) < _DEPTHS or any(block.level is not None for block in blocks):
        return False
    return sum(1 for block in text if not _HAN.search(block.text)) <= _MOST_CODE * len(text)


def _is_text(block: Block) -> bool:
    return block.kind is Kind.BODY and block.role is Role.BODY and not block.code


def _without_marks(block: Block) -> Block:
    if not _is_text(block):
        return block
    if heading := _HEADING.match(block.text):
        name = _BOLD.sub(r"\1", block.text[heading.end() :])
        return replace(block, text=name.rstrip("# "), level=len(heading[1]), bold=())
    item = _ITEM.match(block.text)
    if item is None and not _BOLD.search(block.text):
        return block
    text, bold = _read_bold(block.text)
    is_bold_in_word = bool(block.bold) and not bold  # whose ranges still fit, since no mark went
    return replace(block, text=text, bold=block.bold if is_bold_in_word else bold, item=block.item or item is not None)


def _read_bold(text: str) -> tuple[str, tuple[Range, ...]]:
    """Return a text without the marks around what is bold, and where that is."""
    parts: list[str] = []
    bold: list[Range] = []
    length = at = 0
    for match in _BOLD.finditer(text):
        parts += (text[at : match.start()], match[1])
        start = length + match.start() - at
        length = start + len(match[1])
        bold.append((start, length))
        at = match.end()
    return "".join((*parts, text[at:])), tuple(bold)
