"""Tables without a table: rows of words set at tab stops, below a row of their names in bold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from indexer.documents.ooxml import W
from indexer.documents.xml_parts import Element

# So many rows of so many cells are a table; a cell holds no sentence.
_LEAST_ROWS, _LEAST_CELLS = 3, 3
_CELL = re.compile(r"[^。；;！？!?\t]{1,24}")
_TABS = frozenset({f"{W}tab", f"{W}ptab"})
_SEEN = (f"{W}t", f"{W}br", *_TABS)


def tabbed_rows(nodes: Iterable[Element], is_bold: Callable[[Element], bool]) -> list[Element]:
    """Return the paragraphs that are rows of such a table.

    Args:
        nodes: what stands one after the other, paragraphs and what is none.
        is_bold: whether all that a paragraph shows is bold.
    """
    rows: list[Element] = []
    for cells, group in groupby(nodes, _cells):
        if cells >= _LEAST_CELLS:
            rows += _below_head(list(group), is_bold)
    return rows


def _cells(node: Element) -> int:
    """Return of how many words parted by tabs a paragraph consists; 0 of what is no row."""
    if node.tag != f"{W}p" or node.find(f"{W}pPr/{W}numPr") is not None:
        return 0
    words = [word.strip() for word in re.split("\t+", "".join(_shown(node)).strip())]
    return len(words) if all(map(_CELL.fullmatch, words)) else 0


def _shown(paragraph: Element) -> Iterator[str]:
    """Yield the text of a paragraph, a tab for each that it goes to; a break says that it is no row."""
    for run in paragraph.iter(f"{W}r"):
        for piece in run:
            if piece.tag in _SEEN:
                yield "\t" if piece.tag in _TABS else (piece.text or "") if piece.tag == f"{W}t" else "。"


def _below_head(rows: Sequence[Element], is_bold: Callable[[Element], bool]) -> Sequence[Element]:
    """Return the rows from the first bold one on, below which are others that are not."""
    heads = [at for at, row in enumerate(rows) if is_bold(row)]
    if len(heads) != 1 or len(rows) - heads[0] < _LEAST_ROWS:
        return ()
    return rows[heads[0] :]
