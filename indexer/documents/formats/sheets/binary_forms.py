"""What calamine does not tell of a binary workbook (xls): forms of numbers, and whether it is encrypted. By MS-XLS."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from indexer.documents.formats.sheets.number_forms import BUILT_IN, NumberForm, number_form
from indexer.documents.ole import stream

_BOF, _EOF, _SHEET, _XF, _FORMAT = 0x809, 0x0A, 0x85, 0xE0, 0x41E
# Records of one number: cell, form, value.
_NUMBERS = frozenset({0x203, 0x27E, 0x06})
_MANY_NUMBERS = 0xBD
_ENCRYPTED = 0x2F
_BIFF8 = 0x600

Forms = Mapping[tuple[int, int], NumberForm]


def binary_forms(content: bytes) -> Mapping[str, Forms]:
    """Return sheet → row and column, from 0, → plain form of the number there; nothing of a file without them."""
    book = stream(content, "Workbook", "Book")
    if book is None:
        return {}
    try:
        return dict(_sheets(book))
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def has_password(content: bytes) -> bool:
    """Tell whether a binary workbook is encrypted."""
    book = stream(content, "Workbook", "Book")
    try:
        return book is not None and any(kind == _ENCRYPTED for kind, _ in _records(book, 0))
    except struct.error:
        return False


def _sheets(book: bytes) -> Iterator[tuple[str, Forms]]:
    codes = {int(number): code for number, code in BUILT_IN.items()}
    numbers: list[int] = []
    places: list[tuple[str, int]] = []
    for kind, record in _records(book, 0):
        if kind == _BOF and struct.unpack_from("<H", record)[0] != _BIFF8:
            return
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _text(record[2:], 2)
        elif kind == _XF:
            numbers.append(struct.unpack_from("<H", record, 2)[0])
        elif kind == _SHEET:
            places.append((_text(record[6:], 1), struct.unpack_from("<I", record)[0]))
    forms = {at: form for at, number in enumerate(numbers) if (form := number_form(codes.get(number, "")))}
    for name, place in places:
        yield name, dict(_cells(book, place, forms)) if forms else {}


def _cells(book: bytes, place: int, forms: Mapping[int, NumberForm]) -> Iterator[tuple[tuple[int, int], NumberForm]]:
    for kind, record in _records(book, place):
        if kind in _NUMBERS:
            row, column, form = struct.unpack_from("<3H", record)
            if form in forms:
                yield (row, column), forms[form]
        elif kind == _MANY_NUMBERS:
            row, first = struct.unpack_from("<2H", record)
            for step in range((len(record) - 6) // 6):
                (form,) = struct.unpack_from("<H", record, 4 + 6 * step)
                if form in forms:
                    yield (row, first + step), forms[form]


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of the records of one part of a workbook, from its BOF to its EOF."""
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + size]
        if kind == _EOF:
            return
        at += 4 + size


def _text(data: bytes, size: int) -> str:
    """Return a string whose count of characters has that many bytes, and whose flags follow it."""
    count, wide = int.from_bytes(data[:size], "little"), data[size] & 1
    characters = data[size + 1 : size + 1 + count * (1 + wide)]
    return characters.decode("utf-16-le" if wide else "latin-1")
