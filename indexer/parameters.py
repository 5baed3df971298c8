"""What a caller may ask for, checked before anything is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.engines.base import COLLAPSES, FACETS, GROUPS, SCOPES, SORTS
from indexer.engines.scoring import PARTS
from indexer.errors import BadParameter, QueryTooLong
from indexer.model import Filters, Kind
from indexer.outline import section_path
from indexer.plan import MATCHES

# Code points of a query, hits of a page, and hits that may be skipped, at most.
MAX_QUERY = 1_000
MAX_LIMIT = 100
MAX_OFFSET = 1_000_000
# Values of a facet, its levels, and chapters, at most.
MAX_FACET = 10_000
# Neighbours of a passage on either side, at most.
MAX_AROUND = 50
DEFAULT_FACETS = ("section", "topic", "document", "tag", "year")
DEFAULT_FACET_DEPTH = 2
DEFAULT_FACET_LIMIT = 50
DEFAULT_GROUP_LIMIT = 3

SCRIPTS = ("any", "exact")
# What an answer may be asked to be; the first of each is what it is by default.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "match": tuple(MATCHES),
    "scope": SCOPES,
    "sort": SORTS,
    "script": SCRIPTS,
    "collapse": COLLAPSES,
    "group": GROUPS,
}
# What can be left out of the score.
SCORE_PARTS = (*PARTS, "kind")

_YEAR = re.compile(r"(?P<one>\d{4})|(?P<first>\d{4})?\.\.(?P<last>\d{4})?|none")


@dataclass(frozen=True, slots=True)
class Options:
    """How an answer is made; ``Index.search`` says what each means.

    Raises:
        BadParameter: a value out of its range.
    """

    match: str = "auto"
    scope: str = "passage"
    sort: str = "relevance"
    offset: int = 0
    limit: int = 10
    facets: Sequence[str] = DEFAULT_FACETS
    facet_depth: int = DEFAULT_FACET_DEPTH
    facet_limit: int = DEFAULT_FACET_LIMIT
    script: str = "any"
    without: Sequence[str] = ()
    chapters: int = 0
    collapse: str = "none"
    group: str = "none"
    group_limit: int = DEFAULT_GROUP_LIMIT

    def __post_init__(self) -> None:
        """Check every value."""
        for name, choices in CHOICES.items():
            _check_choice(name, getattr(self, name), choices)
        for name in self.without:
            _check_choice("without", name, SCORE_PARTS)
        for name in self.facets:
            _check_choice("facets", name, FACETS)
        check_range("offset", self.offset, MAX_OFFSET)
        check_range("limit", self.limit, MAX_LIMIT)
        check_range("facet_depth", self.facet_depth, MAX_FACET, least=1)
        check_range("facet_limit", self.facet_limit, MAX_FACET, least=1)
        check_range("group_limit", self.group_limit, MAX_LIMIT, least=1)
        check_range("chapters", self.chapters, MAX_FACET)


def check_query(query: str) -> str:
    """``query``, if it is not too long.

    Raises:
        QueryTooLong: more than ``MAX_QUERY`` code points.
    """
    if len(query) > MAX_QUERY:
        raise QueryTooLong(f"查询有 {len(query)} 个字，最多 {MAX_QUERY} 个。", "请截取其中最有特征的一句。")
    return query


def make_filters(
    section: Iterable[str | Sequence[str]] = (),
    topic: Iterable[str] = (),
    document: Iterable[str] = (),
    tag: Iterable[str] = (),
    kind: Iterable[str] = (),
    year: Iterable[str | int] = (),
) -> Filters:
    """Checked filters; a section is a path as a string (``section_value``) or as a sequence of headings.

    Raises:
        BadParameter: a kind or a year that is none.
    """
    for name, values in (("section", section), ("topic", topic), ("document", document), ("tag", tag), ("kind", kind)):
        if isinstance(values, str):
            raise BadParameter(f"{name} 要给一个列表，得到的是一个字符串。", f"请写成 {name}=[…]。")
    kinds = [str(value) for value in kind]
    for value in kinds:
        _check_choice("kind", value, [member.value for member in Kind])
    years = [_year(str(value)) for value in ([year] if isinstance(year, str | int) else year)]
    return Filters(
        section=tuple(section_path(path) if isinstance(path, str) else tuple(path) for path in section),
        topic=tuple(topic),
        document=tuple(document),
        tag=tuple(tag),
        kind=tuple(map(Kind, kinds)),
        year=tuple(years),
    )


def _year(value: str) -> str:
    """A year as filters write it."""
    match = _YEAR.fullmatch("none" if value == "无" else value)
    first, last = (match["first"], match["last"]) if match else (None, None)
    if not match or match[0] == ".." or (first and last and int(first) > int(last)):
        hint = "请写成 2020、2020..2021（先小后大）、2020.. 或 none（没有日期的文档，也可写“无”）。"
        raise BadParameter(f"年份“{value}”看不懂。", hint)
    return match[0]


def _check_choice(name: str, value: str, choices: Iterable[str]) -> None:
    if value not in choices:
        raise BadParameter(f"{name} 没有“{value}”这个取值。", f"可用：{'、'.join(choices)}。")


def check_range(name: str, value: int, most: int, least: int = 0) -> None:
    """Let a number pass that is an integer from ``least`` to ``most``.

    Raises:
        BadParameter: it is not.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadParameter(f"{name} 要是 {least} 到 {most} 之间的整数，得到的是 {value!r}。", f"请改小或改对 {name}。")
