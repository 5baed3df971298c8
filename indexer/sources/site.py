"""A built site: which of its files are pages, which of those are none to search, and the address of each.

Pages are told by what generators of sites call them. Every rule is data, with a path that it leaves out and near-misses
that it keeps; a page whose author marked its text (``data-xunzhang-body``) is never left out by its path.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

_ENDINGS = (".html", ".htm")
_INDEX = "index.html"
# A folder of one language of a site, as generators name it.
_LANGUAGE = r"(?:[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?/)?"
_PAGE = r"(?:\.html?|/index\.html?)"
_BLOGS = ("hugo", "hexo")


@dataclass(frozen=True, slots=True)
class PathRule:
    """Leaves pages out whose path in the site matches ``pattern`` from end to end.

    Attributes:
        name: why, as the user is told.
        generators: where one of these made the site; empty for any.
    """

    name: str
    pattern: re.Pattern[str]
    drops: tuple[str, ...]
    keeps: tuple[str, ...]
    generators: tuple[str, ...] = ()


PATH_RULES = (
    PathRule(
        "找不到页面时显示的页。",
        re.compile(rf"(?:.*/)?404{_PAGE}"),
        drops=("404.html", "en/404/index.html"),
        keeps=("errors/404-page.html", "404/说明.html"),
    ),
    PathRule(
        "检索页。",
        re.compile(rf"{_LANGUAGE}search{_PAGE}"),
        drops=("search.html", "search/index.html", "zh-CN/search/index.html"),
        keeps=("guide/search.html", "search/syntax.html", "research.html"),
    ),
    PathRule(
        "打印用的页。",
        re.compile(rf"{_LANGUAGE}(?:print_page|print){_PAGE}|(?:.*/)?_print/.*"),
        drops=("print_page/index.html", "print.html", "docs/_print/index.html"),
        keeps=("guide/print.html", "print/setup.html"),
    ),
    PathRule(
        "自动生成的索引。",
        re.compile(
            rf"(?:genindex(?:-[^/]+)?|(?:[^/]+-)?modindex){_PAGE}|_(?:modules|static|sources|images|downloads)/.*"
        ),
        drops=("genindex.html", "genindex-all/index.html", "py-modindex.html", "_modules/os.html", "_static/a.html"),
        keeps=("index.html", "guide/genindex.html", "static/a.html"),
    ),
    PathRule(
        "标签、分类或归档的列表。",
        re.compile(rf"{_LANGUAGE}(?:[^/]+/)?(?:tags|categories|archives|authors|series)(?:{_PAGE}|/.*)"),
        drops=(
            "tags/index.html",
            "categories/随笔/index.html",
            "blog/tags/a/page/2/index.html",
            "archives/2026/index.html",
        ),
        keeps=("posts/archives-guide/index.html", "html-tags/index.html"),
        generators=_BLOGS,
    ),
    PathRule(
        "标签的列表。",
        re.compile(rf"{_LANGUAGE}tags{_PAGE}"),
        drops=("tags/index.html", "tags.html"),
        keeps=("guide/tags.html", "tags/div/index.html"),
        generators=("mkdocs",),
    ),
    PathRule(
        "列表的后几页。",
        re.compile(r"(?:.*/)?page/\d+/index\.html?"),
        drops=("page/2/index.html", "blog/page/3/index.html"),
        keeps=("page/index.html", "page/two/index.html"),
        generators=(*_BLOGS, "docusaurus"),
    ),
)
# Classes of ``html`` that tell a list of Docusaurus, wherever it stands.
_LISTS = re.compile(r"(?:docs|blog)-(?:tags?|archive|authors?)(?:-.*)?-page")


def page_files(site: Path, own: str) -> Iterator[tuple[str, Path]]:
    """Yield path in the site, with ``/`` between, and location of every page, in order.

    Args:
        site: the folder that a generator wrote.
        own: the name of the file by which folders are told that hold an export, and are passed over.
    """
    for folder, folders, files in os.walk(site):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not (here / name / own).exists())
        for name in sorted(files):
            if name.lower().endswith(_ENDINGS) and not name.startswith("."):
                yield (here / name).relative_to(site).as_posix(), here / name


def rule_of(path: str, classes: Iterable[str], generators: Iterable[str]) -> str | None:
    """Return why a page is left out by what it is called, or None.

    Args:
        path: in the site.
        classes: of its elements ``html`` and ``body``.
        generators: the programs that made the site.
    """
    made = set(generators)
    for rule in PATH_RULES:
        if (not rule.generators or made.intersection(rule.generators)) and rule.pattern.fullmatch(path):
            return rule.name
    return "标签、分类或归档的列表。" if any(map(_LISTS.fullmatch, classes)) else None


# ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the pages of a site are, by what they say themselves.

    Attributes:
        base: what the canonical addresses of most pages begin with; empty where they tell nothing.
        below: path of a page → its address below the root of the site, not quoted.
        copies: path of a page → path of the page that it names as the one to list instead of it.
    """

    base: str
    below: Mapping[str, str]
    copies: Mapping[str, str]


def addresses(canonicals: Mapping[str, str | None]) -> Addresses:
    """Work out addresses from the canonical address that each page, by its path in the site, names."""
    named = {path: _plain(url) for path, url in canonicals.items() if url}
    bases = Counter(base for path, url in named.items() for base in _bases(path, url))
    base = max(bases, key=lambda each: (bases[each], -len(each)), default="")
    if 2 * bases[base] <= len(named):
        base = ""  # no page of most is where it says that it is
    forms = {form: path for path in canonicals for form in _forms(path)}
    below, copies = {}, {}
    for path in canonicals:
        said = named[path].removeprefix(base) if base and named.get(path, "").startswith(base) else None
        below[path] = said if said in _forms(path) else _forms(path)[0]
        if said is not None and said not in _forms(path) and said in forms:
            copies[path] = forms[said]
    return Addresses(base, below, copies)


def _plain(url: str) -> str:
    """Return an address without what follows its path, and not quoted."""
    parts = urlsplit(url)
    return unquote(f"{parts.scheme}://{parts.netloc}{parts.path}" if parts.netloc else parts.path)


def _bases(path: str, url: str) -> Iterator[str]:
    """Yield what the address of the site would be, if ``url`` is that of the page at ``path``."""
    for form in _forms(path):
        if url.endswith(f"/{form}"):
            yield url.removesuffix(form)


def _forms(path: str) -> tuple[str, ...]:
    """Return what a page may be called below the root of its site, first what every host understands."""
    if path == _INDEX or path.endswith(f"/{_INDEX}"):
        folder = path.removesuffix(_INDEX)
        return (folder, path, folder.removesuffix("/")) if folder else ("", _INDEX)
    stem = path.rpartition(".")[0]
    return path, stem, f"{stem}/"
