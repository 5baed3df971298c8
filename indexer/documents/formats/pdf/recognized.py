"""Lines whose text was recognised from an image: what their sizes say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indexer.documents.formats.pdf.lines import Line

# Times the size of most of the text by which the height of a line of the same text may be off.
_SAME = 1.3


def steadied(lines: Sequence[Line]) -> None:
    """Give the lines of a page sizes that mean something: recognition measures that of each line a little differently.

    What is nearly as large as most of the text is as large as that. None is bold.
    """
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    if not sizes:
        return
    usual = _middle(sizes)
    for line in lines:
        line.bold = []
        if usual / _SAME <= line.size <= usual * _SAME:
            line.size = usual


def _middle(sizes: Counter[float]) -> float:
    """The size of the character in the middle of all, by size."""
    half = sum(sizes.values()) / 2
    for size in sorted(sizes):
        half -= sizes[size]
        if half <= 0:
            return size
    raise AssertionError("no sizes")
