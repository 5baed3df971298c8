"""Short lines that count in a form of their own, with text under each: 第一夜, EP01, 【001】初见, 学而第一, 春（上）.

Nothing but their company tells them from text: they begin alike, count up, and sentences follow.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.documents.structure import numbering
from indexer.documents.structure.evidence import SENTENCE_END, Evidence
from indexer.documents.structure.numbering import Number
from indexer.model import Block, Kind, Role

_COUNT = "[0-9０-９]{1,4}|[零〇一二三四五六七八九十百千两]{1,7}"
_WORD = r"[^—，。；：！？,;:!?\s【】（()）]"
_ORDINALS = {
    name: value
    for value, name in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
# What each form begins with is its ``key``, what it counts ``count``, or from there ``to`` another, what it is called
# ``name``.
_FORMS = (
    # 学而第一, 上经乾传卷二
    re.compile(
        r"(?P<key>)(?P<name>[\u4e00-\u9fff]{1,12}?)(?:第|(?P<unit>卷)[第之]?)(?P<count>[一二三四五六七八九十百]{1,4})"
    ),
    # 旧巷 第1章 春雨, 第一夜, 第1-2章, 合同范文【第一篇】
    re.compile(
        rf"(?P<key>(?:[◆◇■●★☆※][ \u3000]?)?(?:{_WORD}{{1,20}}[ \u3000]*[【（(]?)?)第(?P<count>{_COUNT})"
        r"(?:[-—~～至到、](?P<to>[0-9]{1,4}))?"
        r"(?P<unit>(?![页頁条條款项項名位个])[\u4e00-\u9fff]{1,2}?)(?:[】）)]|[ \u3000:：「『](?P<name>.{0,30}))?"
    ),
    # 合同范文 篇3, 合同范文篇三
    re.compile(rf"(?P<key>{_WORD}{{2,24}}[ \u3000]*[（(【]?(?P<unit>篇))(?P<count>{_COUNT})[】）)]?"),
    # 【001】初见, #1 初见, ☆、1.初见
    re.compile(
        rf"(?P<key>【|[#＃☆★◎●◆■※]{{1,2}}[、.．]?[ \u3000]*)(?P<count>{_COUNT})(?:[】、.．\s](?P<name>.{{0,30}}))?"
    ),
    # Chapter One 初见, EP01, Vol.2
    re.compile(
        r"(?P<key>(?i:chapter|part|volume|vol|episode|ep|act|scene|day))[ .\u3000]{0,2}"
        rf"(?P<count>[0-9]{{1,4}}|(?i:{'|'.join(_ORDINALS)}))(?![0-9A-Za-z])(?P<name>.{{0,30}})"
    ),
    # 1 初见, whose name has no marks in it, as a note has
    re.compile(r"(?P<key>)(?P<count>[0-9]{1,3})[ \u3000]+(?P<name>[^\d\W][^，。；：《》“”（）,.;:()]{0,24})"),
    # 12|初见, as a site of novels exports its chapters
    re.compile(r"(?P<key>)(?P<count>[0-9]{1,4})[|｜](?P<name>[^|｜]{1,30})"),
    # 其一
    re.compile(rf"(?P<key>其)(?P<count>{_COUNT})"),
    # 春（上）, 春（下）
    re.compile(rf"(?P<key>{_WORD}{{2,20}}[ \u3000]*[（(])(?P<count>[上中下]|{_COUNT})[）)]"),
    # 甲、春雨, （甲）春雨, （上）春雨
    re.compile(
        r"(?P<key>[（(]?)(?P<count>[甲乙丙丁戊己庚辛壬癸]|(?<=[（(])[上中下])(?:[）)]|[、．.])[ \u3000]?"
        r"(?P<name>[^，。；：]{1,30})"
    ),
    # 河工1, 河工2, as sites call the pages of a book; 河工一
    re.compile(r"(?P<key>[\u4e00-\u9fff]{1,12}?[ \u3000]?)(?P<count>[0-9]{1,3}|[一二三四五六七八九十]{1,3})"),
)
_CLASSIC, _PAGES = 0, len(_FORMS) - 1
_VOLUMES = frozenset({"part", "volume", "vol"})
_LONGEST = 42
_GOES_ON = frozenset("。；，、：;,:")
# So many make a count: fewer in a classic, and where a title is said again each time.
_LEAST, _LEAST_TITLED, _LONG_KEY = 3, 2, 3
# Members from which on a number may be left out or used twice.
_STEADY = 3


class _Line(NamedTuple):
    """A line in one of the forms.

    Attributes:
        place: of its block.
        first, last: what it counts, from and to.
        name: what it is called beside that.
        style: as of a ``Number``.
    """

    place: int
    first: int
    last: int
    name: str
    style: str


def find_counted_lines(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take lines of one form that count up, with text under them, for headings.

    Where the format gives headings, 第一步 and its like are none; a classic is known by its words.
    """
    forms = _FORMS[: _CLASSIC + 1] if any(seen.given for seen in settled) else _FORMS
    for (form, key), lines in _by_form(blocks, settled, forms).items():
        titled = len(key) >= _LONG_KEY and not key.isascii() and form != _PAGES
        least = _LEAST_TITLED if titled or form == _CLASSIC else _LEAST
        for run in _runs(lines, titled=titled):
            members = _with_text(blocks, run)
            if len(members) >= least and 2 * len(members) >= len(run) and _is_telling(members):
                for line in members:
                    number = Number(line.style, line.first, 0)
                    settled[line.place] = replace(settled[line.place], number=number, short=True, run=True)


