"""Lines → paragraphs, across columns and pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.documents.formats.pdf.characters import is_wide
from indexer.documents.formats.pdf.lines import Line
from indexer.documents.formats.pdf.list_items import HUNG, ITEM, MARKED, Counts
from indexer.documents.formats.pdf.margins import (
    BLANK,
    BLOCK_WIDTH,
    FAR,
    OTHER_SIZE,
    RAGGED,
    SAME_PLACE,
    is_below,
    margins_of,
)
from indexer.documents.formats.pdf.text_columns import INDENT, SAME_LEFT, SENTENCE_END, Column, Text
from indexer.model import Range

_NUMBERED = re.compile(
    r"第[0-9零〇一二三四五六七八九十百千]{1,9}(?:[编章节条回卷篇]|分编)(?!规定|第)|[一二三四五六七八九十]{1,3}、"
    r"|附[件表录錄][0-9一二三四五六七八九十]{1,3}(?![中所的]|规定)|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}(?:[.．][0-9]{1,2}){0,4}[.．、\s](?![0-9])"
    r"|[0-9]{1,2}(?:[.．][0-9]{1,2}){1,4}(?=[\u4e00-\u9fff])(?![年月日时元万亿千百倍个米分小])"
)
# The end of an entry of a table of contents, which reaches the margin and goes on nowhere.
_ENTRY = re.compile(r"(?:[.…·．]\s?){3,}[0-9ivxIVX]{1,5}$|…\s?[0-9ivxIVX]{1,5}$|(?:\u3000|  )[0-9]{1,4}$")
_PAUSE = re.compile("[，。；]")
# The end of a line in the middle of a sentence.
_GOES_ON = re.compile(r"[\w，、,-]$")
# What opens a line of a form: 指导教师：.
_LABELED = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff\s]{1,9}[：:]")
# The end of a line of a form that is to be filled in, and what opens the next: 投标单位名称（盖公章）：.
_TO_BE_FILLED, _LABEL = re.compile(r"(?:_{3}|[：:])$"), re.compile(r"[\u4e00-\u9fff][^，。；：:_0-9\s]{1,20}[：:]")
# What opens a line of data in an example: “code”: 200.
_KEY = re.compile(r"[{\[]?\s*[“”\"][\w.-]+[”\"]\s*[:：]")
# What a line end does not part: a word or numbers, the marks that open it, unless they number an item, and those after.
_UNBREAKABLE = re.compile(
    r"(?:[“‘《〈「『]|（(?!(?:[0-9一二三四五六七八九十]{1,3}|[a-z])）))*"
    r"(?:[\x21-\x7e]+(?:[、，][\x21-\x7e]+)*|.)[，。；：、！？％）》〉”’」』]*"
)
# Em of room that the next word would have filled: in text without other signs, at the end of a sentence where lines
# end at the margin, within a sentence where gaps part paragraphs, where indents do, and beside the label of an item.
_ROOM, _JUSTIFIED_ROOM, _UNENDED_ROOM = 1.6, 0.9, 4
_INDENTED_ROOM, _UNENDED_INDENTED_ROOM, _HUNG_ROOM = 3, 6, 2
# Em by which the lines below a first one are set in that hang from its label.
_HANGS = 2.6
_LONGEST_CENTERED = 60
# Em from base line to base line at least.
_LEADING = 1.2
# Em from the left margin that begins what is set at the right one, and that it is wide at most.
_SET_RIGHT, _LONGEST_SIGNATURE = 8, 16
# Em by which paragraphs are indented, and code points of a first line that may be taken for a centred one.
_USUAL_INDENT, _LEAST_FIRST = 2, 16
# Points that an em counts at most where room beside a centred line is measured: large titles fill their lines.
_MOST_EM = 16.0
# Share of the size by which the first line of a paragraph is larger at most.
_NEAR_SIZE = 0.25
# Share of the leading that makes a gap: by itself, beside an indent habit, and above a centred line.
_GAP, _INDENTED_GAP, _CENTERED_GAP = 1.55, 1.9, 1.3


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its text, ranges that are bold, its lines, and whether all of them are centred."""

    text: str
    bold: list[Range]
    lines: list[Line]
    centered: bool


