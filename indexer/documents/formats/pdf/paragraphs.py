"""Lines → paragraphs, across columns and pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from indexer.documents.formats.pdf.characters import is_wide
from indexer.documents.formats.pdf.lines import Line
from indexer.model import Range

_SENTENCE_END = re.compile(r"[。！？；：…!?;:][”』」）)]?$")
_NUMBERED = re.compile(
    r"第[0-9零〇一二三四五六七八九十百千]{1,9}(?:[编章节条回卷篇]|分编)(?!规定|第)|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}(?:[.．][0-9]{1,2}){0,4}[.．、\s](?![0-9])"
    r"|[0-9]{1,2}(?:[.．][0-9]{1,2}){1,4}(?=[\u4e00-\u9fff])(?![年月日时元万亿千百倍个米分小])"
)
# The end of an entry of a table of contents, which reaches the margin and goes on nowhere.
_ENTRY = re.compile(r"(?:[.…·．]\s?){3,}[0-9ivxIVX]{1,5}$|…\s?[0-9ivxIVX]{1,5}$|(?:\u3000|  )[0-9]{1,4}$")
_PAUSE = re.compile("[，。；]")
# The end of a line in the middle of a sentence.
_GOES_ON = re.compile(r"[\w，、,-]$")
# What opens an item of a list whatever stands before it, and numbers that count.
# (Ø is the ➢ of Wingdings in a file that does not name the font).
_MARKED = re.compile(r"[•●■◆❖▪➢✓➔◇▲★□☑☒][^•●■◆❖▪➢✓➔◇▲★□☑☒]|Ø\s?[\u4e00-\u9fff]")
_COUNTED = re.compile(
    r"(?P<open>[（(]?)(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?P<close>[）).．、])(?![0-9])"
)
_TENS = re.compile(r"([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)")
# What opens a line of a form: 指导教师：.
_LABELED = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff\s]{1,9}[：:]")
# What hangs to the left of the other lines of its paragraph.
_HUNG = re.compile(
    r"[0-9A-Za-z]{1,3}(?:[.．][0-9]{1,3})*[\s.．、）)]|[（(]?[一二三四五六七八九十0-9]{1,3}[）)、]|[•●■◆❖▪➢✓➔-]|[①-⑳]"
)
_BLANK = re.compile("\u3000|  ")
# What a line end does not part: a word or number, and the mark after it.
_UNBREAKABLE = re.compile(r"[\x21-\x7e]+[，。；：、）》”]*|.[，。；：、）》”]*")
# Lines of a column that tell its margins by themselves; the share of them that ends at its right margin, from which
# others may stick out by so many em.
_LEAST_LINES, _MANY_ENDS, _STICKS_OUT = 4, 0.25, 4
# Share of the room between equal margins that not even the longest line of a page takes where all are short, and
# points in which left margins are told apart.
_NARROW, _SAME_LEFT = 0.6, 20
# Widths in em. An indent; the indents of a document with that habit; room that the next word would have filled.
_INDENT, _DEEPEST_INDENT, _ROOM = 1.3, 3.5, 1.6
# Em by which the lines below a first one are set in that hang from its label.
_HANGS = 2.6
_LONGEST_CENTERED = 60
# Em from base line to base line at least.
_LEADING = 1.2
# Em from the left margin that begins what is set at the right one, and that it is wide at most.
_SET_RIGHT, _LONGEST_SIGNATURE = 8, 16
# Points in which the left ends of lines are the same.
_SAME_PLACE = 1.0
# Em by which paragraphs are indented, and code points of a first line that may be taken for a centred one.
_USUAL_INDENT, _LEAST_FIRST = 2, 16
# Points that an em counts at most where room beside a centred line is measured: large titles fill their lines.
_MOST_EM = 16.0
# Em by which the right end of a quotation is set in at most.
_QUOTED = 6
# Lines of a block with a margin of its own: how many tell one, em that it is wide, that its lines may end before the
# margin (two lines less than that), and from base line to base line; the share of them that may end a sentence.
_LEAST_BLOCK, _BLOCK_WIDTH, _RAGGED, _EVEN, _FAR, _MOST_SENTENCES = 3, 17, 1.1, 0.5, 2.6, 0.7
# Share of the lines that begin at a place which tells how far they go.
_LEAST_FULL = 0.3
# Share of the size by which the first line of a paragraph is larger at most.
_NEAR_SIZE = 0.25
# Share of the size that makes another size, and of the leading that makes a gap: by itself, beside an indent habit, and
# above a centred line.
_OTHER_SIZE, _GAP, _INDENTED_GAP, _CENTERED_GAP = 0.09, 1.55, 1.9, 1.3


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its text, ranges that are bold, its lines, and whether all of them are centred."""

    text: str
    bold: list[Range]
    lines: list[Line]
    centered: bool


