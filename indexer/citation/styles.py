"""A document and a passage of it → a citation: a reference after the national standard, a plain one, Markdown,
or an article of a law.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from indexer.errors import BadParameter
from indexer.model import Document, Passage

# Names that are written out; of more, the first three are (GB/T 7714—2015, 8.1.2).
_NAMES = 3

_BETWEEN_NAMES = re.compile("[;；、，]")
_HAN = re.compile("[\u4e00-\u9fff]")
_TITLE_MARKS = str.maketrans("《》", "〈〉")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+!|~&-]|(?<=^[0-9])\.|(?<=^[0-9]{2})\.)")
_LINKED = ("http", "https")
# Endings of names that no one outside can look up.
_PRIVATE = (".local", ".localhost", ".internal", ".lan", ".home", ".test", ".invalid")


@dataclass(frozen=True, slots=True)
class _Source:
    """What is cited; ``url`` is empty where there is none that leads others there."""

    document: Document
    passage: Passage
    url: str
    accessed: date
    siblings: Sequence[Passage]


def cite(
    document: Document,
    passage: Passage,
    style: str = "gbt7714",
    url: str | None = None,
    accessed: date | None = None,
    siblings: Sequence[Passage] = (),
) -> str:
    """Cite a passage of a document.

    ``gbt7714`` follows GB/T 7714—2015, 4.6 (电子资源): 主要责任者. 题名[EB/OL]. 引文页码(更新或修改日期)[引用日期].
    获取和访问路径. Headings stand where 4.6.2 has the page, from the top down, and the page where there is one.
    Of more than three authors the first three are named, with “等” (8.1.2); without an author that element is left
    out, as the standard allows for numbered references (8.1.4); of a document without a date only the date of access
    stands; place and name of a publisher are left out, as it allows for electronic resources (8.4.1, 8.4.2). Without
    an address that is public it is no electronic resource: the mark is ``[Z]`` and no access is dated.

    ``plain`` is ``《题名》，第三章 第十二条``; titles inside the title take single marks (GB/T 15834—2011, 4.15).
    ``markdown`` is the text as a quotation, and under it the plain citation, linked where there is an address.
    ``law`` is ``《劳动合同法》（2012年修正）第十九条第一款第二项`` (``statutes``); outside of articles the plain
    citation.

    Args:
        document: the document.
        passage: a passage of it.
        style: a key of ``CITATION_STYLES``.
        url: where the passage can be read; by default the document's own address. Only ``http`` and ``https`` count,
            and never an address of this machine alone.
        accessed: the date of access that ``gbt7714`` gives, by default today.
        siblings: the passages of the same section in order, by which ``law`` counts paragraphs.

    Raises:
        BadParameter: an unknown style.
    """
    if style not in _STYLES:
        raise BadParameter(f"引文没有“{style}”这种格式。", f"可用：{'、'.join(CITATION_STYLES)}。")
    address = _address(url) or _address(document.url)
    return _STYLES[style](_Source(document, passage, address, accessed or date.today(), siblings))


def _gbt7714(source: _Source) -> str:
    document = source.document
    is_online = _is_public(source.url)
    issued = f"({document.date})" if document.date else ""
    accessed = f"[{source.accessed.isoformat()}]" if is_online else ""
    parts = (
        _authors(document.author or ""),
        f"{one_line(document.full_title)}[{'EB/OL' if is_online else 'Z'}]",
        f"{_locator(source.passage)}{issued}{accessed}",
        source.url if is_online else "",
    )
    return "".join(f"{part}. " for part in parts if part).rstrip()


def _plain(source: _Source) -> str:
    titles = "".join(map(_in_marks, source.document.titles))
    return "，".join(filter(None, (titles, _locator(source.passage))))


def _in_marks(title: str) -> str:
    title = one_line(title)
    if title.startswith("《") and title.endswith("》") and title.count("《") == 1:
        return title
    return f"《{title.translate(_TITLE_MARKS)}》"


def _markdown(source: _Source) -> str:
    quoted = "\n>\n".join(f"> {_escaped(line)}" for line in source.passage.text.splitlines() if line.strip())
    citation = _escaped(_plain(source))
    return f"{quoted}\n>\n> ——{f'[{citation}]({source.url})' if source.url else citation}"


def _law(source: _Source) -> str:
    from indexer.citation.statutes import cite_statute  # what reads headings would be loaded by whoever only searches

    return cite_statute(source.document, source.passage, source.siblings) or _plain(source)


_STYLES: Mapping[str, Callable[[_Source], str]] = {
    "gbt7714": _gbt7714,
    "plain": _plain,
    "markdown": _markdown,
    "law": _law,
}
CITATION_STYLES = tuple(_STYLES)


def _locator(passage: Passage) -> str:
    page = f"第{passage.pages}页" if passage.page else ""
    return " ".join(filter(None, (*map(one_line, passage.section), page)))


def _authors(author: str) -> str:
    """Names with commas between them; a comma of another script may stand inside a name."""
    pattern = re.compile("[;；、，,]") if _HAN.search(author) else _BETWEEN_NAMES
    names = [name for name in map(one_line, pattern.split(author)) if name]
    others = "等" if _HAN.search(author) else "et al"
    return ", ".join([*names[:_NAMES], others] if len(names) > _NAMES else names)


def one_line(text: str) -> str:
    """Text in one line."""
    return " ".join(text.split())


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKDOWN.sub(r"\\\1", one_line(text))


def _address(url: str | None) -> str:
    """An address that may be linked, in characters that end no link; nothing for one of this machine alone."""
    try:
        parts = urlsplit(url or "")
        scheme, host = parts.scheme.lower(), parts.hostname or ""
    except ValueError:
        return ""
    if scheme not in _LINKED or not host or _is_loopback(host):
        return ""
    return quote(url or "", safe="%/:?#[]@!$&'*+,;=~-._", errors="replace")


@lru_cache(maxsize=64)
def _is_loopback(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _is_public(url: str) -> bool:
    """Whether everybody can ask the host of an address."""
    return _is_public_host((urlsplit(url).hostname or "").rstrip("."))


@lru_cache(maxsize=64)
def _is_public_host(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_PRIVATE)