@dataclass(slots=True)
class _Open:
    """A line where it stands: between which margins, in points, whether it is centred, and goes on with a paragraph."""

    line: Line
    column: Column
    left: float
    right: float
    centered: bool
    goes_on: bool = False


def paragraphs_of(text: Text) -> list[Paragraph]:
    """Return the paragraphs in reading order."""
    result: list[Paragraph] = []
    before: _Open | None = None
    counts = Counts()
    for column in text.columns:
        for index, (line, (left, right)) in enumerate(zip(column.lines, margins_of(column), strict=True)):
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


def _counts_on(before: _Open, now: _Open, counts: Counts) -> bool:
    """Tell whether a line counts on what opened a paragraph, after a line that was not full or hangs between them."""
    last = counts.before(now.line)
    if last is None:
        return False
    hangs = before.line is last or before.line.left > last.left + SAME_PLACE
    is_below = hangs and abs(now.line.left - last.left) < SAME_PLACE
    return is_below or _room(before, now.line) > 0.5 * now.line.size


def _is_centered(line: Line, column: Column, margin: float) -> bool:
    """Tell whether a line that ends before the margin of its block stands in the middle of its column: no item does."""
    if len(line.text) >= _LONGEST_CENTERED or line.text[-1] in "。；" or ITEM.match(line.text):
        return False
    left, right = line.left - column.left, column.right - line.right
    is_full = margin < column.right and margin - line.right < RAGGED * line.size
    return not is_full and abs(left - right) < 2.3 * line.size and left > 2.5 * min(line.size, _MOST_EM)


