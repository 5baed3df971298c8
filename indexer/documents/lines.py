"""Physical lines → paragraphs: what a line end, a blank line and an indentation mean in Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from indexer.documents.drawn_tables import is_drawn
from indexer.documents.structure.numbering import WORD_OPENINGS, is_titled_part, word_rank
from indexer.model import Range

# What surrounds a paragraph without belonging to it: white space, indentation, and marks nobody can see.
EDGE = " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2002\u2003\u2009\u200a\u2028\u2029\u3000\u200b\u2060\ufeff"

_EAST_ASIAN = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_HAN_OR_MARK = re.compile(f"[{_EAST_ASIAN}]")
_EITHER = re.compile("[“”‘’…—·]")
_BLANK = re.compile(rf"\n[{EDGE}]*\n[{EDGE}]*")
_PROSE_INDENT = re.compile("[\u3000\xa0\u2002\u2003]{2}|[ \t]*[\u3000\u2003]")
_BREAK = re.compile("\n")
_BREAK_INDENTED = re.compile(f"\n(?={_PROSE_INDENT.pattern}| {{4}})")
_INDENT = re.compile(r"[ \t\u3000\xa0\u2002\u2003]+")
SENTENCE_END = re.compile(r"""[。！？!?：；…][”』」’）)"]?$""")
_NUMBERED = re.compile(
    r"第[0-9零〇一二三四五六七八九十百千两]{1,9}(?:[编章节条回卷篇編節條]|部分)(?=[\s\u3000]|$|之)|附[件录錄][0-9一二三四五六七八九十]"
    r"|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.．、](?![0-9])"
    rf"|[0-9]{{1,2}}(?:[.．][0-9]{{1,2}}){{1,4}}(?:[ \t\u3000]+(?=[{_EAST_ASIAN}A-Za-z])|(?=[{_EAST_ASIAN}]))"
    r"(?![%％亿万千百倍元年月])"
    # ☆、第二章, 【第二章】: how novels mark their chapters
    r"|[【〖☆★◎●◆■※＊*＃#]{1,3}[、.．]? ?(?:[0-9]{1,4}[、.．] ?)?"
    r"第[0-9零〇一二三四五六七八九十百千两]{1,9}[章节回卷话集]"
    r"|[Cc](?:hapter|HAPTER)[ .]{0,2}[0-9]{1,4}"
    # 2 安装 and 02、起, whose name is all that stands after them
    rf"|[0-9]{{1,2}}[ \t\u3000]+(?=[{_EAST_ASIAN}][^，。；：！？、…·,.;:!?]{{1,20}}$)"
    rf"|0[0-9]{{1,2}}[ \t\u3000、.．]+(?=[{_EAST_ASIAN}][^，。；：！？、…·,.;:!?]{{0,20}}$)"
)
# A line of nothing but marks parts what stands above and below it.
_RULE_MARKS = frozenset("-=_*~#+·—–─━═＝－＿＊")
_RULE = re.compile(r"(.)(?:[ \t]*\1){2,}")
# A title by its brackets, alone on its line; a number alone, whose name is on the next line.
_BRACKETED = re.compile(r"【[^【】]{1,20}】|《[^《》]{1,24}》")
_BARE_NUMBER = re.compile(r"(?:[A-Z]|[0-9]{1,2})(?:[.．][0-9]{1,2}){1,5}")
# 甲方（出租方）：张三; 时间：三月五日
_LABEL = re.compile(r"[^\s，。；：:、？！“”（(]{1,8}(?:[（(][^）)\n]{1,10}[）)])?[：:]")
_OPTION = re.compile(r"[A-HＡ-Ｈ]\s?[.．、]\s*\S")
# ★1. 不得转包, - 三年以上: the item of a list opens with a mark; - 7 - is the number of a page.
_ITEM = re.compile(r"[★▲△※●■◆•✓√➢►▪]|[-*+·][ \t\u3000](?![0-9]+[ \t]?-)")
_LONGEST_WORD, _LONGEST_PART = 12, 30
# What stands side by side on a line, two signatures or a name and a place, is no prose.
_COLUMNS = re.compile(r"\S(?:\u3000{2,}| {4,}|\t+)\S")
# The title of a chapter says nothing about the margin.
_DIVISION = re.compile(r"第[0-9零〇一二三四五六七八九十百千两]{1,9}[编章节回卷篇編節][\s\u3000]")
# Each line of a log: 2021-03-04 10:00:01 …
_STAMP = re.compile(r"\[?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T]\d{1,2}:\d{2}")
_ENDS_NAME = re.compile("[，。；：！？,;:!?、]")
_LONGEST_NAME = 20
# So many numbered names among the lines of a stretch are the titles of its parts.
_LEAST_NAMES = 2
# The dots before a page number, as wide as may be.
_LEADER = re.compile(r"[.．·…]{4,}")
# A line this wide (columns; Han count two) can be one that was broken by hand; narrower ones are lists or verse.
_MIN_WRAP = 40
_MAX_WRAP = 120
_LEAST_ITEM_LINES = 8
# What text taken out of a PDF shows of its margin: so many lines end near it in mid-sentence, and few go beyond it.
_LEAST_FULL_LINES = 5
_LEAST_FULL_SHARE = 0.1
_MOST_WIDER_SHARE = 0.05
# A line ends so many columns before the margin, where the next word did not fit, or a few beyond it.
_SHORTFALL, _EXCESS = 8, 4
# The lines that are judged together.
_NEARBY = 24
_PUNCTUATED = re.compile("[，。；、：,.;:]")
_LEAST_PUNCTUATED = 0.4
# More lines than a poem or an address has; so many without a blank one have a habit of their own.
_LONGEST_STRETCH = 30