@dataclass(slots=True)
class Column:
    """The lines of a column, its margins, and the distance of its base lines, in points."""

    lines: list[Line]
    left: float
    right: float
    leading: float


@dataclass(slots=True)
class _Open:
    """A line where it stands: between which margins, in points, whether it is centred, and goes on with a paragraph."""

    line: Line
    column: Column
    left: float
    right: float
    centered: bool
    goes_on: bool = False


@dataclass(slots=True)
class Text:
    """The lines of a document without what stands around them.

    Attributes:
        body: size of most of its text, in points.
        indented: whether its paragraphs open with an indent.
    """

    columns: list[Column]
    body: float
    indented: bool = field(default=False)


def text_of(pages: Sequence[Sequence[Line]], widths: Sequence[float]) -> Text:
    """Return the columns of a document, whose pages are so many points wide, with what its habits are."""
    body = _usual_size(line for page in pages for line in page if not line.cells)
    body = body or _usual_size(line for page in pages for line in page) or 10.0
    columns = [column for page, width in zip(pages, widths, strict=True) for column in _columns(page, body, width)]
    _widen(columns)
    return Text(columns, body, _has_indents(columns, body))


def _usual_size(lines: Iterable[Line]) -> float | None:
    """The size of most text; None where there is none."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else None


def _columns(page: Sequence[Line], body: float, width: float) -> Iterator[Column]:
    by_number: defaultdict[int, list[Line]] = defaultdict(list)
    for line in page:
        by_number[line.column].append(line)
    large = [line for lines in by_number.values() if len(lines) >= _LEAST_LINES for line in lines]
    for lines in by_number.values():
        telling = lines if len(lines) >= _LEAST_LINES else large or lines
        telling = [line for line in telling if not line.cells] or telling
        left, right = _left(telling, body), _usual_right(telling, body)
        if len(by_number) == 1 and right - left < _NARROW * (width - 2 * left):
            right = width - left  # all lines are short, and the margins alike
        yield Column(lines, left, right, _leading(lines, body))


def _widen(columns: Sequence[Column]) -> None:
    """Give columns of few lines, which may all be short, the margin of those that begin where they do."""
    rights: defaultdict[int, list[float]] = defaultdict(list)
    for column in columns:
        if len(column.lines) >= _LEAST_LINES:
            rights[round(column.left / _SAME_LEFT)].append(column.right)
    for column in columns:
        usual = rights.get(round(column.left / _SAME_LEFT))
        if usual and len(column.lines) < _LEAST_LINES:
            column.right = max(column.right, median(usual))


def _left(lines: Sequence[Line], body: float) -> float:
    """The left margin: the first place where more lines than by chance begin."""
    places = Counter(round(line.left / 3) for line in lines if line.size <= body * 1.1)
    enough = max(2, 0.12 * len(lines))
    usual = [line.left for line in lines if places[round(line.left / 3)] >= enough]
    return min(usual or [line.left for line in lines])


def _usual_right(lines: Sequence[Line], body: float) -> float:
    """The right margin: where the line ends that goes furthest, or right before that, where many do."""
    ends = sorted((line.right for line in lines), reverse=True)
    enough = max(2, _MANY_ENDS * len(ends))
    for end in ends:
        if ends[0] - end > _STICKS_OUT * body:
            break
        if sum(1 for other in ends if 0 <= end - other < body) > enough:
            return end
    return ends[0]


def _leading(lines: Sequence[Line], body: float) -> float:
    gaps = [before.bottom - line.bottom for before, line in pairwise(lines)]
    usual = [gap for gap in gaps if 0 < gap < 4 * body]
    return median(usual) if usual else 1.5 * body


def _has_indents(columns: Iterable[Column], body: float) -> bool:
    """Tell whether most lines after the end of a sentence that could open a paragraph are indented by about 2 em."""
    indented = flush = 0
    for column in columns:
        for before, line in pairwise(column.lines):
            if line.size != body or len(line.text) <= 12 or not _SENTENCE_END.search(before.text):
                continue
            if _INDENT * body < line.left - column.left < _DEEPEST_INDENT * body:
                indented += 1
            else:
                flush += 1
    return indented > 3 and indented > 0.35 * (indented + flush)


def paragraphs_of(text: Text) -> list[Paragraph]:
    """Return the paragraphs in reading order."""
    result: list[Paragraph] = []
    before: _Open | None = None
    counts = _Counts()
    for column in text.columns:
        for index, (line, (left, right)) in enumerate(zip(column.lines, _margins(column), strict=True)):
            centered = _is_centered(line, column, right) and not _is_aligned(column.lines, index)
            now = _Open(line, column, left, right, centered)
            if before is None or _starts(before, now, text) or _counts_on(before, now, counts):
                result.append(Paragraph(line.text, list(line.bold), [line], now.centered))
                counts.add(line)
            else:
                _join(result[-1], now)
                now.goes_on = True
            before = now
    return result


class _Counts:
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
    number = match["number"]
    if number.isdigit():
        return (match["open"], match["close"], True), int(number)
    tens = _TENS.fullmatch(number)
    if tens is None:
        return None
    digits = "一二三四五六七八九"
    ten = 10 * (digits.find(tens[1]) + 1 or 1) if tens[2] else digits.find(tens[1]) + 1
    return (match["open"], match["close"], False), ten + digits.find(tens[3]) + 1 if tens[3] else ten


def _counts_on(before: _Open, now: _Open, counts: _Counts) -> bool:
    """Tell whether a line counts on what opened a paragraph, after a line that was not full or hangs between them."""
    last = counts.before(now.line)
    if last is None:
        return False
    hangs = before.line is last or before.line.left > last.left + _SAME_PLACE
    is_below = hangs and abs(now.line.left - last.left) < _SAME_PLACE
    return is_below or _room(before, now.line) > 0.5 * now.line.size


def _margins(column: Column) -> list[tuple[float, float]]:
    """The margins of each line: those of the column, or of the block that it is part of."""
    margins: list[tuple[float, float]] = []
    usual = _rights_by_left(column)
    for run in _same_left(column.lines):
        right = usual.get(_place(run[0]), column.right)
        margins += [(column.left, min(right, _quoted(run, column)))] * len(run)
    for start, end in _justified(column.lines):
        block = column.lines[start:end]
        left, right = min(line.left for line in block), max(line.right for line in block)
        # a block as wide as the column has its margin, whatever the indents of its lines
        left = left if column.right - right > _RAGGED * block[0].size else column.left
        margins[start:end] = [(left, right)] * (end - start)
    return margins


def _rights_by_left(column: Column) -> dict[int, float]:
    """Where the text of lines that begin at a place goes to, for places where enough of those lines tell."""
    by_left: defaultdict[int, list[Line]] = defaultdict(list)
    for line in column.lines:
        if not line.cells and not _BLANK.search(line.text):
            by_left[_place(line)].append(line)
    rights: dict[int, float] = {}
    for place, lines in by_left.items():
        right = max(line.right for line in lines)
        full = sum(1 for line in lines if right - line.right < _RAGGED * line.size)
        is_wide = right - lines[0].left > _BLOCK_WIDTH * lines[0].size
        if is_wide and full >= _LEAST_BLOCK and full >= _LEAST_FULL * len(lines):
            rights[place] = right
    return rights


def _place(line: Line) -> int:
    return round(line.left / 3)


def _justified(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of lines that end together, each with the line after them, where what they say goes on."""
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and _end_together(lines[index - 1], lines[index]):
            continue
        if _is_block(lines[start:index]):
            goes_on = index < len(lines) and _is_below(lines[index - 1], lines[index])
            yield start, index + goes_on
        start = index


