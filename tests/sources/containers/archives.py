"""Archives and mails made from strings."""

from __future__ import annotations

import tarfile
from collections.abc import Mapping
from email.message import EmailMessage
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

Members = Mapping[str, bytes]


def zip_of(members: Members) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def tar_of(members: Members, packed: str = "") -> bytes:
    content = BytesIO()
    with tarfile.open(fileobj=content, mode=f"w:{packed}") as archive:  # type: ignore[call-overload]
        for name, member in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(member)
            archive.addfile(info, BytesIO(member))
    return content.getvalue()


def gbk_named(content: bytes, ascii_name: str, name: str) -> bytes:
    """A zip as archivers of Chinese Windows make it: the bytes of a name are GBK and nothing says so."""
    raw = name.encode("gbk")
    assert len(raw) == len(ascii_name)
    return content.replace(ascii_name.encode(), raw)


def encrypted(content: bytes) -> bytes:
    """A zip whose only member says that it is encrypted."""
    marked = bytearray(content)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        marked[content.index(signature) + flags] |= 1
    return bytes(marked)


def mail(text: str, attached: Members, subject: str = "会议通知") -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "张三 <zhang@example.com>", "李四 <li@example.com>"
    message["Date"] = "Fri, 02 Jul 2021 23:30:00 -0700"
    message.set_content(text)
    for name, content in attached.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
