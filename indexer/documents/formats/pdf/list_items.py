"""What opens an item of a list: a mark, or a number that counts on."""

from __future__ import annotations

import re

from indexer.documents.formats.pdf.lines import Line

# Those of slides and of Word; \uf071 and \uf09f are ❑ and • of Wingdings in a file that does not name the font, as Ø
# is ➢.
_BULLETS = "•●■◆❖▪➢✓➔◇▲★□☑☒⚫⬤◼◾◦∙‣❑❒❏⮚➤➣►▶▸✦✧✔\uf071\uf09f"
# What does so whatever stands before it. A dash does so before words: the years of 2019–2021 may be parted.
MARKED = re.compile(rf"[{_BULLETS}][^{_BULLETS}]|Ø\s?[\u4e00-\u9fff]|–\s?[^\W\d]")
# Those that nobody sets before the name of a section, as ■ is.
ITEM = re.compile("[•▪➢✓⚫◦∙‣❑❒❏⮚➤✔\uf071\uf09f]|–\\s?[^\\W\\d]")
# What hangs to the left of the other lines of its paragraph.
HUNG = re.compile(
    r"[0-9A-Za-z]{1,3}(?:[.．][0-9]{1,3})*[\s.．、）)]|[（(]?[一二三四五六七八九十0-9]{1,3}[）)、]"
    rf"|[{_BULLETS}–-]|[①-⑳]"
)
_COUNTED = re.compile(
    r"(?P<open>[（(]?)(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?P<close>[）).．、])(?![0-9])"
    r"|(?P<circled>[①-⑳])"
)
_TENS = re.compile(r"([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)")


class Counts:
    """The last number of each style that opened a paragraph, and the line that it opened."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str, bool], tuple[int, Line]] = {}

    def add(self, line: Line) -> None:
        """Remember the number that a paragraph opens with."""
        if found := _counted(line.text):
            self._last[found[0]] = found[1], line

    def before(self, line: Line) -> Line | None:
        """Return the line with the number before the one that a line opens with, if that was the last of its style."""
        found = _counted(line.text)
        value, opened = self._last.get(found[0], (0, None)) if found else (0, None)
        return opened if found and value == found[1] - 1 else None


def _counted(text: str) -> tuple[tuple[str, str, bool], int] | None:
    """Return the style and the value of the number that a text opens with."""
    match = _COUNTED.match(text)
    if match is None:
        return None
    if match["circled"]:
        return ("", "", True), ord(match["circled"]) - ord("①") + 1
    number = match["number"]
    if number.isdigit():
        return (match["open"], match["close"], True), int(number)
    tens = _TENS.fullmatch(number)
    if tens is None:
        return None
    digits = "一二三四五六七八九"
    ten = 10 * (digits.find(tens[1]) + 1 or 1) if tens[2] else digits.find(tens[1]) + 1
    return (match["open"], match["close"], False), ten + digits.find(tens[3]) + 1 if tens[3] else ten
