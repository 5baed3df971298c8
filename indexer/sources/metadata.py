"""What folders say about their files: ``metadata.csv``, and index pages that name the work the folder holds.

A row of ``metadata.csv`` is about the files whose path below its folder fits the pattern in its column ``path``; later
rows, and tables of deeper folders, come before earlier and higher ones, value by value. An index page (``index.md``,
``_index.md``, ``README.md``) names a work by ``work`` in its front matter, for all files of its folder and below; or by
its title, where every other file of the folder is a part of something: 第一编, 总则, 附则. Parts without such a page
name their work where one of them says for what the law is that it is a part of (中华人民共和国刑法的任务).
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path

from indexer.documents import frontmatter
from indexer.documents.dates import calendar_date
from indexer.documents.encoding.decoder import decode
from indexer.documents.parts import is_part
from indexer.errors import ReadError
from indexer.model import Failure
from indexer.model.choices import FIELD_NAMES, FILTERS
from indexer.sources.filenames import readable
from indexer.sources.source_file import SourceFile

TABLE = "metadata.csv"
_COLUMNS: Mapping[str, str] = {
    "path": "path", "file": "path", "路径": "path", "文件": "path", "文件名": "path",
    "title": "title", "标题": "title", "题名": "title",
    "author": "author", "作者": "author",
    "date": "date", "日期": "date",
    "issued": "issued", "公布日期": "issued", "发布日期": "issued",
    "amended": "amended", "修订日期": "amended", "修正日期": "amended",
    "effective": "effective", "施行日期": "effective", "生效日期": "effective", "实施日期": "effective",
    "tags": "tags", "tag": "tags", "标签": "tags", "分类": "tags",
    "url": "url", "网址": "url", "链接": "url",
    "work": "work", "著作": "work", "书名": "work",
}  # fmt: skip
_RESERVED = frozenset((*FIELD_NAMES, *FILTERS, "q", "id"))
_BETWEEN_TAGS = re.compile(r"[;；、,，|]")
_INDEX_PAGES = ("_index.md", "index.md", "README.md", "readme.md")
# Bytes of a page in which its title stands.
_HEAD = 4_000
# A table larger than this is none that somebody keeps.
_LARGEST = 32 << 20
# A law that speaks of itself, by its whole name and without the brackets in which others are cited.
_OF_ITSELF = re.compile(
    r"(?<![《〈“])(中华人民共和国[^《》〈〉“”，。、；：\s的]{1,14}?(?:法典|法|条例))(?=的任务|的目的|以宪法为根据)"
)
_FIRST_HEADING = re.compile(r"^# +(.+?)[ #]*$", re.M)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a folder says about a file; None or empty where it is silent."""

    title: str | None = None
    author: str | None = None
    date: str | None = None
    issued: str | None = None
    amended: str | None = None
    effective: str | None = None
    tags: tuple[str, ...] = ()
    url: str | None = None
    work: str | None = None
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def digest(self) -> str:
        """Hexadecimal; empty where nothing is said."""
        if self is NOTHING or self == NOTHING:
            return ""
        return hashlib.blake2b(json.dumps(asdict(self), ensure_ascii=False).encode(), digest_size=16).hexdigest()

    def over(self, other: Declared) -> Declared:
        """Return this, completed by ``other``."""
        missing = {one.name: getattr(other, one.name) for one in fields(Declared) if not getattr(self, one.name)}
        return replace(self, **missing | {"fields": tuple((dict(other.fields) | dict(self.fields)).items())})


# What is said of most files.
NOTHING = Declared()


@dataclass(frozen=True, slots=True)
class _Row:
    pattern: str
    declared: Declared


