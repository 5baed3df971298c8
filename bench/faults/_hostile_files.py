"""Files made to do harm, of every kind, and what has to become of each: read, or refused with a word that says why."""

from __future__ import annotations

import gzip
import io
import itertools
import lzma
import struct
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from bench.faults._sound_files import BINARIES, PLAIN, pdf, zipped

# Code points of a line without a break, and how deep what is nested is.
_LONG = 5 << 20
_DEEP = 10_000
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_BOMB = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
_FILE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file made to do harm.

    Attributes:
        name: what is wrong with it.
        suffix: its ending.
        make: gives its bytes.
        refused: what the reason that has to be given says, a pattern; empty where it has to be read.
        large: whether it takes more than a second or so, so that the suite leaves it to ``make faults``.
    """

    name: str
    suffix: str
    make: Callable[[], bytes]
    refused: str = ""
    large: bool = False


def _with(suffix: str, member: str, change: Callable[[str], str]) -> bytes:
    """A sound file of that ending, a member of which is changed."""
    with ZipFile(io.BytesIO(BINARIES[suffix][0])) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    members[member] = change(_as_text(members[member]))
    return zipped(members)


def _as_text(content: str | bytes) -> str:
    """A member as text."""
    return content.decode() if isinstance(content, bytes) else content


# Ending → the member that holds the text, and how a piece of text is put into it.
_PARTS = {
    ".docx": ("word/document.xml", "<w:t>", "</w:t>"),
    ".odt": ("content.xml", "<text:p>", "</text:p>"),
    ".pptx": ("ppt/slides/slide1.xml", "<a:t>", "</a:t>"),
    ".xlsx": ("xl/worksheets/sheet1.xml", "<t>", "</t>"),
    ".ods": ("content.xml", "<text:p>", "</text:p>"),
    ".epub": ("O/a.xhtml", "<p>", "</p>"),
}


def _replaced(suffix: str, text: str, head: str = "") -> bytes:
    """A sound file whose first piece of text is another, with something before the root."""
    member, start, end = _PARTS[suffix]

    def change(content: str) -> str:
        before, _, after = content.partition(start)
        return f"{head}{before}{start}{text}{end}{after.partition(end)[2]}"

    return _with(suffix, member, change)


def _halved(suffix: str) -> bytes:
    content = BINARIES[suffix][0]
    return content[: len(content) // 2]


def _deep_docx() -> bytes:
    tables = "<w:tbl><w:tr><w:tc>" * _DEEP + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * _DEEP
    return _with(
        ".docx", "word/document.xml", lambda _: f'<w:document xmlns:w="{_WORD}"><w:body>{tables}</w:body></w:document>'
    )


def _deep_odt() -> bytes:
    opened, closed = "<text:section>" * _DEEP, "</text:section>" * _DEEP
    return _with(".odt", "content.xml", lambda text: text.replace("<office:text>", f"<office:text>{opened}{closed}"))


def _deep_pptx() -> bytes:
    opened, closed = "<p:grpSp>" * _DEEP, "</p:grpSp>" * _DEEP
    return _with(
        ".pptx", "ppt/slides/slide1.xml", lambda text: text.replace("<p:spTree>", f"<p:spTree>{opened}{closed}")
    )


def _deep_epub() -> bytes:
    return _with(".epub", "O/a.xhtml", lambda text: text.replace("<body>", "<body>" + "<table><tr><td>甲" * _DEEP))


def _deep_mail() -> bytes:
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n" for number in range(_DEEP))
    return f"Subject: x\n{parts}Content-Type: text/plain\n\n甲。\n".encode()


def _mails_in_mails() -> bytes:
    return ("Subject: x\nContent-Type: message/rfc822\n\n" * _DEEP + "Subject: x\n\n甲。\n").encode()


def _spread_sheet() -> bytes:
    cell = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row>'
    return _with(".xlsx", "xl/worksheets/sheet1.xml", lambda text: text.replace("</sheetData>", f"{cell}</sheetData>"))


def _repeated_cells() -> bytes:
    return _with(
        ".ods", "content.xml", lambda text: text.replace('columns-repeated="2"', 'columns-repeated="2000000000"')
    )


def _padded(suffix: str) -> bytes:
    """A file with one more part, which unpacks to a gigabyte of spaces."""
    buffer = io.BytesIO(BINARIES[suffix][0])
    with (
        ZipFile(buffer, "a", ZIP_DEFLATED) as archive,
        archive.open("more.xml", "w", force_zip64=True) as stream,
    ):
        _fill(stream)
    return buffer.getvalue()


def _fill(stream: IO[bytes], size: int = 1 << 30) -> None:
    block = b" " * (1 << 20)
    for _ in range(size >> 20):
        stream.write(block)


def _ratio() -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive, archive.open("甲.txt", "w", force_zip64=True) as stream:
        _fill(stream)
    return buffer.getvalue()


def _many_members() -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for number in range(100_001):
            archive.writestr(f"{number}.txt", b"")
    return buffer.getvalue()


def _nested(levels: int = 6) -> bytes:
    content = zipped({"甲.txt": PLAIN})
    for _ in range(levels):
        content = zipped({"里.zip": content})
    return content


def _declared(size: int) -> bytes:
    """A zip whose only member claims to be of that size."""
    content = bytearray(zipped({"甲.txt": PLAIN}))
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", size)
    return bytes(content)


def _overlapping() -> bytes:
    """A zip in whose directory one packed member of 10 MB stands a thousand times."""
    packed = zipped({"甲.txt": b" " * (10 << 20)})
    start = packed.index(b"PK\x01\x02")
    end = packed.index(b"PK\x05\x06")
    entries = 1000
    listed = packed[start:end] * entries
    return packed[:start] + listed + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, entries, entries, len(listed), start, 0)


def _many_headers() -> bytes:
    """A packed tar of 400,000 empty files."""
    header = tarfile.TarInfo("a.txt").tobuf()
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(header * 1000) for _ in range(400)), packer.flush()])


def _declared_tar() -> bytes:
    info = tarfile.TarInfo("甲.txt")
    info.size = 1 << 40
    return info.tobuf() + PLAIN.encode()


def _packed_zeros(pack: Callable[[bytes], bytes]) -> bytes:
    return pack(bytes(600 << 20))


def _locked_zip() -> bytes:
    content = bytearray(zipped({"甲.txt": PLAIN}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags] |= 1
    return bytes(content)


def _locked_office() -> bytes:
    return _OLE + "EncryptedPackage".encode("utf-16-le") + bytes(4096)


def _locked_open(suffix: str) -> bytes:
    return _with(
        suffix,
        "META-INF/manifest.xml",
        lambda _: (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
        ),
    )


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def _stream(content: bytes, about: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), about, content)


def _pages(count: int) -> bytes:
    """A PDF of so many pages, each a line of its own."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(count))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), _FONT]
    for number in range(count):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> >>" % (5 + 2 * number)
        )
        lines = b"\n".join(
            b"BT /F 12 Tf 1 0 0 1 60 %d Tm (Line %d of page %d.) Tj ET" % (760 - 20 * line, line, number)
            for line in range(30)
        )
        objects.append(_stream(lines))
    return pdf(objects)


