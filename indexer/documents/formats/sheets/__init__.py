"""Workbooks: xlsx, xlsm, xlsb, xls, ods.

Holds the ``reader`` (sheets → rows, by python-calamine), the ``package`` (what of a zipped workbook calamine may see:
it counts neither what it inflates nor the empty cells of a sheet) and ``number_forms`` (percent and decimals, which it
does not know). Never what a header is, which is the same in all tables (``documents.table_rows``). To add what a cell
may hold, give ``reader`` a case for it.
"""

from indexer.documents.formats.sheets.reader import read_workbook
from indexer.model import ParsedFile

SUFFIXES = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb")


def read(content: bytes, name: str) -> ParsedFile:
    """Read a workbook, see ``documents.read``."""
    return read_workbook(content)