class FolderMetadata:
    """What the folders around files say about them; tables and pages are read when first asked for, once.

    Attributes:
        failures: tables that could not be read, or not wholly, as the user is told.
    """

    def __init__(self) -> None:
        self.failures: list[Failure] = []
        self._tables: dict[Path, tuple[_Row, ...]] = {}
        self._works: dict[Path, str | None] = {}
        self._silent: set[tuple[str | bytes, int]] = set()

    def of(self, source: SourceFile) -> Declared:
        """Return what is said about a file by its folder and those above it, up to its root."""
        place = os.path.dirname(source.location), source.on_disk.count("/")  # noqa: PTH120 - this runs for every file
        if place in self._silent:
            return NOTHING
        folder, folders = source.file.parent, source.on_disk.split("/")[:-1]
        around = list(self._around(folder, folders))
        if not any(rows or work for rows, work in around):
            self._silent.add(place)
            return NOTHING
        found, below = NOTHING, source.path.split("/")[len(folders) :]
        for rows, work in around:
            for row in reversed(rows):
                if fnmatchcase("/".join(below), row.pattern):
                    found = found.over(row.declared)
            found = found.over(Declared(work=work))
            below.insert(0, readable(folder.name))
            folder = folder.parent
        return found

    def _around(self, folder: Path, folders: list[str]) -> Iterator[tuple[tuple[_Row, ...], str | None]]:
        """Yield what a folder says, and those above it up to the root."""
        for depth in range(len(folders), 0, -1):
            yield self._rows(folder, folders[:depth]), self._work(folder)
            folder = folder.parent

    def _rows(self, folder: Path, path: list[str]) -> tuple[_Row, ...]:
        if folder not in self._tables:
            self._tables[folder] = ()
            table = folder / TABLE
            try:
                if table.is_file() and table.stat().st_size <= _LARGEST:
                    text = decode(table.read_bytes())
                    self._tables[folder] = tuple(self._parse(text, "/".join((*path, TABLE))))
            except (ReadError, OSError, csv.Error) as error:
                self.failures.append(Failure("/".join((*path, TABLE)), f"这张表读不了：{error}"))
        return self._tables[folder]

    def _parse(self, text: str, path: str) -> Iterator[_Row]:
        lines = text.removeprefix("\ufeff").splitlines()
        reader = csv.DictReader(lines, delimiter="\t" if lines and "\t" in lines[0] else ",", restval="")
        columns = [(name, (name or "").strip()) for name in reader.fieldnames or ()]
        if not any(_COLUMNS.get(name.lower()) == "path" for _, name in columns):
            self.failures.append(
                Failure(path, "这张表没有 path（路径）一列，没有采用。请加上这一列，写文件名或 *.md 这样的模式。")
            )
            return
        own = [(key, name) for key, name in columns if name and name.lower() not in _COLUMNS]
        kept = [(key, name) for key, name in own if self._is_free(name, path)]
        for row in reader:
            values = {key: " ".join((row.get(key) or "").split()) for key, _ in columns}
            known = {_COLUMNS[name.lower()]: values[key] for key, name in columns if name.lower() in _COLUMNS}
            if known["path"]:
                yield _Row(known["path"].removeprefix("./"), _declared(known, [(n, values[k]) for k, n in kept]))

    def _is_free(self, name: str, path: str) -> bool:
        if name.lower() not in _RESERVED and not re.search(r"[=＝:：]", name):
            return True
        message = f"列名“{name}”已有别的意思，或含有 = 和冒号，这一列没有采用。请给它换个名字。"
        self.failures.append(Failure(path, message))
        return False

    def _work(self, folder: Path) -> str | None:
        if folder not in self._works:
            self._works[folder] = _work_of(folder)
        return self._works[folder]


def _declared(known: Mapping[str, str], own: Iterable[tuple[str, str]]) -> Declared:
    tags = (tag.strip() for tag in _BETWEEN_TAGS.split(known.get("tags", "")))
    return Declared(
        title=known.get("title") or None,
        author=known.get("author") or None,
        date=calendar_date(known.get("date", "")),
        issued=calendar_date(known.get("issued", "")),
        amended=calendar_date(known.get("amended", "")),
        effective=calendar_date(known.get("effective", "")),
        tags=tuple(dict.fromkeys(filter(None, tags))),
        url=known.get("url") or None,
        work=known.get("work") or None,
        fields=tuple((name, value) for name, value in own if value),
    )


def _work_of(folder: Path) -> str | None:
    """Return the work that the index page of a folder, or a part without such a page, names, if it does."""
    page = next((folder / name for name in _INDEX_PAGES if (folder / name).is_file()), None)
    if page is None:
        return _work_of_parts(folder)
    if (text := _head_of(page)) is None:
        return None
    about, body = frontmatter.split(text)
    heading = _FIRST_HEADING.search(body)
    title = about.title or (heading[1].strip() if heading else None)
    if about.work or title is None:
        return about.work
    return title if not is_part(title) and _parts(folder) else None


def _work_of_parts(folder: Path) -> str | None:
    """Return the one law that parts call by its name where they speak of it."""
    heads = (_head_of(part) or "" for part in _parts(folder))
    named = {name for head in heads for name in _OF_ITSELF.findall(head)}
    return named.pop() if len(named) == 1 else None


def _parts(folder: Path) -> list[Path]:
    """Return the pages of a folder beside its index page, if they are several and each is a part of something."""
    names = [name for name in _names_of_pages(folder) if name not in _INDEX_PAGES]
    are_parts = len(names) > 1 and all(_shows_part(folder / name) for name in names)
    return [folder / name for name in names] if are_parts else []


def _names_of_pages(folder: Path) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if os.path.normcase(name).endswith(".md")]  # noqa: PTH208
    except OSError:
        return []


def _shows_part(file: Path) -> bool:
    text = _head_of(file)
    if text is None:
        return False
    about, body = frontmatter.split(text)
    heading = _FIRST_HEADING.search(body)
    return is_part(about.title or (heading[1] if heading else ""))


def _head_of(file: Path) -> str | None:
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
        return decode(head.rsplit(b"\n", 1)[0] + b"\n")
    except (OSError, ReadError):
        return None
