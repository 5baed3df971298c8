"""What a page says about itself in its head."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4 import BeautifulSoup
from bs4.element import Tag

from indexer.documents.dates import calendar_date
from indexer.model import DateSource, Metadata

# By how sure they are to mean the publication.
_META_DATES = (
    "article:published_time",
    "pubdate",
    "publishdate",
    "publish_date",
    "publication_date",
    "dcterms.date",
    "dc.date",
    "date",
)
_META_AUTHORS = ("author", "article:author", "dc.creator")
# What the text of the page is called, and the site.
_META_TITLES = ("articletitle", "og:title", "twitter:title")
_META_SITES = ("og:site_name", "sitename", "application-name")
_BEFORE_SITE = re.compile(r"\s*[-_—–|｜·«»<>]+\s*|\s+")


def read_head(soup: BeautifulSoup) -> Metadata:
    """Read title, date, author and address from ``<title>``, ``<meta>`` and ``<link>``."""
    named: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        name = str(meta.get("name") or meta.get("property") or "").lower()
        content = " ".join(str(meta.get("content") or "").split())
        if name and content:
            named.setdefault(name, content)
    written = next((named[name] for name in _META_DATES if name in named), None)
    date = calendar_date(written) if written else None
    canonical = soup.find("link", rel="canonical")
    href = str(canonical.get("href") or "") if isinstance(canonical, Tag) else ""
    return Metadata(
        head_title=_without_site(_title(soup), named),
        date=date,
        date_source=DateSource.PAGE if date else None,
        author=next((named[name] for name in _META_AUTHORS if name in named), None),
        url=href or named.get("og:url"),
    )


def _title(soup: BeautifulSoup) -> str:
    """Return the ``<title>``, which is now and then not in the head, where what is drawn has titles too."""
    titles = (title for title in soup.find_all("title") if title.find_parent("svg") is None)
    title = next(titles, None)
    return " ".join(title.get_text().split()) if title is not None else ""


def _without_site(title: str, named: Mapping[str, str]) -> str | None:
    """Return a title without the name of the site behind it, where the page tells the one or the other apart."""
    called = [named[name] for name in _META_TITLES if name in named]
    for name in called:
        if title.startswith(name) and _BEFORE_SITE.match(title, len(name)):
            return name
    sites = [named[name] for name in _META_SITES if name in named]
    if title in sites:
        return next((name for name in called if name not in sites), title)
    for site in sites:
        before = title.removesuffix(site)
        parted = before != title and re.search(rf"(?:{_BEFORE_SITE.pattern})$", before)
        if parted and before[: parted.start()]:
            return before[: parted.start()]
    return title or None
