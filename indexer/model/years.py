"""Years as filters and the field ``年份:`` write them: read here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from indexer.model.queries import Years

# The same in Python, JavaScript and JSON Schema; what it cannot say is that the first year comes first.
YEAR_PATTERN = r"[0-9]{4}(\.\.([0-9]{4})?)?|\.\.[0-9]{4}|none"
# How documents without a date are asked for; answers and addresses write the first.
UNDATED = ("none", "无")

_YEARS = re.compile(YEAR_PATTERN)
_WRITTEN = re.compile("([0-9]{4})年?(?:(?:[-~—–至到]|[.]{2})([0-9]{4})年?)?")


@lru_cache(maxsize=1_024)
def parse_years(text: str) -> Years | None:
    """``2020``, ``2020..2021``, ``2020..``, ``..2021``, ``none`` or ``无``; None for anything else."""
    if text in UNDATED:
        return Years(undated=True)
    if not _YEARS.fullmatch(text):
        return None
    first, dots, last = text.partition("..")
    if not dots:
        last = first
    if first and last and first > last:
        return None
    return Years(int(first) if first else None, int(last) if last else None)


def read_years(text: str) -> Years | None:
    """As ``parse_years``, and as people write years: ``2020年``, ``2020-2021``, ``2020至2021年``."""
    if written := _WRITTEN.fullmatch(text):
        first, last = written.groups()
        text = f"{first}..{last}" if last else first
    return parse_years(text)


def is_in_years(year: str | None, wanted: Years) -> bool:
    """Whether a document of ``year``, four digits or None, is among the years ``wanted``."""
    if year is None or wanted.undated:
        return year is None and wanted.undated
    after_first = wanted.first is None or wanted.first <= int(year)
    return after_first and (wanted.last is None or int(year) <= wanted.last)


def passes_years(year: str | None, filter_values: Iterable[str]) -> bool:
    """Whether a document of ``year`` is among the years of any of the values of a filter."""
    return any(is_in_years(year, wanted) for wanted in map(parse_years, filter_values) if wanted)
