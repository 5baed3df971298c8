"""What a reader sees, by other means than the project: the HTML parser of the standard library, patterns for Markdown.

Naive on purpose: no paragraphs, no structure, only characters in their order.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

# Marks nobody can see count as white space.
_BLANK = re.compile("[\\s\u200b\u2060\ufeff]+")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "title", "button", "textarea", "iframe", "svg", "nav"})


def squeezed(text: str) -> str:
    """Return the text without white space."""
    return _BLANK.sub("", text)


class _Extractor(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.seen.append(data)


def of_html(page: str) -> str:
    """Return the visible text of a page."""
    extractor = _Extractor()
    extractor.feed(page)
    extractor.close()
    return squeezed("".join(extractor.seen))


def of_markdown(source: str) -> str:
    """Return the visible text of Markdown of the kind the corpora use."""
    source = re.sub(r"\A\s*---\n.*?\n---\n", "", source, flags=re.S)
    source = re.sub(r"^:::(?:[ ]*\w+)?", "", source, flags=re.M)
    source = re.sub(r"^\|[-:| ]+\|?$", "", source, flags=re.M)
    source = re.sub(r"^\|(.*)\|?$", lambda row: row[1].replace("|", ""), source, flags=re.M)
    source = re.sub(r"^#+\s", "", source, flags=re.M)
    source = re.sub(r"!\[[^\]\n]*\]\([^)\n]*\)", "", source)
    source = re.sub(r"\[([^\]\n]*)\]\(([^)\n]*)\)", r"\1", source)
    source = re.sub(r"(?<![*\\])\*([^*\n]+)\*(?!\*)", r"\1", source.replace("**", ""))
    return of_html(html.escape(source, quote=False).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
