"""What of a zipped workbook may be read: its tables, of a number of cells that was counted before, numbers as shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from indexer.documents.formats.sheets.number_forms import NumberForm, number_forms, with_shown_numbers
from indexer.documents.zip_package import ZipPackage
from indexer.errors import ReadError

# Cells of a sheet, the empty ones before its last row and column included: calamine keeps a place for each.
MOST_CELLS = 8_000_000
_STYLES = "xl/styles.xml"
_MANIFEST = "META-INF/manifest.xml"
# LibreOffice writes what its menus are, some of it empty files, beside the tables.
_NEEDED = re.compile(r"(?!Configurations2/).*\.(?:xml|rels|bin)", re.I)
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_REPEATED = re.compile(rb"<table:table-(row|cell)\b([^>]*?)(/?)>|</table:table-row>")
_TIMES = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d+)[\"']")

# A cell of an ods that holds a number, and its text; what of it is no text.
_VALUED = re.compile(
    rb"(<table:table-cell\b)([^>]*office:value-type=[\"'](?:float|percentage|currency)[\"'][^>]*(?<!/))>(?=\s*<text:p)"
)
_VALUES = re.compile(rb"\soffice:(?:value-type|value|currency)=(?:\"[^\"]*\"|'[^']*')")


def checked_package(content: bytes) -> bytes:
    """Return a workbook of the tables of ``content`` only, parts as long as they say, numbers in the form they have.

    Raises:
        ReadError: it cannot be unpacked, or a sheet of it spans more cells than are kept.
    """
    package, checked = ZipPackage(content), BytesIO()
    with ZipFile(checked, "w") as copy:
        forms = number_forms(package.read(_STYLES)) if _STYLES in package else {}
        if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
            raise ReadError("文件加了密码。", "请去掉密码后另存一份。")
        for name in package.names:
            if _NEEDED.fullmatch(name) or name == "mimetype":
                part = package.read(name)
                if name.endswith(".xml"):
                    _require_well_formed(name, part)
                _require_bounded(name, part)
                copy.writestr(name, _as_shown(name, part, forms))
    return checked.getvalue()


def _as_shown(name: str, part: bytes, forms: Mapping[bytes, NumberForm]) -> bytes:
    if _is_sheet(name):
        return with_shown_numbers(part, forms)
    return with_shown_texts(part) if name == "content.xml" else part


def with_shown_texts(content: bytes) -> bytes:
    """Return the tables of an ods whose values are the texts that they are shown as, which stand beside them."""
    return _VALUED.sub(
        lambda cell: cell[1] + b' office:value-type="string"' + _VALUES.sub(b"", cell[2]) + b">", content
    )


def _require_well_formed(name: str, part: bytes) -> None:
    """Refuse a part that is no whole XML: calamine leaves out the rest without a word, or never comes to its end."""
    try:
        ParserCreate().ParseFile(BytesIO(part))
    except (ExpatError, ValueError, LookupError) as error:
        raise ReadError(f"里面的 {name} 不是完好的 XML，文件已损坏。", "请用表格软件打开，另存一份后再试。") from error


def _is_sheet(name: str) -> bool:
    return "worksheets/" in name and name.endswith(".xml")


def _require_bounded(name: str, part: bytes) -> None:
    if _is_sheet(name):
        cells = _extent(part)
    elif name == "content.xml":
        cells = sum(_repeated(part))
    else:
        return
    if cells > MOST_CELLS:
        raise ReadError(
            f"有一张表占了 {cells} 格（连空格子在内），超过上限 {MOST_CELLS}，没有读。",
            "请删掉离得很远的格子和空行空列，或把表拆开。",
        )


def _extent(sheet: bytes) -> int:
    """Return how many cells the rectangle around all cells of an xlsx sheet has."""
    columns, rows = {b"A"}, 1
    for match in _CELL.finditer(sheet):
        columns.add(match[1])
        rows = max(rows, int(match[2]))
    return rows * max(map(_column, columns))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _repeated(content: bytes) -> Iterator[int]:
    """Yield the number of cells of each row of an ods that is not empty, as often as the row is repeated."""
    rows, cells, filled = 1, 0, False
    for match in _REPEATED.finditer(content):
        times = _TIMES.search(match[2] or b"")
        count = int(times[1]) if times else 1
        if match[1] == b"row":
            rows, cells, filled = count, 0, False
        elif match[1] == b"cell":
            is_empty = bool(match[3]) and b"office:value" not in match[2]
            filled = filled or not is_empty
            cells += 0 if is_empty and count > 1_000 else count  # what fills up a sheet to its edge
        elif filled:
            yield rows * cells