def joins_without_space(before: str, after: str) -> bool:
    """Tell whether a line end between two characters means nothing: East Asian ones, quotation marks going along."""
    left, right = _HAN_OR_MARK.match(before), _HAN_OR_MARK.match(after)
    return bool((left and right) or (left and _EITHER.match(after)) or (right and _EITHER.match(before)))


def ends_paragraph(before: str, after: str) -> bool:
    """Tell whether the end of a line parts paragraphs where line ends mostly do not, as in Markdown.

    It does before a line indented as Chinese prose is, before a numbered one (第二条, （二）, 5.1) when the line before
    it ends a sentence or is numbered itself, after a short numbered one that is a name, before a sentence, between two
    that open with labels (甲方：, 地点：), and before an option of a question (A. …).
    """
    if _PROSE_INDENT.match(after):
        return True
    before, after = before.strip(EDGE), after.strip(EDGE)
    if _OPTION.match(after) or (_LABEL.match(after) and _LABEL.match(before)):
        return True
    numbered = _NUMBERED.match(before)
    if _NUMBERED.match(after):
        return numbered is not None or SENTENCE_END.search(before) is not None
    is_name = len(before) <= _LONGEST_NAME and numbered and not _ENDS_NAME.search(before, numbered.end())
    return bool(is_name) and SENTENCE_END.search(after) is not None


def split_at_blank_lines(text: str) -> list[Range]:
    """Return the ranges of ``text`` between its blank lines."""
    return _between(text, _BLANK)


def has_double_break(text: str) -> bool:
    """Tell whether two breaks follow each other with nothing visible between them."""
    return "\n" in text and _BLANK.search(text) is not None


def split_at_breaks(text: str, *, single_ends: bool) -> list[Range]:
    """Return the paragraphs of a text whose line ends are breaks of the page (``<br>``).

    Args:
        text: a line feed for every break.
        single_ends: whether a single break ends a paragraph, because the document has no doubles.
    """
    ranges = _between(text, _BLANK)
    if single_ends and not _only_indents_part(text):
        return _joined_at_margin(text, [piece for start, end in ranges for piece in _between(text, _BREAK, start, end)])
    pieces = [piece for start, end in ranges for piece in _between(text, _BREAK_INDENTED, start, end)]
    return [part for start, end in _joined_at_margin(text, pieces) for part in _below_names(text, start, end)]


