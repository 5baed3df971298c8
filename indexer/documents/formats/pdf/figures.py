"""Words in drawings, as flow charts have them: bold or large as they may be, they name no section."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from indexer.documents.formats.pdf.paragraphs import Paragraph

# Code points from which on a paragraph is text; the share of the size of a page's text that a heading has at least.
_LEAST_TEXT, _SMALLER = 20, 0.85
_WIDE_GAP = re.compile(r"\u3000+|[ \u3000]{2,}")
_COUNT = "[零〇一二三四五六七八九十百]{1,4}|[0-9]{1,2}"
# What opens a heading, small or with a gap in it as it may be.
_NUMBERED = re.compile(
    rf"第(?:{_COUNT})[章节条编篇卷讲课]|(?:{_COUNT})[、.．]|[（(](?:{_COUNT})[）)]|[0-9]{{1,2}}(?:[.．][0-9]{{1,2}})+"
)
# What stands before the name of a section, a gap behind it: 附录A, 任务二, Part 2; 3 before a name in Han.
_LABEL = re.compile(rf"[^\W\d_]{{1,8}}\s?(?:{_COUNT})[:：.．]?|[\u4e00-\u9fff]{{2}}\s?[A-Z][:：.．]?")
_BARE = re.compile(r"[0-9]{1,2}")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
# Single characters that are a heading by themselves, in books.
_NAMES = frozenset("序跋")


def labels_of_figures(paragraphs: Sequence[Paragraph], body: float) -> frozenset[int]:
    """Return the indexes of single characters, words with wide gaps between them, and small lines beside small ones.

    Args:
        paragraphs: those of a document, in order.
        body: the size of most of its text, that of pages without any of their own.
    """
    usual = _usual_sizes(paragraphs)
    lines = [index for index, one in enumerate(paragraphs) if _is_line(one)]
    sizes = {index: paragraphs[index].lines[0].size for index in lines}
    small = {index for index in lines if sizes[index] < _SMALLER * usual.get(paragraphs[index].lines[0].page, body)}
    labels = {index for index in small if {index - 1, index + 1} & small and paragraphs[index].lines[0].all_bold}
    labels.update(index for index in lines if _are_words_apart(_WIDE_GAP.split(paragraphs[index].text)))
    return frozenset(labels)


def _usual_sizes(paragraphs: Sequence[Paragraph]) -> Mapping[int, float]:
    """Return by page the size that most of its text is set in, of pages that have any."""
    counts: defaultdict[int, Counter[float]] = defaultdict(Counter)
    for one in paragraphs:
        if len(one.text) >= _LEAST_TEXT:
            for line in one.lines:
                counts[line.page][line.size] += len(line.text)
    return {page: sizes.most_common(1)[0][0] for page, sizes in counts.items()}


def _is_line(one: Paragraph) -> bool:
    """Tell a line that no number opens, and that is no row of a table."""
    return len(one.lines) == 1 and not one.lines[0].cells and _NUMBERED.match(one.text) is None


def _are_words_apart(parts: Sequence[str]) -> bool:
    """Tell words beside each other from the label and the name of a section, and from a name that is spaced out.

    A single character is no name either.
    """
    if len(parts) == 1:
        return len(parts[0]) == 1 and parts[0] not in _NAMES
    if len(parts) == 2 and len(parts[1]) == 1 < len(parts[0]):
        return False
    if all(len(part) == 1 for part in parts) or _LABEL.fullmatch(parts[0]):
        return False
    return _BARE.fullmatch(parts[0]) is None or _HAN.search(parts[1]) is None or len(parts) > 2
