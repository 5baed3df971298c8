"""YAML front matter, on any format: what the file says about itself, and the text after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import yaml  # type: ignore[import-untyped,unused-ignore]
from frontmatter.default_handlers import YAMLHandler

from indexer.model import Metadata
from indexer.parse.dates import calendar_date

_KEYS = {
    "title": ("title", "标题", "题目"),
    "date": ("date", "published", "publish_date", "publishdate", "pubdate", "created", "日期", "发布日期", "发布时间"),
    "author": ("author", "authors", "作者"),
    "tags": ("categories", "category", "tags", "tag", "分类", "类别", "标签"),
    "url": ("url", "link", "source_url", "original_url", "canonical", "原文链接", "网址"),
}
_LEADING_BLANK = re.compile(r"\A[\s\ufeff]+")
_OPENING = re.compile(r"---[ \t]*\n")
_LINE = re.compile(r"([\w\u4e00-\u9fff-]+)[ \t]*[:：](?:[ \t]+(.*))?$")
_ITEM = re.compile(r"\s*-\s+(.+)$")
_QUOTED = re.compile(r"""^(['"])(.*)\1$""")


def split(text: str) -> tuple[Metadata, str]:
    """Parts front matter, also after blank lines or a byte order mark, from the text that follows it.

    Broken YAML is read line by line as ``key: value``, so that the file is not lost for one bad line. What stands
    between two rules (``---``) without being keys and values is text, not front matter.
    """
    body = _LEADING_BLANK.sub("", text)
    if not _OPENING.match(body):
        return Metadata(), text
    try:
        raw, content = YAMLHandler().split(body)
    except ValueError:  # no closing rule
        return Metadata(), text
    values = _load(raw)
    if values is None:
        return Metadata(), text
    return _metadata(values), content


def _load(raw: str) -> Mapping[str, object] | None:
    """The keys and values, as they are written (no dates, numbers or truth values), or None where there are none."""
    try:
        values = yaml.load(raw, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return _load_lines(raw)
    if values is None or values == "":
        return {}
    return values if isinstance(values, dict) else None


def _load_lines(raw: str) -> Mapping[str, object] | None:
    values: dict[str, object] = {}
    key = ""
    items: list[str] = []
    other = 0
    for line in raw.splitlines():
        if match := _LINE.match(line):
            key, items = match[1], []
            values[key] = _unquoted(match[2] or "")
        elif key and (match := _ITEM.match(line)):
            items.append(_unquoted(match[1]))
            values[key] = items
        elif line.strip():
            other += 1
    return values if len(values) > other else None


def _unquoted(value: str) -> str:
    value = value.strip()
    match = _QUOTED.match(value)
    return match[2] if match else value


def _metadata(values: Mapping[str, object]) -> Metadata:
    found = {str(key).strip().lower(): value for key, value in values.items()}
    date = _first(found, "date")
    return Metadata(
        title=_first(found, "title"),
        date=calendar_date(date) if date else None,
        author="、".join(_strings(_present(found, "author"))) or None,
        tags=tuple(dict.fromkeys(_strings(_present(found, "tags")))),
        url=_first(found, "url"),
    )


def _present(found: Mapping[str, object], name: str) -> list[object]:
    return [found[key] for key in _KEYS[name] if found.get(key)]


def _first(found: Mapping[str, object], name: str) -> str | None:
    return next(_strings(_present(found, name)), None)


def _strings(values: Iterable[object]) -> Iterator[str]:
    """Flattens lists; of a mapping (``author: {name: …}``) takes the values."""
    stack = list(values)[::-1]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            if value.strip():
                yield " ".join(value.split())
        elif isinstance(value, Mapping):
            stack.extend(list(value.values())[::-1])
        elif isinstance(value, list):
            stack.extend(value[::-1])