def _end_together(before: Line, line: Line) -> bool:
    has_blank = _BLANK.search(before.text) or _BLANK.search(line.text)  # a form, or the row of a table without rules
    return not has_blank and _is_below(before, line) and abs(before.right - line.right) < _RAGGED * line.size


def _is_below(before: Line, line: Line) -> bool:
    """Tell whether a line of the same size stands right below another, neither the row of a table."""
    em = line.size
    if before.cells or line.cells or abs(em - before.size) > _OTHER_SIZE * em or before.column != line.column:
        return False
    return 0 < before.bottom - line.bottom < _FAR * em and abs(before.left - line.left) < _DEEPEST_INDENT * em


def _is_block(lines: Sequence[Line]) -> bool:
    """Tell lines broken at a margin from ones that end together by chance or, as verse, with a sentence each."""
    em = lines[0].size
    if len(lines) < 2 or max(line.right for line in lines) - min(line.left for line in lines) < _BLOCK_WIDTH * em:
        return False
    sentences = sum(bool(_SENTENCE_END.search(line.text)) for line in lines)
    if len(lines) >= _LEAST_BLOCK:
        return sentences <= _MOST_SENTENCES * len(lines)
    return not sentences and abs(lines[0].right - lines[1].right) < _EVEN * em


def _same_left(block: Sequence[Line]) -> list[list[Line]]:
    runs: list[list[Line]] = []
    for line in block:
        if runs and abs(line.left - runs[-1][-1].left) <= 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _quoted(run: Sequence[Line], column: Column) -> float:
    """How far the text of a quotation goes that is set in: to the end of its longest line; else to the margin."""
    reached = max(line.right for line in run)
    set_in = len(run) > 1 and run[0].left - column.left > _INDENT * run[0].size
    return reached if set_in and column.right - reached < _QUOTED * run[0].size else column.right


