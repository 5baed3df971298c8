"""Hits as tables and lists for other programs: CSV for spreadsheets, Markdown to paste, one line for each to pipe."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from indexer.build import permalink
from indexer.citing import cite, escaped, one_line
from indexer.model import KIND_NAMES, TIER_NAMES, Hit, Results
from indexer.outline import section_value

COLUMNS = (
    "序号",
    "匹配",
    "文档",
    "路径",
    "日期",
    "章节",
    "主题",
    "种类",
    "页",
    "原文",
    "网址",
    "出处",
    "段落编号",
    "永久链接",
    "得分",
)

# What a spreadsheet takes for a formula, in both widths, or skips before one (OWASP, CSV Injection).
_FORMULA = re.compile("[=+\\-@＝＋－＠\t\r\n]")


def results_to_csv(results: Results, first: int = 1) -> str:
    """Hits as CSV (RFC 4180) with a header; text that a spreadsheet would take for a formula begins with a ``'``.

    Args:
        results: what was found.
        first: number of the first hit.
    """
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for number, hit in enumerate(results.hits, first):
        writer.writerow([number, *map(_defused, _texts(hit)), hit.score])
    return table.getvalue()


def results_to_markdown(results: Results, first: int = 1) -> str:
    """Hits as a numbered list: where each stands, and its text as a quotation with the matches in bold.

    Args:
        results: what was found.
        first: number of the first hit.
    """
    return "\n".join(_item(hit, number) for number, hit in enumerate(results.hits, first))


def results_to_lines(results: Results) -> str:
    """A line for each hit: id, path, section and text between tabs, without tabs and line breaks of their own."""
    return "".join("\t".join(map(one_line, _fields(hit))) + "\n" for hit in results.hits)


def _fields(hit: Hit) -> tuple[str, str, str, str]:
    return hit.passage.id, hit.document.path, section_value(hit.passage.section), hit.passage.text


def _texts(hit: Hit) -> Iterator[str]:
    """The cells of ``COLUMNS`` that are text."""
    yield TIER_NAMES[hit.tier]
    yield hit.document.title
    yield hit.document.path
    yield hit.document.date or ""
    yield section_value(hit.passage.section)
    yield "、".join(hit.passage.topics)
    yield KIND_NAMES[hit.passage.kind]
    yield str(hit.passage.page or "")
    yield hit.passage.text
    yield hit.document.url or ""
    yield cite(hit.document, hit.passage, "plain")
    yield hit.passage.id
    yield permalink(hit.passage)


def _defused(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _item(hit: Hit, number: int) -> str:
    source = escaped(cite(hit.document, hit.passage, "plain"))
    pieces = "".join(f"**{escaped(text)}**" if marked else escaped(text) for text, marked in _pieces(hit))
    return f"{number}. {source}（{escaped(hit.document.path)}）\n\n   > {pieces}\n"


def _pieces(hit: Hit) -> Iterator[tuple[str, bool]]:
    """The text of a hit in pieces, and whether each is a match."""
    text, position = hit.passage.text, 0
    for start, end in hit.highlights:
        yield text[position:start], False
        yield text[start:end], True
        position = end
    yield text[position:], False