def _joined_at_margin(text: str, ranges: list[Range]) -> list[Range]:
    """Join the lines that a page has from a text broken by hand at a margin, a break behind each of them."""
    rows = text.split("\n")
    margin = _margin(rows)
    if not margin:
        return ranges
    indent = min((_indent(row) for row in rows if row.strip(EDGE)), default=0)
    joined: list[Range] = []
    before = ""
    for start, end in ranges:
        row = text[start:end].strip("\n")
        core = row.strip(EDGE)
        if before and core and _goes_on(row, core, before, margin, indent):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
        before = core.rsplit("\n", 1)[-1]
    return joined


def _below_names(text: str, start: int, end: int) -> Iterator[Range]:
    """Part a short numbered name, 14.1 反应灵敏的界面, from the running text on the line below it."""
    if (match := _BREAK.search(text, start, end)) is not None:
        before, after = text[start : match.start()].strip(EDGE), text[match.end() : end]
        if _is_numbered_name(before) and SENTENCE_END.search(after.rstrip(EDGE)):
            yield start, match.start()
            start = match.end()
    yield start, end


def _only_indents_part(text: str) -> bool:
    """Tell indented paragraphs broken by hand: some lines are indented and the others run on in mid-sentence."""
    rows = text.split("\n")
    inner = [before for before, row in pairwise(rows) if row.strip(EDGE) and not _INDENT.match(row)]
    indented = sum(1 for row in rows if _INDENT.match(row))
    return indented >= 2 and bool(inner) and _ending_share(inner) <= 0.34


def _between(text: str, separator: re.Pattern[str], start: int = 0, end: int | None = None) -> list[Range]:
    end = len(text) if end is None else end
    ranges = []
    for match in separator.finditer(text, start, end):
        ranges.append((start, match.start()))
        start = match.end()
    ranges.append((start, end))
    return ranges


def _ending_share(rows: list[str]) -> float:
    return sum(1 for row in rows if SENTENCE_END.search(row.rstrip(EDGE))) / len(rows)


# ── plain text ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Habit:
    """How a text uses its line ends.

    Attributes:
        widest: columns of the widest lines with another line of the paragraph after them.
        wrapped: lines were broken by hand at that width.
        line_is_paragraph: every line is a paragraph.
        sentence_ends: nothing but the end of a sentence at the end of a line shows where a paragraph ends.
        indent: width of the indentation that all lines have and that therefore says nothing.
    """

    widest: int
    wrapped: bool
    line_is_paragraph: bool
    sentence_ends: bool
    indent: int


class Paragraph(NamedTuple):
    """A paragraph of plain text.

    Attributes:
        text: trimmed, with the line ends that mean something.
        indent: columns that its first line is indented by.
    """

    text: str
    indent: int


def paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of a plain text; line ends inside them are resolved.

    Blank lines and indentation end a paragraph. A line end inside one stays, unless the text is wrapped at a margin and
    the line reaches it: then it vanishes between Han characters and is a space elsewhere. Without blank lines and
    indentation every line is a paragraph, unless the lines are broken at a margin in mid-sentence. Many lines without a
    blank one between them are judged by themselves, whatever the rest of the text does. A line of nothing but ``-`` or
    ``*`` is a rule, not text.
    """
    rows = text.splitlines()
    of_text, margin = _habit(rows), _margin(rows)
    result: list[Paragraph] = []
    for stretch in _stretches(rows):
        if len(stretch) == 1:
            result.append(Paragraph(stretch[0].strip(EDGE), _indent(stretch[0])))
            continue
        habit = _habit(stretch) if len(stretch) > _LONGEST_STRETCH or _is_numbered(stretch) else of_text
        margins = [0] * len(stretch) if habit.wrapped else _margins(stretch, margin)
        result += _paragraphs_of(stretch, habit, margins)
    return result


def _is_numbered(stretch: list[str]) -> bool:
    """Tell the chapters of a manual from a list or a poem: numbered names between lines, most of them sentences."""
    others = [row for row in stretch if not _is_numbered_name(row.strip(EDGE))]
    return len(stretch) - len(others) >= _LEAST_NAMES and bool(others) and _ending_share(others) >= 0.5


def _stretches(rows: list[str]) -> Iterator[list[str]]:
    """Yield the lines between blank lines and rules, neither of which are text."""
    stretch: list[str] = []
    for row in rows:
        core = row.strip(EDGE)
        if core and not (core[0] in _RULE_MARKS and len(core) < _MAX_WRAP * 2 and _RULE.fullmatch(core)):
            stretch.append(row)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _paragraphs_of(rows: list[str], habit: _Habit, margins: Sequence[int]) -> Iterator[Paragraph]:
    group: list[str] = []
    joined, indent = "", 0
    for row, margin in zip(rows, margins, strict=True):
        core = row.strip(EDGE)
        goes_on = bool(group and margin) and _goes_on(row, core, group[-1], margin, habit.indent)
        if group and not goes_on:
            # where every paragraph is indented, a line that is not stands for itself
            is_indented = indent > habit.indent
            is_other = is_indented and not habit.wrapped and SENTENCE_END.search(group[-1]) is not None
            if is_other or _starts(row, core, group, habit):
                yield Paragraph(joined, indent)
                group, joined = [], ""
        if not group:
            indent = _indent(row)
        joined += _between_lines(group[-1], core, habit, goes_on=goes_on) + core if group else core
        group.append(core)
    yield Paragraph(joined, indent)


def _margins(stretch: list[str], margin: int) -> list[int]:
    """Return for every line the margin of the lines around it, ``margin`` where they show none."""
    margins: list[int] = []
    for start in range(0, len(stretch), _NEARBY):
        nearby = stretch[start : start + _NEARBY]
        margins += [_margin(nearby) or margin] * len(nearby)
    return margins


def _habit(rows: list[str]) -> _Habit:
    cores = [row.strip(EDGE) for row in rows]
    filled = [row for row, core in zip(rows, cores, strict=True) if core]
    indent = min((_indent(row) for row in filled), default=0)
    adjacent = [at for at in range(len(rows) - 1) if cores[at] and cores[at + 1]]
    inner = [cores[at] for at in adjacent if _runs_on(cores[at], rows[at + 1], indent)]
    if not inner:
        return _Habit(0, wrapped=False, line_is_paragraph=False, sentence_ends=False, indent=indent)
    widths = sorted(_width(row) for row in inner)
    widest = widths[-1 - len(widths) // 20]
    wrapped = _is_wrapped(inner, widths, widest) or _is_wrapped_items(inner, widest)
    parted = len(filled) < len(rows) or any(_indent(row) > indent for row in filled)
    line_is_paragraph = _ending_share(inner) > 0.6 if parted else not wrapped
    return _Habit(
        widest,
        wrapped=wrapped,
        line_is_paragraph=line_is_paragraph and not wrapped,
        sentence_ends=not parted,
        indent=indent,
    )


def _runs_on(before: str, row: str, indent: int) -> bool:
    if _indent(row) > indent or _COLUMNS.search(before):
        return False
    return not (before[0] == "第" and _DIVISION.match(before)) and not _is_numbered_name(before)


def _is_numbered_name(core: str) -> bool:
    """Tell a short numbered line without a mark, 2.1 环境要求, from an item that is a sentence."""
    if len(core) > _LONGEST_NAME or not core:
        return False
    number = _NUMBERED.match(core)
    return number is not None and len(core) > number.end() and _ENDS_NAME.search(core, number.end()) is None


def _margin(rows: list[str]) -> int:
    """Return the columns at which many lines end in mid-sentence and beyond which hardly one goes; 0 for none."""
    cores = [core for row in rows if (core := row.strip(EDGE)) and not _LEADER.search(core)]
    widths = sorted(map(_width, cores))
    if not widths:
        return 0
    margin = widths[-1 - int(len(widths) * _MOST_WIDER_SHARE)]
    if not _MIN_WRAP <= margin <= _MAX_WRAP:
        return 0
    full = [core for core in cores if _fills(core, margin)]
    if len(full) < max(_LEAST_FULL_LINES, _LEAST_FULL_SHARE * len(cores)) or _ending_share(full) > 0.25:
        return 0
    return margin if _is_prose(full) else 0


def _is_prose(rows: list[str]) -> bool:
    """Tell running text from a list of titles, which have hardly a mark inside."""
    return _LEAST_PUNCTUATED * len(rows) <= sum(1 for row in rows if _PUNCTUATED.search(row))


def _fills(core: str, margin: int) -> bool:
    return margin - _SHORTFALL <= _width(core) <= margin + _EXCESS


def _is_wrapped(inner: list[str], widths: list[int], widest: int) -> bool:
    if not _MIN_WRAP <= widest <= _MAX_WRAP or _ending_share(inner) > 0.34:
        return False
    full = [row for row in inner if _width(row) >= widest * 0.85]
    return len(full) >= 0.6 * len(widths) and (len(full) < _LEAST_ITEM_LINES or _is_prose(full))


def _is_wrapped_items(inner: list[str], widest: int) -> bool:
    """Tell items of few lines each: half of them run on in mid-sentence at one margin, the others end a sentence."""
    if not _MIN_WRAP <= widest <= _MAX_WRAP or len(inner) < _LEAST_ITEM_LINES:
        return False
    full = [row for row in inner if widest * 0.9 <= _width(row) <= widest * 1.1]
    short = [row for row in inner if _width(row) < widest * 0.9]
    if len(full) < 0.4 * len(inner) or _ending_share(full) > 0.25:
        return False
    return not short or _ending_share(short) >= 0.6


def _starts(row: str, core: str, group: list[str], habit: _Habit) -> bool:
    """Tell whether a line begins a paragraph although no blank line stands before it."""
    if habit.line_is_paragraph or _indent(row) > habit.indent:
        return True
    before = group[-1]
    if is_drawn(core) or is_drawn(before):  # a table drawn with lines
        return True
    if _STAMP.match(core) or _rank(core) or _is_part(core) or (habit.wrapped and _ITEM.match(core)):
        return True
    if len(group) == 1 and (_rank(before) in ("book", "chapter") or _is_part(before)):
        return True
    if len(group) == 1 and before[0] in "【《" and _BRACKETED.fullmatch(before):
        return True
    if len(group) == 2 and _BARE_NUMBER.fullmatch(group[0]) and not habit.wrapped:
        return True
    if habit.sentence_ends and SENTENCE_END.search(before):
        return True
    short = not habit.wrapped or _width(before) < 0.6 * habit.widest
    if _NUMBERED.match(core):
        return short or SENTENCE_END.search(before) is not None
    if len(group) > 1 or SENTENCE_END.search(before) or not _NUMBERED.match(before):
        return False
    # a line that does not reach the margin ends; 第一回 … above a second title
    return short or (before[0] == "第" and _width(before) < 0.8 * habit.widest)


def _goes_on(row: str, core: str, before: str, margin: int, indent: int) -> bool:
    """Tell whether a line goes on with the one before, which fills the margin and ends no sentence."""
    if not _fills(before, margin) or SENTENCE_END.search(before) or _indent(row) > indent:
        return False
    if _ITEM.match(core) or is_drawn(core) or is_drawn(before):
        return False
    return not (_NUMBERED.match(core) or _rank(core) or _COLUMNS.search(before) or _COLUMNS.search(row))


def _rank(core: str) -> str | None:
    """Return the rank of 摘要, 参考文献 and their kin, which are headings by themselves, alone on a line."""
    return word_rank(core) if len(core) <= _LONGEST_WORD and core[0] in WORD_OPENINGS else None


def _is_part(core: str) -> bool:
    """Tell 番外一 旧信 and its kin, alone on a line."""
    return len(core) <= _LONGEST_PART and core[0] in WORD_OPENINGS and is_titled_part(core)


def _between_lines(before: str, core: str, habit: _Habit, *, goes_on: bool) -> str:
    """Return what stands for the line end inside a paragraph."""
    reaches = habit.wrapped and _width(before) >= 0.7 * habit.widest
    if not goes_on and (not reaches or _COLUMNS.search(before) or _COLUMNS.search(core)):
        return "\n"
    return "" if joins_without_space(before[-1], core[0]) else " "


def _indent(row: str) -> int:
    match = _INDENT.match(row)
    return _width(match.group().expandtabs(4)) if match else 0


def _width(row: str) -> int:
    """Return the columns on a terminal: East Asian characters take two."""
    return len(row) + sum(1 for character in row if character > "\u2e7f")
