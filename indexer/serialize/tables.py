"""Hits as tables and lists for other programs: CSV for spreadsheets, Markdown to paste, one line for each to pipe."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from indexer.citation.styles import cite, one_line
from indexer.model import KIND_NAMES, ROLE_NAMES, TIER_NAMES, Hit, Results
from indexer.model.headings import section_value
from indexer.model.ids import permalink

COLUMNS = (
    "序号",
    "匹配",
    "文档",
    "路径",
    "日期",
    "章节",
    "主题",
    "种类",
    "位置",
    "页",
    "识别",
    "原文",
    "网址",
    "引文",
    "段落编号",
    "永久链接",
    "得分",
)

# What a spreadsheet takes for a formula, in both widths, after what it skips (OWASP, CSV Injection).
_FORMULA = re.compile("[ \u3000\n]*[=+\\-@＝＋－＠\t\r]|\n")


def csv_line(cells: Iterable[object]) -> str:
    """A line of CSV (RFC 4180); text that a spreadsheet would take for a formula begins with a ``'``."""
    line = io.StringIO()
    csv.writer(line).writerow(_defused(cell) if isinstance(cell, str) else cell for cell in cells)
    return line.getvalue().encode("utf-8", "replace").decode()


def results_to_csv(results: Results, first: int = 1) -> str:
    """Hits as CSV with a header, each with its citation.

    Args:
        results: what was found.
        first: number of the first hit.
    """
    rows = ((number, *_texts(hit), hit.score) for number, hit in enumerate(results.hits, first))
    return "".join(map(csv_line, (COLUMNS, *rows)))


def results_to_markdown(results: Results) -> str:
    """Hits as quotations in Markdown, each with its citation under it."""
    return "\n".join(f"{cite(hit.document, hit.passage, 'markdown')}\n" for hit in results.hits)


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
    yield ROLE_NAMES[hit.passage.role]
    yield hit.passage.pages
    yield "识别文字" if hit.document.is_recognized(hit.passage) else ""
    yield hit.passage.text
    yield hit.document.url or ""
    yield cite(hit.document, hit.passage)
    yield hit.passage.id
    yield permalink(hit.passage)


def _defused(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