def _is_aligned(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line begins where one right above or below it does that is of another length."""
    line = lines[index]
    beside = (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])
    return any(
        abs(other.left - line.left) < SAME_PLACE
        and abs(other.right - line.right) > line.size
        and (is_below(other, line) or is_below(line, other))
        for other in beside
    )


def _starts(before: _Open, now: _Open, text: Text) -> bool:
    """Tell whether a line opens a paragraph; the strongest signs come first."""
    last, line = before.line, now.line
    if line.goes_on and not line.cells:
        return False
    if line.cells or last.cells or line.level is not None or last.level is not None or last.goes_on:
        return True
    if (
        _ENTRY.search(last.text)
        or any(one.match(line.text) for one in (MARKED, _KEY))
        or _are_rows(last, line, is_full=_room(before, line) < RAGGED * line.size)
    ):
        return True
    if _is_of_other_size(before, now):
        return True
    if _NUMBERED.match(line.text) and (SENTENCE_END.search(last.text) or _is_name(before)):
        return True
    if _is_apart(before, now, text):
        return True
    if _is_set_right(before) and abs(line.left - last.left) > SAME_PLACE:
        return True
    if before.centered and (_is_rest(before, now, text) or (now.centered and last.text[-1] in "，、")):
        return False
    if _is_indented(before, now, text) or _left_room(before, now, text):
        return True
    return last.all_bold and not line.all_bold and len(last.text) < 30 and _room(before, line) > _ROOM * last.size


def _are_rows(last: Line, line: Line, *, is_full: bool) -> bool:
    """Tell two lines of a form: of a label and what it labels each, or parted by wide gaps at the same places."""
    if _LABELED.match(last.text) and _LABELED.match(line.text):
        return True
    if _TO_BE_FILLED.search(last.text) and _LABEL.match(line.text) and not is_full:
        return True
    begins = [{round(part.left / SAME_LEFT) for part in one.parts[:2]} for one in (last, line)]
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
    if abs(line.size - last.size) <= OTHER_SIZE * line.size:
        return False
    is_near = now.column is before.column and 0 < last.bottom - line.bottom < FAR * last.size
    is_text = _PAUSE.search(last.text) is not None and abs(last.size - line.size) < _NEAR_SIZE * last.size
    return not (is_near and is_text and line.left < last.left and _goes_on_below(before, line))


def _goes_on_below(before: _Open, line: Line) -> bool:
    """Tell whether the line before reached the margin in the middle of a sentence, and no list begins with this one.

    A line of a form, of code, or at the right margin does so by chance.
    """
    last = before.line
    is_full = last.right - last.left >= BLOCK_WIDTH * last.size and _room(before, line) < RAGGED * line.size
    if not is_full or last.left - before.left > _SET_RIGHT * last.size or (line.all_bold and not last.bold):
        return False
    is_text = _GOES_ON.search(last.text) and not (BLANK.search(last.text) or BLANK.search(line.text))
    return bool(is_text) and not any(pattern.match(line.text) for pattern in (HUNG, _NUMBERED, _LABELED))


def _is_apart(before: _Open, now: _Open, text: Text) -> bool:
    """Tell a line below a gap, and one that is centred at the top of a column, or the first of a slide."""
    if now.column is not before.column:
        return now.centered or (text.slides and now.line.page != before.line.page)
    if now.centered and not before.centered and SENTENCE_END.search(before.line.text):
        return True
    limit = _CENTERED_GAP if now.centered else _INDENTED_GAP if text.indented else _GAP
    leading = max(now.column.leading, _LEADING * now.line.size)
    distance = before.line.bottom - now.line.bottom
    return distance > limit * leading or _is_below_gap(before, now, text, distance)


def _is_below_gap(before: _Open, now: _Open, text: Text, distance: float) -> bool:
    """Tell text that is so many points below other text as only paragraphs are in this document."""
    if text.gap is None or distance <= text.gap or (before.centered and now.centered):
        return False
    return all(abs(one.line.size - text.body) <= OTHER_SIZE * text.body for one in (before, now))


def _is_indented(before: _Open, now: _Open, text: Text) -> bool:
    line = now.line
    if now.centered or line.left - now.left <= INDENT * line.size:
        return False
    deeper = line.left - before.line.left
    if now.column is not before.column:
        if before.goes_on:
            is_level = abs(deeper) < SAME_PLACE
        else:
            is_level = deeper > 0 and HUNG.match(before.line.text) is not None
        return not (is_level and _goes_on_below(before, line))
    if abs(deeper) < 0.4 * line.size:
        is_full = _room(before, line) < RAGGED * line.size and not SENTENCE_END.search(before.line.text)
        return text.indented and not before.goes_on and not is_full
    if (deeper < 0 or deeper > _HANGS * line.size) and _goes_on_below(before, line):
        return False
    hangs = HUNG.match(before.line.text) and not before.goes_on and line.left > before.line.left
    most = _JUSTIFIED_ROOM if text.justified and SENTENCE_END.search(before.line.text) else _HUNG_ROOM
    return not (hangs and _room(before, line) < most * line.size)


def _left_room(before: _Open, now: _Open, text: Text) -> bool:
    """Tell whether the line before ended although the first word of this one would have fitted."""
    room = _room(before, now.line) / now.line.size
    if now.centered or before.centered:
        return room > _ROOM or before.centered
    return room > _most_room(before, now, text)


def _most_room(before: _Open, now: _Open, text: Text) -> float:
    """Em of room that a line which goes on leaves at most."""
    has_ended = SENTENCE_END.search(before.line.text) is not None
    if text.indented:
        return _INDENTED_ROOM if has_ended else _UNENDED_INDENTED_ROOM
    if has_ended:
        return _JUSTIFIED_ROOM if text.justified else _ROOM
    return _ROOM if text.gap is None or now.column is not before.column else _UNENDED_ROOM


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
