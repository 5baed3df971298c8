"""A mail or saved page, which is MIME → the parts that it shows, and those that are attached to it.

The charset that a part or a header declares is often not the one it is in: it is asked only where the bytes themselves
do not tell.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from indexer.documents.encoding.decoder import decode
from indexer.errors import ReadError

_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
# Parts in parts; real mails have fewer than ten.
_DEEPEST = 60
# How a file of TNEF begins (MS-OXTNEF, 2.1.3.1).
_TNEF = b"\x78\x9f\x3e\x22"
_NAME = re.compile(r"\b(?:file)?name\s*=\s*\"?([^\";]+)", re.I)
_LONGEST_NAME = 120
# A header, an empty line, and what belongs to the header once more.
_PARTED_HEADER = re.compile(
    rb"(?P<above>(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,100})\r?\n"
    rb"(?P<below>(?:MIME-Version[^\n]*\n)?Content-Type:\s*multipart/[^\n]*\n?(?:[ \t][^\n]*\n){0,5}?"
    rb"[^\n]*boundary=\"?(?P<boundary>[^\"\s;]+))",
    re.I,
)
# Encoded words of a header that are decoded at once: Python takes time in the square of their number.
_MOST_ENCODED = 500
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is attached to a mail."""

    name: str
    content: bytes


@dataclass(slots=True)
class Mail:
    """A mail or saved page taken apart.

    Attributes:
        message: as a whole, for its headers.
        bodies: the parts that are shown, in order; of alternatives one.
        attached: the parts that are attached.
    """

    message: Message
    bodies: list[Message] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)

    def attachments(self) -> Iterator[Attachment]:
        """Yield the attached files; those without a name are counted."""
        for number, part in enumerate(self.attached, 1):
            yield _attachment(part, number)


def read_mail(content: bytes) -> Mail:
    """Take a mail or saved page apart.

    Raises:
        ReadError: it is encrypted, or parts nest too deep.
    """
    try:
        message = message_from_bytes(_with_one_header(content))
    except RecursionError as error:
        raise _too_deep() from error
    mail = Mail(message)
    stack = [(message, 0)]
    while stack:
        part, depth = stack.pop()
        if depth > _DEEPEST:
            raise _too_deep()
        if part.get_content_type() in _ENCRYPTED and "signed" not in str(part.get_param("smime-type", "")):
            raise ReadError("邮件是加密的。", "请在邮件软件里打开，另存为没有加密的。")
        inner = _inner(part)
        if inner is not None:
            stack.extend((each, depth + 1) for each in reversed(inner))
        elif _is_shown(part):
            mail.bodies.append(part)
        elif not _is_embedded(part):
            mail.attached.append(part)
    return mail


def _with_one_header(content: bytes) -> bytes:
    """Return a mail without the empty line in the middle of its header, which some browsers leave in saved pages."""
    match = _PARTED_HEADER.match(content)
    if match is None or b"\ncontent-type" in match["above"].lower() or content.find(b"--" + match["boundary"]) < 0:
        return content
    return match["above"] + content[match.start("below") :]


def _too_deep() -> ReadError:
    return ReadError(f"邮件的各部分套了 {_DEEPEST} 层以上，没有读。", "请另存为网页或纯文本。")


def _inner(part: Message) -> list[Message] | None:
    """Return the parts of a part that are looked at; None where it is none that holds others."""
    if part.get_content_maintype() != "multipart" or not part.is_multipart():
        return None
    parts = _parts(part)
    kind = part.get_content_subtype()
    if kind == "alternative" and parts:
        rich = [each for each in parts if each.get_content_type() in ("text/html", "multipart/related")]
        return [rich[-1] if rich else parts[0]]
    if kind == "related" and parts:
        start = str(part.get_param("start", "")).strip("<>")
        root = next((each for each in parts if start and _content_id(each) == start), parts[0])
        return [root, *(each for each in parts if each is not root and _is_attached(each))]
    return parts


def _parts(part: Message) -> list[Message]:
    """Return the parts of one that holds some. Only such a one may be asked without ``decode``: that of any other
    would be decoded by its charset, whatever that is.
    """
    return [each for each in part.get_payload() if isinstance(each, Message)]


