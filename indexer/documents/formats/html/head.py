"""What a page says about itself in its head."""

from __future__ import annotations

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
        head_title=_title(soup),
        date=date,
        date_source=DateSource.PAGE if date else None,
        author=next((named[name] for name in _META_AUTHORS if name in named), None),
        url=href or named.get("og:url"),
    )


def _title(soup: BeautifulSoup) -> str | None:
    head = soup.head
    title = head.title if head is not None else None
    return " ".join(title.get_text().split()) or None if title is not None else None