def _one_page(drawn: bytes, *more: bytes, resources: bytes = b"", about: bytes = b"", root: bytes = b"") -> bytes:
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F 5 0 R >> %s >> >>" % resources,
            _stream(drawn, about),
            _FONT,
            *more,
        ]
    )


_DRAWN = b"BT /F 12 Tf 1 0 0 1 60 700 Tm (A line that is seen.) Tj ET"


def _looping_form() -> bytes:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X 6 0 R >> >>"
    return _one_page(_DRAWN + b" /X Do", _stream(b"/X Do /X Do", form), resources=b"/XObject << /X 6 0 R >>")


def _doubling_forms() -> bytes:
    """Forms each of which draws the next one ten times."""
    forms = [
        _stream(
            b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X %d 0 R >> >>" % (7 + number),
        )
        for number in range(12)
    ]
    last = _stream(_DRAWN, b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /Font << /F 5 0 R >> >>")
    return _one_page(_DRAWN + b" /X Do", *forms, last, resources=b"/XObject << /X 6 0 R >>")


def _looping_pages() -> bytes:
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"])


def _looping_bookmarks() -> bytes:
    return _one_page(
        _DRAWN,
        b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
        b"<< /Title (x) /Parent 6 0 R /Next 7 0 R /First 7 0 R /Dest [3 0 R /Fit] >>",
        root=b"/Outlines 6 0 R",
    )


def _drawn_bomb() -> bytes:
    packed = zlib.compress(_DRAWN + b" " * (600 << 20), 9)
    return _one_page(packed, about=b"/Filter /FlateDecode")


def _every_pdf() -> Iterator[Hostile]:
    yield Hostile("2,000 pages", ".pdf", partial(_pages, 2000), large=True)
    yield Hostile("a form that draws itself", ".pdf", _looping_form, "中止", large=True)
    yield Hostile("forms that draw ten forms each", ".pdf", _doubling_forms, "中止", large=True)
    yield Hostile("a tree of pages that loops", ".pdf", _looping_pages, "读不出来")
    yield Hostile("bookmarks that loop", ".pdf", _looping_bookmarks)
    yield Hostile("a page of 600 MB of spaces", ".pdf", _drawn_bomb, "内存", large=True)
    yield Hostile("arrays 100,000 deep", ".pdf", lambda: _one_page(b"[" * 100_000 + _DRAWN), "没有文字")
    yield Hostile(
        "a line of 1 MB", ".pdf", lambda: _one_page(b"BT /F 1 Tf 1 0 0 1 0 9 Tm (" + b"x" * (1 << 20) + b") Tj ET")
    )


def _every_container() -> Iterator[Hostile]:
    yield Hostile("zips in zips, six deep", ".zip", _nested, "层")
    yield Hostile("a member of 1 GB of spaces", ".zip", _ratio, "上限", large=True)
    yield Hostile("100,001 members", ".zip", _many_members, "100000 个", large=True)
    yield Hostile("a member that claims 4 GB", ".zip", partial(_declared, 0xFFFFFFF0), "上限")
    yield Hostile("a member longer than it claims", ".zip", partial(_declared, 9), "损坏")
    yield Hostile("a member listed 1,000 times", ".zip", _overlapping, "上限")
    yield Hostile("a password", ".zip", _locked_zip, "密码")
    yield Hostile("400,000 empty files", ".tgz", _many_headers, "100000 个", large=True)
    yield Hostile("a member that claims 1 TB", ".tar", _declared_tar, "损坏")
    yield Hostile("600 MB of zeros", ".tgz", partial(_packed_zeros, gzip.compress), "上限", large=True)
    yield Hostile(
        "600 MB of zeros", ".txz", partial(_packed_zeros, partial(lzma.compress, preset=0)), "上限", large=True
    )
    yield Hostile("cut off", ".zip", partial(_halved, ".zip"), "损坏")
    yield Hostile("cut off", ".tgz", partial(_halved, ".tgz"), "损坏")


def _every_text() -> Iterator[Hostile]:
    yield Hostile("one line of 5 MB", ".txt", lambda: ("字" * _LONG).encode("gb18030"), large=True)
    yield Hostile("one line of 5 MB", ".md", lambda: ("字" * (_LONG // 2)).encode(), large=True)
    yield Hostile("20,000 marks that open and never close", ".md", lambda: "字*_`[".encode() * 20_000, large=True)
    yield Hostile("one line of 5 MB", ".html", lambda: b"<p>" + "字".encode() * (_LONG // 2), large=True)
    yield Hostile("one cell of 5 MB", ".csv", lambda: b"a,b\n1," + b"x" * _LONG, large=True)
    yield Hostile("a quotation never closed", ".csv", lambda: b'a,b\n1,"' + b"x,y\n" * (_LONG // 80), large=True)
    yield Hostile("a million columns", ".csv", lambda: b"x," * 1_000_000, large=True)
    yield Hostile("one line of 5 MB", ".eml", lambda: b"Subject: x\n\n" + b"x" * _LONG, large=True)
    yield Hostile(
        "a header of 5 MB", ".eml", lambda: b"Subject: " + b"=?utf-8?B?5a2X?= " * (_LONG // 17) + b"\n\nx", large=True
    )
    yield Hostile("100,000 recipients", ".eml", lambda: b"To: " + b"a@b.c, " * 100_000 + b"\n\nx")
    yield Hostile("parts 10,000 deep", ".eml", _deep_mail, "层")
    yield Hostile("mails in mails, 10,000 deep", ".eml", _mails_in_mails, "层")
    yield Hostile(
        "20,000 parts",
        ".eml",
        lambda: b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 20_000,
        large=True,
    )
    yield Hostile("tables 10,000 deep", ".html", lambda: "<table><tr><td>甲".encode() * _DEEP, large=True)
    yield Hostile("quotations 10,000 deep", ".md", lambda: b"> " * _DEEP + b"x")
    yield Hostile(
        "lists 10,000 deep", ".md", lambda: b"".join(b" " * 2 * n + b"- x\n" for n in range(2000)), large=True
    )
    yield Hostile("aliases that multiply", ".md", lambda: _aliases().encode())
    yield Hostile("cut off in a character", ".txt", lambda: PLAIN.encode()[:-2], "断开")


def _aliases() -> str:
    names = "abcdefghi"
    rows = "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in itertools.pairwise(names))
    return f"---\na: &a [x, x]\n{rows}tags: *i\ntitle: *i\n---\n正文。\n"


# What is said of a part with entities, and of a text that libxml2 finds too long.
_ENTITY = dict.fromkeys((".docx", ".pptx", ".odt", ".xlsx", ".ods"), "没有读|损坏")
_LINE = dict.fromkeys((".docx", ".odt", ".pptx"), "另存")


def _every_package() -> Iterator[Hostile]:
    for suffix in _PARTS:
        yield Hostile(
            "entities that multiply", suffix, partial(_replaced, suffix, "&i;", _BOMB), _ENTITY.get(suffix, "")
        )
        yield Hostile(
            "an entity that is a file", suffix, partial(_replaced, suffix, "&i;", _FILE), _ENTITY.get(suffix, "")
        )
        yield Hostile("a part of 1 GB of spaces", suffix, partial(_padded, suffix), "太大|上限", large=True)
        yield Hostile(
            "one line of 5 MB", suffix, partial(_replaced, suffix, "字" * _LONG), _LINE.get(suffix, ""), large=True
        )
    for suffix in (".docx", ".odt", ".pptx", ".xlsx", ".xls", ".ods", ".epub", ".pdf"):
        yield Hostile("cut off", suffix, partial(_halved, suffix), "不完整" if suffix == ".pdf" else "损坏")
    for suffix in (".docx", ".pptx", ".xlsx"):
        yield Hostile("a password", suffix, _locked_office, "密码")
    for suffix in (".odt", ".ods"):
        yield Hostile("a password", suffix, partial(_locked_open, suffix), "密码")
    yield Hostile("tables 10,000 deep", ".docx", _deep_docx, "嵌套太深")
    yield Hostile("sections 10,000 deep", ".odt", _deep_odt, "嵌套太深")
    yield Hostile("groups 10,000 deep", ".pptx", _deep_pptx, "嵌套太深")
    yield Hostile("tables 10,000 deep", ".epub", _deep_epub, large=True)
    yield Hostile("a cell in the last row and column", ".xlsx", _spread_sheet, "上限")
    yield Hostile("a cell repeated two milliard times", ".ods", _repeated_cells, "上限")
    yield Hostile("macros", ".docm", lambda: _macros(".docx", "word"))
    yield Hostile("macros", ".xlsm", lambda: _macros(".xlsx", "xl"))
    yield Hostile("macros", ".pptm", lambda: _macros(".pptx", "ppt"))


def _macros(suffix: str, folder: str) -> bytes:
    buffer = io.BytesIO(BINARIES[suffix][0])
    with ZipFile(buffer, "a") as archive:
        archive.writestr(f"{folder}/vbaProject.bin", _OLE)
    return buffer.getvalue()


def every_hostile() -> tuple[Hostile, ...]:
    """All of them."""
    return (*_every_text(), *_every_package(), *_every_pdf(), *_every_container())