def _content_id(part: Message) -> str:
    return str(part.get("Content-ID", "")).strip().strip("<>")


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def is_tnef(part: Message) -> bool:
    """Tell what Outlook packs the attachments of its own format of mails into: winmail.dat."""
    if part.get_content_type() in ("application/ms-tnef", "application/vnd.ms-tnef"):
        return True
    return _given_name(part).lower() == "winmail.dat" and part_bytes(part).startswith(_TNEF)


def _is_shown(part: Message) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return (
        is_text and not _is_attached(part) and (part.get_content_disposition() == "inline" or not part.get_filename())
    )


def _is_embedded(part: Message) -> bool:
    """Tell a picture that a body shows, and other parts of its machinery."""
    if part.get_content_maintype() == "image":
        return bool(_content_id(part)) or not part.get_filename()
    return part.get_content_type() in ("application/pgp-signature", "application/pkcs7-signature", "text/calendar")


def part_bytes(part: Message) -> bytes:
    """Return what a part holds, unpacked from base64 or quoted-printable."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def part_text(part: Message) -> str:
    """Return the text of a part.

    Raises:
        ReadError: neither its bytes nor its charset tell what it says.
    """
    content = part_bytes(part)
    return _text(content, part.get_content_charset(), is_page=part.get_content_subtype() == "html")


def _text(content: bytes, charset: str | None, *, is_page: bool = False) -> str:
    try:
        return decode(content, declares=is_page)
    except ReadError:
        with suppress(LookupError, ValueError):  # also of a charset that is no name
            return content.decode(charset or "")
        raise


def header_text(message: Message, name: str) -> str:
    """Return a header as it is meant, empty where it is missing: encoded words, or bytes that nobody encoded."""
    return decoded_header(_raw_header(message, name))


def _raw_header(message: Message, name: str) -> str:
    """Return a header with bytes that nobody encoded as surrogates; ``get`` would put question marks in their place."""
    return next((str(value) for each, value in message.raw_items() if each.lower() == name.lower()), "")


def decoded_header(value: str) -> str:
    """Return the text of a header's value."""
    words = value.replace("?==?", "?= =?").split() if value.count("=?") > _MOST_ENCODED else []
    if len(words) > _MOST_ENCODED:
        starts = range(0, len(words), _MOST_ENCODED)
        return " ".join(decoded_header(" ".join(words[start : start + _MOST_ENCODED])) for start in starts)
    with suppress(HeaderParseError, ValueError):
        pieces = (_header_piece(piece, charset) for piece, charset in decode_header(value))
        return " ".join("".join(pieces).split())
    return " ".join(value.split())


def _header_piece(piece: str | bytes, charset: str | None) -> str:
    content = piece.encode("ascii", "surrogateescape") if isinstance(piece, str) and not _has_text(piece) else piece
    if isinstance(content, str):
        return content
    with suppress(ReadError):
        return _text(content, None if charset == "unknown-8bit" else charset)
    return content.decode("ascii", "replace")


def _has_text(piece: str) -> bool:
    """Tell text from bytes that were let through as they are."""
    return any(character > "\x7f" and not "\ud800" <= character <= "\udfff" for character in piece)


def _attachment(part: Message, number: int) -> Attachment:
    if part.is_multipart():  # a mail that was passed on
        inner = next(iter(_parts(part)), Message())
        name = _given_name(part) or f"{header_text(inner, 'Subject') or f'邮件{number}'}.eml"
        return Attachment(_file_name(name), inner.as_bytes())
    ending = mimetypes.guess_extension(part.get_content_type()) or ""
    name = _given_name(part) or f"附件{number}{ending}"
    return Attachment(_file_name(name), part_bytes(part))


def _given_name(part: Message) -> str:
    for header in ("Content-Disposition", "Content-Type"):
        raw = _raw_header(part, header)
        if any("\ud800" <= character <= "\udfff" for character in raw) and (match := _NAME.search(raw)):
            return decoded_header(match[1])
    return decoded_header(part.get_filename() or "")


def _file_name(name: str) -> str:
    """Return a name without what parts folders, shortened before its ending."""
    clean = _NO_NAME.sub("_", name).strip(". ") or "附件"
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending}" if dot and len(ending) < 12 else clean[:_LONGEST_NAME]
