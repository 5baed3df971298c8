"""Mails and pages saved as one file: what they show. What is attached to a mail is a document of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.utils import parseaddr

from indexer.documents.dates import calendar_date
from indexer.documents.formats.html import read as read_page
from indexer.documents.formats.html.reader import parse_html, parse_page
from indexer.documents.formats.text import parse_text
from indexer.documents.mime_parts import Mail, header_text, is_tnef, part_text, read_mail
from indexer.model import Block, DateSource, Metadata, ParsedFile

SUFFIXES = (".eml", ".mhtml", ".mht")

_PAGES = (".mhtml", ".mht")
_SHOWN_HEADERS = {"From": "发件人", "To": "收件人", "Cc": "抄送"}
# Pages are saved under these names without being MIME.
_IN_OUTLOOK = (
    "附件（有时连正文）装在 Outlook 的 winmail.dat 里，没有读。请在 Outlook 里打开，把附件另存出来；"
    "或者请发件人改用 HTML 或纯文本格式再发一次。"
)
_BARE_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")


def read(content: bytes, name: str) -> ParsedFile:
    """Read a mail or saved page, see ``documents.read``.

    Raises:
        ReadError: it is encrypted, or in no encoding that can be told.
    """
    is_page = name.lower().endswith(_PAGES)
    if is_page and _BARE_PAGE.match(content):
        return read_page(content, name)
    mail = read_mail(content)
    read_html = parse_page if is_page else parse_html
    parts = mail.bodies[: 1 if is_page else None]
    bodies = [_body(part_text(part), part.get_content_subtype(), read_html) for part in parts]
    blocks = tuple(block for body in bodies for block in body.blocks)
    dropped = tuple(text for body in bodies for text in body.dropped)
    if is_page:
        return ParsedFile(_page_metadata(mail, bodies), blocks, dropped=dropped)
    notes = (_IN_OUTLOOK,) if any(map(is_tnef, mail.attached)) else ()
    return ParsedFile(_mail_metadata(mail), (*_headers(mail), *blocks), dropped=dropped, notes=notes)


def _body(text: str, kind: str, read_html: Callable[[str], ParsedFile]) -> ParsedFile:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return read_html(text) if kind == "html" else parse_text(text.removeprefix("\ufeff"))


def _headers(mail: Mail) -> tuple[Block, ...]:
    """Return who wrote to whom, as a mail shows it above its text."""
    said = {word: header_text(mail.message, name) for name, word in _SHOWN_HEADERS.items()}
    lines = "\n".join(f"{word}：{value}" for word, value in said.items() if value)
    return (Block(lines),) if lines else ()


def _mail_metadata(mail: Mail) -> Metadata:
    date = calendar_date(header_text(mail.message, "Date"))
    name, address = parseaddr(header_text(mail.message, "From"))
    return Metadata(
        title=header_text(mail.message, "Subject") or None,
        author=name or address or None,
        date=date,
        date_source=DateSource.PAGE if date else None,
    )


def _page_metadata(mail: Mail, bodies: list[ParsedFile]) -> Metadata:
    about = bodies[0].metadata if bodies else Metadata()
    address = header_text(mail.message, "Snapshot-Content-Location")
    title = about.head_title or header_text(mail.message, "Subject") or None
    return Metadata(
        title=about.title,
        head_title=title,
        date=about.date,
        date_source=about.date_source,
        author=about.author,
        url=about.url or address or None,
    )
