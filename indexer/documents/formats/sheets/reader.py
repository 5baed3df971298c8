"""A workbook → blocks: each sheet a section, each row of it a block."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import BytesIO
from typing import TypeAlias

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from indexer.documents.formats.sheets.binary_forms import Forms, binary_forms, has_password
from indexer.documents.formats.sheets.number_forms import NumberForm
from indexer.documents.formats.sheets.package import MOST_CELLS, checked_package
from indexer.documents.table_rows import Merge, table_blocks
from indexer.errors import ReadError
from indexer.model import Block, Metadata, ParsedFile

Value: TypeAlias = (
    int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta | None
)
# Names that sheets have before anybody names them.
_UNNAMED = re.compile(r"(?:sheet|工作表|表格?)\s*\d*", re.I)
# Digits of a number that a workbook holds; those that a cell shows, however wide it is, of one with a fraction: what is
# 0.7 to everybody is held as 0.699999999999999. From here on it shows the whole number.
_DIGITS_HELD, _DIGITS_SHOWN, _MOST_WITH_FRACTION = 15, 10, 1e9
# A workbook with a password is an old Office file that holds an encrypted package.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(content: bytes) -> ParsedFile:
    """Read a workbook of any of the formats; hidden sheets are left out, and named among what was.

    Raises:
        ReadError: it is damaged, encrypted, or larger than is allowed.
    """
    if not content:
        return ParsedFile(Metadata(), ())
    if _ENCRYPTED in content or has_password(content):
        raise ReadError("文件加了密码。", "请去掉密码后另存一份。")
    if content.startswith(b"PK"):
        content = checked_package(content)
    try:
        return _parsed(CalamineWorkbook.from_filelike(BytesIO(content)), binary_forms(content))
    except (ReadError, MemoryError):
        raise
    except BaseException as error:  # calamine panics at some damage, which is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise _unreadable(error) from error


def _unreadable(error: BaseException) -> ReadError:
    if "password" in str(error).lower():
        return ReadError("文件加了密码。", "请去掉密码后另存一份。")
    return ReadError("文件已经损坏，或者不是它的后缀所说的格式。", "请用表格软件打开，另存为 xlsx 后再试。")


def _parsed(workbook: CalamineWorkbook, forms: Mapping[str, Forms]) -> ParsedFile:
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    shown = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    hidden = [f"隐藏的工作表：{sheet.name}" for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]
    blocks = [
        block
        for name in shown
        for block in _sheet(workbook.get_sheet_by_name(name), name, forms.get(name, {}), sole=len(shown) == 1)
    ]
    return ParsedFile(Metadata(), tuple(blocks), dropped=tuple(hidden))


def _sheet(sheet: CalamineSheet, name: str, forms: Forms, *, sole: bool) -> Iterator[Block]:
    """Yield the sheet's name as a heading, below that of the file, and its rows; nothing of an empty sheet."""
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise ReadError(f"工作表“{name}”太大，超过 {MOST_CELLS} 格。", "请删掉离得很远的格子，或把表拆开。")
    if not sheet.height:
        return
    if not (sole and _UNNAMED.fullmatch(name.strip())):
        yield Block(name, level=2)
    top, left = sheet.start or (0, 0)
    rows = (
        [_in_form(value, forms.get((row, column))) for column, value in enumerate(values, left)]
        for row, values in enumerate(sheet.to_python(), top)
    )
    yield from table_blocks(rows, _merges(sheet))


def _merges(sheet: CalamineSheet) -> Iterator[Merge]:
    """Yield the merged cells, counted from the first cell that holds something."""
    top, left = sheet.start or (0, 0)
    for (first, start), (last, end) in sheet.merged_cell_ranges or ():
        if first >= top and start >= left:
            yield Merge(first - top, start - left, last - top, end - left)


def _in_form(value: Value, form: NumberForm | None) -> str:
    """Return a cell as it is shown."""
    text = shown(value)
    if form is None or isinstance(value, bool) or not isinstance(value, int | float):
        return text
    return form.shown(_written(value, _DIGITS_HELD)) or text


def _written(number: float, digits: int) -> str:
    """Return a number with so many digits, and without an exponent."""
    text = f"{number:.{digits}g}" if abs(number) < 1e15 else f"{number:.0f}"
    return f"{Decimal(text):f}" if "e-0" in text else text


def shown(value: Value) -> str:
    """Return a cell as a sheet shows it when nobody has chosen a form for it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        is_fraction = not value.is_integer() and abs(value) < _MOST_WITH_FRACTION
        return _written(value, _DIGITS_SHOWN if is_fraction else _DIGITS_HELD)
    if isinstance(value, datetime.datetime):
        return str(value.date()) if value.time() == datetime.time() else value.isoformat(" ", "seconds")
    return str(value)
