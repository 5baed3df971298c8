"""Minimal workbooks, written by hand."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_ROOT = f'<Relationship Id="r" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/>'
_STYLES = (
    f'<styleSheet {_MAIN}><numFmts><numFmt numFmtId="170" formatCode="0.0%"/>'
    '<numFmt numFmtId="171" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/>'
    '<xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'
)
Rows = Sequence[Sequence[str | int | float | None]]


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


def column(number: int) -> str:
    """Letters of a column, the first being 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def sheet_xml(rows: Rows, merges: Sequence[str] = (), styles: Mapping[str, int] | None = None) -> str:
    """A sheet; ``styles`` numbers the form of a cell, see ``_STYLES``."""
    lines = ""
    for number, row in enumerate(rows, 1):
        cells = (_cell(value, f"{column(at)}{number}", styles or {}) for at, value in enumerate(row, 1))
        lines += f'<row r="{number}">{"".join(cells)}</row>'
    merged = "".join(f'<mergeCell ref="{each}"/>' for each in merges)
    merged = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    return f"<worksheet {_MAIN}><sheetData>{lines}</sheetData>{merged}</worksheet>"


def _cell(value: str | float | None, at: str, styles: Mapping[str, int]) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{at}" s="{styles.get(at, 0)}"><v>{value}</v></c>'


def xlsx(sheets: Mapping[str, str], hidden: Sequence[str] = ()) -> bytes:
    """A workbook of sheets by name, each as ``sheet_xml`` gives it."""
    states = dict.fromkeys(hidden, ' state="hidden"')
    names = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"{states.get(name, "")}/>' for at, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATED}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    links += f'<Relationship Id="s" Type="{_RELATED}/styles" Target="styles.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": f"<Relationships {_PACKAGE}>{_ROOT}</Relationships>",
            "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATED}"><sheets>{names}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships {_PACKAGE}>{links}</Relationships>",
            "xl/styles.xml": _STYLES,
            **{f"xl/worksheets/sheet{at}.xml": xml for at, xml in enumerate(sheets.values(), 1)},
        }
    )


def ods(rows: str, **parts: str) -> bytes:
    """A workbook of one sheet, 表, with these rows of XML, and these parts."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": content,
            **parts,
        }
    )


def record(kind: int, content: bytes) -> bytes:
    """A record of a binary workbook."""
    return struct.pack("<HH", kind, len(content)) + content


def xls(codes: Sequence[str], *records: bytes) -> bytes:
    """A binary workbook of one sheet, 表: the codes are those of its forms 1, 2 …, the records those of the sheet."""
    forms = [
        record(0x41E, struct.pack("<HHB", 200 + at, len(code), 1) + code.encode("utf-16-le"))
        for at, code in enumerate(codes)
    ]
    numbers = [0, *(200 + at for at in range(len(codes)))]
    forms += [record(0xE0, struct.pack("<HHH", 0, number, 0) + bytes(14)) for number in numbers]
    head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + b"".join(forms)
    name = struct.pack("<BB", 1, 1) + "表".encode("utf-16-le")
    place = len(head) + 4 + 6 + len(name) + 4
    book = head + record(0x85, struct.pack("<IH", place, 0) + name) + record(0x0A, b"")
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + b"".join(records) + record(0x0A, b"")
    return compound("Workbook", book + sheet)


def compound(name: str, stream: bytes) -> bytes:
    """A compound file of one stream."""
    stream += bytes(max(4096, -(-len(stream) // 512) * 512) - len(stream))
    sectors = len(stream) // 512
    ends, free = 0xFFFFFFFE, 0xFFFFFFFF
    table = [0xFFFFFFFD, ends, *range(3, 2 + sectors), ends]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, ends, 0, ends, 0, 0) + struct.pack("<108I", *[free] * 108)
    entries = _entry("Root Entry", 5, 1, ends, 0) + _entry(name, 2, free, 2, len(stream)) + bytes(256)
    return header + struct.pack("<128I", *table, *[free] * (128 - len(table))) + entries + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = f"{name}\0".encode("utf-16-le")
    free = 0xFFFFFFFF
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, free, free, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
