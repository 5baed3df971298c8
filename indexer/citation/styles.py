"""A document and a passage of it → a citation: a reference after the national standard, a plain one, or Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
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


def cite(
    document: Document,
    passage: Passage,
    style: str = "gbt7714",
    url: str | None = None,
    accessed: date | None = None,
) -> str:
    """Cite a passage of a document.

    ``gbt7714`` follows GB/T 7714—2015, 4.6 (电子资源): 主要责任者. 题名[EB/OL]. 引文页码(更新或修改日期)[引用日期].
    获取和访问路径. Headings stand where 4.6.2 has the page, from the top down, and the page where there is one.
    Of more than three authors the first three are named, with “等” (8.1.2); without an author that element is left
    out, as the standard allows for numbered references (8.1.4); of a document without a date only the date of access
    stands; place and name of a publisher are left out, as it allows for electronic resources (8.4.1, 8.4.2).

    ``plain`` is ``《题名》，第三章 第十二条``; titles inside the title take single marks (GB/T 15834—2011, 4.15).
    ``markdown`` is the text as a quotation, and under it the plain citation, linked where there is an address.

    Args:
        document: the document.
        passage: a passage of it.
        style: a key of ``CITATION_STYLES``.
        url: where the passage can be read; by default the document's own address. Only ``http`` and ``https`` count.
        accessed: the date of access that ``gbt7714`` gives, by default today.

    Raises:
        BadParameter: an unknown style.
    """
    if style not in _STYLES:
        raise BadParameter(f"引文没有“{style}”这种格式。", f"可用：{'、'.join(CITATION_STYLES)}。")
    return _STYLES[style](document, passage, _address(url or document.url), accessed or date.today())


def _gbt7714(document: Document, passage: Passage, url: str, accessed: date) -> str:
    issued = f"({document.date})" if document.date else ""
    parts = (
        _authors(document.author or ""),
        f"{one_line(document.title)}[EB/OL]",
        f"{_locator(passage)}{issued}[{accessed.isoformat()}]",
        url,
    )
    return "".join(f"{part}. " for part in parts if part).rstrip()


def _plain(document: Document, passage: Passage, url: str, accessed: date) -> str:
    title = one_line(document.title)
    if not (title.startswith("《") and title.endswith("》") and title.count("《") == 1):
        title = f"《{title.translate(_TITLE_MARKS)}》"
    return "，".join(filter(None, (title, _locator(passage))))


def _markdown(document: Document, passage: Passage, url: str, accessed: date) -> str:
    quoted = "\n>\n".join(f"> {_escaped(line)}" for line in passage.text.splitlines() if line.strip())
    source = _escaped(_plain(document, passage, url, accessed))
    return f"{quoted}\n>\n> ——{f'[{source}]({url})' if url else source}"


_STYLES: Mapping[str, Callable[[Document, Passage, str, date], str]] = {
    "gbt7714": _gbt7714,
    "plain": _plain,
    "markdown": _markdown,
}
CITATION_STYLES = tuple(_STYLES)


def _locator(passage: Passage) -> str:
    page = f"第{passage.page}页" if passage.page else ""
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
    """An address that may be linked, in characters that end no link; else nothing."""
    try:
        scheme = urlsplit(url or "").scheme.lower()
    except ValueError:
        return ""
    return quote(url or "", safe="%/:?#[]@!$&'*+,;=~-._", errors="replace") if scheme in _LINKED else ""