def _is_centered(line: Line, column: Column, margin: float) -> bool:
    """Tell whether a line that ends before the margin of its block stands in the middle of its column."""
    if len(line.text) >= _LONGEST_CENTERED or line.text[-1] in "。；":
        return False
    left, right = line.left - column.left, column.right - line.right
    is_full = margin < column.right and margin - line.right < _RAGGED * line.size
    return not is_full and abs(left - right) < 2.3 * line.size and left > 2.5 * min(line.size, _MOST_EM)


def _is_aligned(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line begins where one right above or below it does that is of another length."""
    line = lines[index]
    beside = (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])
    return any(
        abs(other.left - line.left) < _SAME_PLACE
        and abs(other.right - line.right) > line.size
        and (_is_below(other, line) or _is_below(line, other))
        for other in beside
    )


def _starts(before: _Open, now: _Open, text: Text) -> bool:
    """Tell whether a line opens a paragraph; the strongest signs come first."""
    last, line = before.line, now.line
    if line.goes_on and not line.cells:
        return False
    if line.cells or last.cells or line.level is not None or last.level is not None or last.goes_on:
        return True
    if _ENTRY.search(last.text) or _MARKED.match(line.text) or _are_rows(last, line):
        return True
    if _is_of_other_size(before, now):
        return True
    if _NUMBERED.match(line.text) and (_SENTENCE_END.search(last.text) or _is_name(before)):
        return True
    if _is_apart(before, now, text):
        return True
    if _is_set_right(before) and abs(line.left - last.left) > _SAME_PLACE:
        return True
    if before.centered and (_is_rest(before, now, text) or (now.centered and last.text[-1] in "，、")):
        return False
    if _is_indented(before, now, text) or _left_room(before, now, text):
        return True
    return last.all_bold and not line.all_bold and len(last.text) < 30 and _room(before, line) > _ROOM * last.size


def _are_rows(last: Line, line: Line) -> bool:
    """Tell two lines of a form: of a label and what it labels each, or parted by wide gaps at the same places."""
    if _LABELED.match(last.text) and _LABELED.match(line.text):
        return True
    begins = [{round(part.left / _SAME_LEFT) for part in one.parts[:2]} for one in (last, line)]
    return len(begins[0]) > 1 and begins[0] == begins[1]


def _is_set_right(before: _Open) -> bool:
    """Tell a short line at the right margin, as dates and signatures are; a blank may open a longer one."""
    line = before.line
    is_short = line.right - line.left < _LONGEST_SIGNATURE * line.size and line.text[-1] not in "，、"
    return is_short and not (before.centered or before.goes_on) and line.left - before.left > _SET_RIGHT * line.size


def _is_rest(before: _Open, now: _Open, text: Text) -> bool:
    """Tell the rest of an indented paragraph, at the margin, below a line that only seems to be centred."""
    if not text.indented or now.column is not before.column or now.centered:
        return False
    is_first = abs(before.line.left - now.left - _USUAL_INDENT * before.line.size) < before.line.size
    return is_first and abs(now.line.left - now.left) < 0.5 * now.line.size and len(before.line.text) > _LEAST_FIRST


def _is_name(before: _Open) -> bool:
    """Whether the line before is a short numbered one that ends before the margin: 第一章 总则."""
    last = before.line
    return bool(_NUMBERED.match(last.text)) and before.column.right - last.right > 3 * last.size


def _is_of_other_size(before: _Open, now: _Open) -> bool:
    """Tell a line of another size from text whose first line is a little larger: 七、译文须自己译，…."""
    last, line = before.line, now.line
    if abs(line.size - last.size) <= _OTHER_SIZE * line.size:
        return False
    is_near = now.column is before.column and 0 < last.bottom - line.bottom < _FAR * last.size
    is_text = _PAUSE.search(last.text) is not None and abs(last.size - line.size) < _NEAR_SIZE * last.size
    return not (is_near and is_text and line.left < last.left and _goes_on_below(before, line))


def _goes_on_below(before: _Open, line: Line) -> bool:
    """Tell whether the line before reached the margin in the middle of a sentence, and no list begins with this one.

    A line of a form, of code, or at the right margin does so by chance.
    """
    last = before.line
    is_full = last.right - last.left >= _BLOCK_WIDTH * last.size and _room(before, line) < _RAGGED * line.size
    if not is_full or last.left - before.left > _SET_RIGHT * last.size or (line.all_bold and not last.bold):
        return False
    is_text = _GOES_ON.search(last.text) and not (_BLANK.search(last.text) or _BLANK.search(line.text))
    return bool(is_text) and not any(pattern.match(line.text) for pattern in (_HUNG, _NUMBERED, _LABELED))


def _is_apart(before: _Open, now: _Open, text: Text) -> bool:
    """Tell a line below a gap, and one that is centred at the top of a column."""
    if now.column is not before.column:
        return now.centered
    limit = _CENTERED_GAP if now.centered else _INDENTED_GAP if text.indented else _GAP
    leading = max(now.column.leading, _LEADING * now.line.size)
    return before.line.bottom - now.line.bottom > limit * leading


def _is_indented(before: _Open, now: _Open, text: Text) -> bool:
    line = now.line
    if now.centered or line.left - now.left <= _INDENT * line.size:
        return False
    deeper = line.left - before.line.left
    if now.column is not before.column:
        return not (before.goes_on and abs(deeper) < _SAME_PLACE and _goes_on_below(before, line))
    if abs(deeper) < 0.4 * line.size:
        is_full = _room(before, line) < _RAGGED * line.size and not _SENTENCE_END.search(before.line.text)
        return text.indented and not before.goes_on and not is_full
    if (deeper < 0 or deeper > _HANGS * line.size) and _goes_on_below(before, line):
        return False
    hangs = _HUNG.match(before.line.text) and not before.goes_on and line.left > before.line.left
    return not (hangs and _room(before, line) < 2 * line.size)


def _left_room(before: _Open, now: _Open, text: Text) -> bool:
    """Tell whether the line before ended although the first word of this one would have fitted."""
    room = _room(before, now.line) / now.line.size
    if now.centered or before.centered:
        return room > _ROOM or before.centered
    if not text.indented:
        return room > _ROOM
    return room > (3 if _SENTENCE_END.search(before.line.text) else 6)


def _room(before: _Open, line: Line) -> float:
    word = _UNBREAKABLE.match(line.text)
    width = sum(1.0 if is_wide(character) else 0.56 for character in word[0]) if word else 1.0
    return before.right - before.line.right - (width - 1) * line.size


def joined(lines: Sequence[Line]) -> Paragraph:
    """Return lines that are known to be one paragraph as such."""
    first, *others = lines
    result = Paragraph(first.text, list(first.bold), [first], centered=False)
    for line in others:
        _append(result, line)
    return result


def _join(paragraph: Paragraph, now: _Open) -> None:
    _append(paragraph, now.line)
    paragraph.centered = paragraph.centered and now.centered


def _append(paragraph: Paragraph, line: Line) -> None:
    last = paragraph.text[-1]
    if last == "-" and line.text[0].islower():
        paragraph.text = paragraph.text[:-1]
        gap = ""
    else:
        gap = "" if is_wide(last) or is_wide(line.text[0]) else " "
    start = len(paragraph.text) + len(gap)
    paragraph.text += gap + line.text
    for begin, end in line.bold:
        _add(paragraph.bold, start + begin, start + end, len(gap))
    paragraph.lines.append(line)


def _add(bold: list[Range], start: int, end: int, gap: int) -> None:
    if bold and bold[-1][1] >= start - gap:
        bold[-1] = (bold[-1][0], end)
    else:
        bold.append((start, end))
