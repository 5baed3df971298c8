"""What a caller may ask for, checked before anything is looked up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from indexer.errors import BadParameter, QueryTooLong
from indexer.model import Filters, Kind
from indexer.model.choices import BOUNDS, CHOICES, DEFAULT_FACETS, DEFAULTS, FACETS, MAX_QUERY, Bounds
from indexer.model.headings import section_path
from indexer.model.records import record
from indexer.model.weights import SCORE_PARTS
from indexer.model.years import UNDATED, parse_years


@record
class Options:
    """How an answer is made; ``Index.search`` says what each means.

    Raises:
        BadParameter: a value out of its range.
    """

    match: str = DEFAULTS["match"]
    scope: str = DEFAULTS["scope"]
    sort: str = DEFAULTS["sort"]
    offset: int = BOUNDS["offset"].default
    limit: int = BOUNDS["limit"].default
    facets: Sequence[str] = DEFAULT_FACETS
    facet_depth: int = BOUNDS["facet_depth"].default
    facet_limit: int = BOUNDS["facet_limit"].default
    script: str = DEFAULTS["script"]
    synonyms: str = DEFAULTS["synonyms"]
    without: Sequence[str] = ()
    chapters: int = BOUNDS["chapters"].default
    collapse: str = DEFAULTS["collapse"]
    group: str = DEFAULTS["group"]
    group_limit: int = BOUNDS["group_limit"].default

    def __post_init__(self) -> None:
        """Check every value."""
        for name, choices in CHOICES.items():
            _check_choice(name, getattr(self, name), choices)
        for name in self.without:
            _check_choice("without", name, SCORE_PARTS)
        for name in self.facets:
            _check_choice("facets", name, FACETS)
        for name, bounds in BOUNDS.items():
            check_range(name, getattr(self, name), bounds)


def check_query(query: str) -> str:
    """Return ``query``, if it is not too long.

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
    work: Iterable[str] = (),
    field: Iterable[str] = (),
    path: Iterable[str] = (),
    type: Iterable[str] = (),  # noqa: A002 (the filter's name everywhere)
) -> Filters:
    """Return checked filters; a section is a path as a string (``section_value``) or as a sequence of headings.

    Raises:
        BadParameter: a kind, a year or a field that is none.
    """
    lists = {"section": section, "topic": topic, "document": document, "tag": tag, "kind": kind, "work": work}
    for name, values in (lists | {"field": field, "path": path, "type": type}).items():
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
        work=tuple(work),
        field=tuple(map(_named_value, field)),
        path=tuple(unicodedata.normalize("NFC", folder).rstrip("/") for folder in path),
        type=tuple(ending.lower().removeprefix(".") for ending in type),
    )


def _named_value(value: str) -> str:
    """Return ``名=值`` without the white space around either."""
    name, sign, wanted = value.replace("＝", "=", 1).partition("=")
    if not (name.strip() and sign and wanted.strip()):
        raise BadParameter(f"字段条件“{value}”看不懂。", "请写成 名=值，例如 密级=公开；名是 metadata.csv 的列名。")
    return f"{name.strip()}={wanted.strip()}"


def _year(value: str) -> str:
    """Return a year as filters write it; it may be typed in full width."""
    typed = unicodedata.normalize("NFKC", value)
    years = parse_years(typed)
    if years is None:
        hint = "请写成 2020、2020..2021（先小后大）、2020.. 或 none（没有日期的文档，也可写“无”）。"
        raise BadParameter(f"年份“{value}”看不懂。", hint)
    return UNDATED[0] if years.undated else typed


def _check_choice(name: str, value: str, choices: Iterable[str]) -> None:
    if value not in choices:
        raise BadParameter(f"{name} 没有“{value}”这个取值。", f"可用：{'、'.join(choices)}。")


def check_range(name: str, value: int, bounds: Bounds) -> None:
    """Let a number pass that is an integer within its bounds.

    Raises:
        BadParameter: it is not.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not bounds.least <= value <= bounds.most:
        message = f"{name} 要是 {bounds.least} 到 {bounds.most} 之间的整数，得到的是 {value!r}。"
        raise BadParameter(message, f"请改小或改对 {name}。")
