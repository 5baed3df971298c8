"""Workbooks: xlsx, xlsm, xlsb, xls, ods, and what programs export as xls that is none.

Holds the ``reader`` (sheets → rows, by python-calamine), the ``package`` (what of a zipped workbook calamine may see:
it counts neither what it inflates nor the empty cells of a sheet), ``number_forms`` and ``binary_forms`` (percent,
decimals, currency, which it does not know; of an ods the texts that are shown stand in the file), ``xml_workbook``
(XML of Excel 2003). Never what a header is, which is the same in all tables (``documents.table_rows``). To add what a
cell may hold, give ``reader`` a case for it.
"""

from __future__ import annotations

import re

from indexer.documents.formats.csv import read as read_table
from indexer.documents.formats.html import read as read_page
from indexer.documents.formats.sheets.reader import read_workbook
from indexer.documents.formats.sheets.xml_workbook import NAMESPACE, read_xml_workbook
from indexer.model import ParsedFile

SUFFIXES = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb")


# So far into a file one looks for what it is.
_REACH = 4_096
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|meta|body|table|style)\b", re.I)
_PLAIN_TEXT = re.compile(rb"[^\x00-\x08\x0e-\x1f]+")


def read(content: bytes, name: str) -> ParsedFile:
    """Read a workbook by its first bytes, see ``documents.read``: pages and plain text are called xls too."""
    start = content[:_REACH]
    if NAMESPACE.encode() in start:
        return read_xml_workbook(content)
    if _PAGE.match(start):
        return read_page(content, name)
    if _PLAIN_TEXT.fullmatch(start) and b"\t" in start:
        return read_table(content, f"{name}.tsv")
    return read_workbook(content)
