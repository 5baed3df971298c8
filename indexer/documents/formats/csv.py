"""Tables that are text: values parted by commas, tabs or semicolons."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import islice

from indexer.documents.encoding.decoder import decode
from indexer.documents.table_rows import table_blocks
from indexer.model import Metadata, ParsedFile

SUFFIXES = (".csv", ".tsv")

_DELIMITERS = ",\t;|"
# Lines by which the delimiter is told.
_SAMPLE = 50


def read(content: bytes, name: str) -> ParsedFile:
    """Read a table of values, see ``documents.read``."""
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=,"):  # a word of Excel's to itself
        rows = _rows(rest, first[4])
    else:
        rows = _rows(text, "\t" if name.lower().endswith(".tsv") else _delimiter(text))
    return ParsedFile(Metadata(), tuple(table_blocks(rows)))


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:  # quotation marks that are none: nothing closes them, or text follows where they close
        return [line.split(delimiter) for line in text.split("\n")]


def _delimiter(text: str) -> str:
    """Return what parts most lines into the same number of cells, more than one; a comma where nothing does."""
    lines = list(islice(filter(str.strip, text.split("\n")), _SAMPLE))

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = Counter(count for line in lines if (count := line.count(delimiter)))
        count, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return times, count

    return max(_DELIMITERS, key=agreement)
