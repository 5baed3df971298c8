"""Front matter, on any format: what the file says about itself, and the text after it.

YAML between ``---`` (Jekyll, VitePress, Hexo; Hexo also leaves the opening line out), TOML between ``+++`` and JSON in
braces (Hugo).
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from indexer.documents.dates import calendar_date
from indexer.model import DateSource, Metadata

_KEYS = {
    "title": ("title", "标题", "题目"),
    "date": ("date", "published", "publish_date", "publishdate", "pubdate", "created", "日期", "发布日期", "发布时间"),
    "author": ("author", "authors", "作者"),
    "tags": ("categories", "category", "tags", "tag", "分类", "类别", "标签"),
    "amended": ("lastmod", "updated", "modified", "lastupdated", "last_modified", "修订日期", "更新日期", "更新时间"),
    "effective": ("effective", "effective_date", "施行日期", "生效日期", "实施日期"),
    "work": ("work", "book", "著作", "书名", "丛书"),
    "url": ("url", "link", "source_url", "original_url", "canonical", "原文链接", "网址"),
}
_KNOWN = frozenset().union(*_KEYS.values())
# A key that no reader is meant to see: ``layout``, ``sidebar``, ``lastUpdated``.
_PROGRAM_KEY = re.compile(r"[a-z][A-Za-z0-9_.-]*")
# More than anyone writes about a file; YAML reads some 100,000 characters a second.
_LONGEST = 50_000
_LEADING_BLANK = re.compile(r"\A[\s\ufeff]+")
_OPENING = re.compile(r"---[ \t]*\n")
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
# Hexo without its opening line: ``key: value`` from the first line on, closed by ``---``.
_OPEN = re.compile(r"((?:[A-Za-z][\w-]*[ \t]*:(?:[ \t].*)?\n(?:[ \t]+.*\n|-[ \t].*\n)*)+)-{3,}[ \t]*(?:\n|\Z)")
_LINE = re.compile(r"([\w\u4e00-\u9fff-]+)[ \t]*[:：](?:[ \t]+(.*))?$")
_ITEM = re.compile(r"\s*-\s+(.+)$")
_CLOSERS = {"[": "]", "{": "}", '"': '"', "'": "'"}


def split(text: str) -> tuple[Metadata, str]:
    """Part front matter, also after blank lines or a byte order mark, from the text that follows it.

    What is broken is read line by line as ``key: value``, so that the file is not lost for one bad line. What stands
    between two rules (``---``) is text, not front matter, unless it is keys and values of which one is known or all
    are such as programs read.
    """
    body = _LEADING_BLANK.sub("", text)
    if _OPENING.match(body):
        return _split_yaml(text, body)
    for found in (_split_toml(body), _split_json(body), _split_open(body)):
        if found and _is_known(found[0]):
            return _metadata(found[0]), found[1]
    return Metadata(), text


def _split_yaml(text: str, body: str) -> tuple[Metadata, str]:
    from frontmatter.default_handlers import YAMLHandler  # with PyYAML, without which most files are read

    try:
        raw, content = YAMLHandler().split(body)
    except ValueError:  # no closing rule
        return Metadata(), text
    values = _load(raw) if len(raw) <= _LONGEST else None
    if values is None or not _is_about_the_file(values):
        return Metadata(), _between_rules(body, content)
    return _metadata(values), content


def _split_toml(body: str) -> tuple[Mapping[str, object], str] | None:
    match = _TOML.match(body) if body.startswith("+++") else None
    if match is None or len(match[1]) > _LONGEST:
        return None
    import tomllib

    try:
        values: Mapping[str, object] | None = tomllib.loads(match[1])
    except (tomllib.TOMLDecodeError, RecursionError):
        values = _load_lines(re.sub(r"^([\w-]+)[ \t]*=[ \t]*", r"\1: ", match[1], flags=re.M))
    return (values, body[match.end() :]) if values else None


def _split_json(body: str) -> tuple[Mapping[str, object], str] | None:
    if not body.startswith("{"):
        return None
    try:
        values, end = json.JSONDecoder().raw_decode(body[:_LONGEST])
    except (ValueError, RecursionError):
        return None
    return (values, body[end:]) if isinstance(values, dict) and body[end : end + 1] in ("", "\n") else None


def _split_open(body: str) -> tuple[Mapping[str, object], str] | None:
    match = _OPEN.match(body)
    values = _load(match[1]) if match and len(match[1]) <= _LONGEST else None
    return (values, body[match.end() :]) if match and values else None


def _is_known(values: Mapping[str, object]) -> bool:
    return any(str(key).strip().lower() in _KNOWN for key in values)


def _is_about_the_file(values: Mapping[str, object]) -> bool:
    return _is_known(values) or all(_PROGRAM_KEY.fullmatch(str(key).strip()) for key in values)


def _between_rules(body: str, content: str) -> str:
    """Set the second rule off, ``content`` being what follows it; Markdown would underline a heading with it."""
    above = body[: len(body) - len(content)].rstrip()
    rule = above.rfind("\n")
    return f"{body[:rule]}\n{body[rule:]}"


def _load(raw: str) -> Mapping[str, object] | None:
    """Return keys and values as they are written (no dates, numbers or truth values), None where there are none."""
    try:
        values = _load_yaml(raw)
    except ValueError:
        return _load_lines(raw)
    if values is None or values == "":
        return {}
    return values if isinstance(values, dict) else None


def _load_yaml(written: str) -> object:
    """Return what is written, all of it as text.

    Raises:
        ValueError: it is no YAML, or nested too deep.
    """
    import yaml  # type: ignore[import-untyped,unused-ignore]

    try:
        return yaml.load(written, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError from error


def _load_lines(raw: str) -> Mapping[str, object] | None:
    values: dict[str, object] = {}
    key = ""
    items: list[str] = []
    other = 0
    for line in raw.splitlines():
        if match := _LINE.match(line):
            key, items = match[1], []
            values[key] = _value(match[2] or "")
        elif key and (match := _ITEM.match(line)):
            items.append(match[1])
            values[key] = [_value(item) for item in items]
        elif line.strip():
            other += 1
    return values if len(values) > other else None


def _value(written: str) -> object:
    """Return a value of broken front matter: YAML where it is that by itself, else text, without an unclosed mark."""
    written = written.strip()
    try:
        value = _load_yaml(written)
    except ValueError:
        closer = _CLOSERS.get(written[0], "")
        if closer and closer not in written[1:]:
            return [part.strip() for part in written.lstrip(written[0]).split("," if closer == "]" else "\n")]
        return written
    return value if isinstance(value, str | list) else written


def _metadata(values: Mapping[str, object]) -> Metadata:
    found = {str(key).strip().lower(): value for key, value in values.items()}
    date = _date(found, "date")
    return Metadata(
        title=_first(found, "title"),
        date=date,
        author="、".join(_strings(_present(found, "author"))) or None,
        tags=tuple(dict.fromkeys(_strings(_present(found, "tags")))),
        url=_first(found, "url"),
        date_source=DateSource.FRONT_MATTER if date else None,
        amended=_date(found, "amended"),
        effective=_date(found, "effective"),
        work=_first(found, "work"),
    )


def _date(found: Mapping[str, object], name: str) -> str | None:
    written = _first(found, name)
    return calendar_date(written) if written else None


def _present(found: Mapping[str, object], name: str) -> list[object]:
    return [found[key] for key in _KEYS[name] if found.get(key)]


def _first(found: Mapping[str, object], name: str) -> str | None:
    return next(_strings(_present(found, name)), None)


def _strings(values: Iterable[object]) -> Iterator[str]:
    """Flatten lists, each once, since aliases can repeat one without end; of a mapping takes the values."""
    stack = list(values)[::-1]
    seen = set()
    while stack:
        value = stack.pop()
        if isinstance(value, datetime.date | datetime.time | int | float):  # TOML and JSON have types
            value = str(value)
        if isinstance(value, str):
            if value.strip():
                yield _encodable(" ".join(value.split()))
        elif id(value) not in seen:
            seen.add(id(value))
            inner = list(value.values()) if isinstance(value, Mapping) else value
            stack.extend(inner[::-1] if isinstance(inner, list) else ())


def _encodable(text: str) -> str:
    r"""Join the surrogates that ``"\ud83d\ude00"`` gives and replaces lone ones, which nothing can store."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