def _by_form(
    blocks: Sequence[Block], settled: Sequence[Evidence], forms: Sequence[re.Pattern[str]]
) -> dict[tuple[int, str], list[_Line]]:
    """The lines of each form, known by its number and what they begin with."""
    by_form: dict[tuple[int, str], list[_Line]] = defaultdict(list)
    for index, (block, seen) in enumerate(zip(blocks, settled, strict=True)):
        if not _is_open(block, seen):
            continue
        for form, pattern in enumerate(forms):
            if match := pattern.fullmatch(block.text):
                lines = by_form[form, match["key"].lower()]
                # a line that stands there twice is one, the second
                if lines and lines[-1].place == index - 1 and blocks[index - 1].text == block.text:
                    lines.pop()
                lines.append(_line(index, match.groupdict()))
                break
    return by_form


def _is_open(block: Block, seen: Evidence) -> bool:
    text = block.text
    if len(text) > _LONGEST or text[-1] in _GOES_ON or block.code or block.item:
        return False
    if block.kind is not Kind.BODY or block.role is not Role.BODY:
        return False
    is_known = seen.given or seen.word or seen.run or seen.part or seen.bracket or seen.article or seen.opener
    return not is_known and (seen.number is None or seen.number.style == "1") and "\n" not in text


def _line(place: int, found: Mapping[str, str | None]) -> _Line:
    count, key = found["count"] or "", (found["key"] or "").lower()
    first = _ORDINALS.get(count.lower()) or numbering.integer(count)
    last = int(to) if (to := found.get("to")) else first
    return _Line(place, first, last, (found.get("name") or "").strip(), _style(key, found.get("unit")))


def _style(key: str, unit: str | None) -> str:
    if unit:
        return f"第{unit}"
    if key.endswith(("其", "（", "(")):
        return key[-1]
    return "第卷" if key in _VOLUMES else "第章"


def _runs(lines: Iterable[_Line], *, titled: bool) -> Iterator[list[_Line]]:
    """Yield the lines that count up by one, in a long run past one left out or used twice; （下） may follow （上）."""
    run: list[_Line] = []
    for line in lines:
        steps = (0, 1, 2) if len(run) >= _STEADY else (1, 2) if titled else (1,)
        if run and line.first - run[-1].last not in steps:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_telling(run: Sequence[_Line]) -> bool:
    """Tell names from the running title of a book, which comes again on each of its pages."""
    names = {line.name for line in run}
    return len(names) > 1 or names == {""}


def _with_text(blocks: Sequence[Block], run: Sequence[_Line]) -> list[_Line]:
    """The lines with a block under each that is none of them; none if not under half of these is a sentence."""
    places = {line.place for line in run}
    own = [line for line in run if line.place + 1 < len(blocks) and line.place + 1 not in places]
    sentences = sum(1 for line in own if SENTENCE_END.search(blocks[line.place + 1].text))
    return own if 2 * sentences >= len(own) else []
