"""From when a document is: what its front matter or page says, else its file's name, else its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from indexer.documents.dates import calendar_date, in_digits
from indexer.documents.promulgation import read_promulgation
from indexer.model import Block, DateSource, Metadata

_DAY = r"(?:19|20)\d{2}(?:[-._]\d{1,2}[-._]\d{1,2}|年\d{1,2}月\d{1,2}日|[01]\d[0-3]\d)(?!\d)"
# How names of files carry a date: ``2021-03-04-题目`` (Jekyll), ``题目(2012-12-28)``, ``题目_20121228``.
_LEADING = re.compile(rf"({_DAY})(?:[-_\s、.]+|(?=[（(【「《\u4e00-\u9fff])|$)")
_TRAILING = re.compile(rf"(?:\s*[(（\[【〔]\s*({_DAY})\s*[)）\]】〕]|[-_\s]+({_DAY}))$")

# Blocks at either end of a text in which a date may be labelled.
_HEAD, _FOOT = 40, 20
_LABELS: Mapping[str, str] = {
    "发布": "issued", "公布": "issued", "颁布": "issued", "发文": "issued", "刊发": "issued", "印发": "issued",
    "发表": "issued", "成文": "written", "签发": "written", "签订": "written", "签署": "written", "会议": "written",
    "召开": "written", "修订": "amended", "修正": "amended", "修改": "amended",
    "更新": "amended", "施行": "effective", "生效": "effective", "实施": "effective",
}  # fmt: skip
_NAMES_A_DAY = re.compile(r"日\s*期|时\s*间|[布表辑新改]于|[\d日]\s*(?:发[布表]|实施|施行)")
_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:最后|最近|本次|此次)?({'|'.join(_LABELS)})(?:日\s*期|时\s*间)\s*[】\])）]?\s*[:：\t ]\s*"
    r"(?=[【\[(（]?\d{4})"
)
# 日期：2021-03-04, without a word that says of what.
_BARE_LABEL = re.compile(r"(?:^|\n)\s*日\s*期\s*[:：]\s*(?=\d{4})")
_BARE_TIME = re.compile(r"(?:^|\n)\s*(?:日\s*期|时\s*间)\s*[:：]\s*(?=\d{4})")
_NUMERIC_DAY = r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}"
# 发布于 2021-03-04; 2021年3月4日 08:00 发布
_POSTED = re.compile(
    rf"(?:发[布表]|编辑|更新|修改)于\s*(?P<after>{_NUMERIC_DAY})(?!\d)日?+(?!\s*[之以]?[前后])"
    rf"|(?P<before>{_NUMERIC_DAY})日?(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?"
    r"\s*(?:发[布表](?![\u4e00-\u9fff]{0,3}[会了的])|(?P<effective>实施|施行)\s*$)"
)
# A byline with the time of day: 小明 2021年3月4日 08:00, among the first lines.
_STAMPED = re.compile(r"[^\d，。；]{0,30}(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\s+\d{1,2}:\d{2}(?::\d{2})?\s*")
_STAMPED_REACH = 8
# What tells minutes, whose 时间 is when they were taken.
_MINUTES = re.compile("纪要|会议记录")
_MINUTES_REACH = 3
# 某某办公室　2021年3月16日印发, the last line of an official document.
_PRINTED = re.compile(r"(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*印发\s*$")
# 某某人民政府　2021年7月2日: who signs, and when, on one line.
_SIGNED = re.compile(r"[^\s，。；：:,;、\d][^，。；：:,;、\d]{2,28}(?<![于在自至到从])[\s\u3000]+(?=\d{4}\s*年)")
_LONGEST_SIGNED = 60
# Code points of a paragraph whose last line says when: what two parties sign.
_LONGEST_SIGNATURES = 200
_LAST = 3
# Code points of a line that only says when.
_LONGEST_LINE = 40
_LINE = re.compile(
    r"[（(]?\s*(\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
    r"\s*(?:印发|发布|颁布|公布)?\s*[）)]?"
)


# What such a line ends with.
_LINE_ENDS = frozenset("日月发布)）0123456789０１２３４５６７８９")


def dated(metadata: Metadata, name: str, blocks: Sequence[Block]) -> Metadata:
    """Return ``metadata`` completed by the dates of the file's name and of its text.

    Args:
        metadata: what the file says about itself; its dates come first.
        name: of the file.
        blocks: everything in the file, before anything is dropped.
    """
    told = {name: date for name, date in _text_dates(blocks).items() if date}
    labelled = told.get("labelled")
    completed = replace(
        metadata,
        issued=metadata.issued or told.get("issued"),
        amended=metadata.amended or told.get("amended"),
        amendment=None if metadata.amended else told.get("amendment"),
        effective=metadata.effective or told.get("effective"),
    )
    candidates = (
        (DateSource.FILE_NAME, date_of_name(PurePath(name).stem)[0]),
        (DateSource.LABEL, labelled),
        (DateSource.PROMULGATION, told.get("promulgated")),
        (DateSource.LINE, told.get("line")),
    )
    if metadata.date:
        return completed
    for source, date in candidates:
        if date:
            return replace(completed, date=date, date_source=source)
    return completed


def date_of_name(stem: str) -> tuple[str | None, str]:
    """Return the date that a file's name (without its ending) opens or closes with, and the name without it.

    A name that is nothing but a date stays what it is.
    """
    for pattern in (_TRAILING, _LEADING):
        if match := pattern.search(stem) if pattern is _TRAILING else pattern.match(stem):
            written = next(group for group in match.groups() if group).replace("_", "-")
            rest = f"{stem[: match.start()]}{stem[match.end() :]}".strip()
            if date := calendar_date(written):
                return date, rest or stem
    return None, stem


def _text_dates(blocks: Sequence[Block]) -> dict[str, str | None]:
    labels = _labelled(blocks)
    promulgation = read_promulgation(blocks)
    found: dict[str, str | None] = {
        "issued": labels.get("issued"),
        "amended": labels.get("amended"),
        "effective": labels.get("effective"),
        "labelled": labels.get("issued") or labels.get("written") or labels.get("amended"),
        "line": _only_line(blocks) or _signed(blocks) or _printed(blocks),
    }
    if promulgation:
        found["line"] = None
        found["promulgated"] = promulgation.date
        found["issued"] = promulgation.issued or found["issued"]
        found["amended"] = promulgation.amended or found["amended"]
        found["amendment"] = promulgation.amendment
        found["effective"] = promulgation.effective or found["effective"]
    return found


def _labelled(blocks: Sequence[Block]) -> dict[str, str]:
    """Return what ``发布日期：`` and its kin say; what is said twice otherwise (a list of articles) is not said."""
    found: dict[str, set[str]] = {}
    bare = _BARE_TIME if any(_MINUTES.search(block.text) for block in blocks[:_MINUTES_REACH]) else _BARE_LABEL
    foot = max(len(blocks) - _FOOT, _HEAD)
    for block in blocks[:_STAMPED_REACH]:
        if date := _stamped(block.text):
            found.setdefault("written", set()).add(date)
    for block in (*blocks[:_HEAD], *blocks[foot:]):
        for label, date in _labels(block, bare):
            found.setdefault(label, set()).add(date)
    return {label: dates.pop() for label, dates in found.items() if len(dates) == 1}


def _stamped(text: str) -> str | None:
    is_short = ":" in text and len(text) <= _LONGEST_LINE
    stamped = _STAMPED.fullmatch(text) if is_short else None
    return calendar_date(stamped[1]) if stamped else None


def _labels(block: Block, bare: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    if block.code or not _NAMES_A_DAY.search(block.text):
        return
    if len(block.text) <= _LONGEST_SIGNED:
        for match in _POSTED.finditer(block.text):
            if date := calendar_date(match["after"] or match["before"]):
                yield "effective" if match["effective"] else "written", date
    text = in_digits(unicodedata.normalize("NFKC", block.text))
    for match in (*_LABEL.finditer(text), *bare.finditer(text)):
        if date := calendar_date(text[match.end() : match.end() + 16].split("\t")[0]):
            yield _LABELS[match[1]] if match.re is _LABEL else "written", date


def _only_line(blocks: Sequence[Block]) -> str | None:
    """Return the date that stands on a line of its own, under a signature or below a title, if there is only one."""
    short = [block for block in blocks if block.text[-1] in _LINE_ENDS and len(block.text) <= _LONGEST_SIGNATURES]
    lines = {date for block in short if (date := _date_line(block))}
    return lines.pop() if len(lines) == 1 else None


def _signed(blocks: Sequence[Block]) -> str | None:
    """Return the date beside whoever signs at the end of a text, if there is only one."""
    dates = set()
    for block in blocks[-_FOOT:]:
        is_text = len(block.text) <= _LONGEST_SIGNED and not block.code and block.level is None
        if is_text and "年" in block.text and "印发" not in block.text:
            text = in_digits(unicodedata.normalize("NFKC", block.text)).strip()
            signed = _SIGNED.match(text)
            if signed and _LINE.fullmatch(text, signed.end()):
                dates.add(calendar_date(text[signed.end() :]))
    return dates.pop() if len(dates) == 1 else None


def _printed(blocks: Sequence[Block]) -> str | None:
    """Return the date at which the last line of an official document says that it was printed."""
    for block in blocks[-_LAST:]:
        if "印发" in block.text and (printed := _PRINTED.search(in_digits(unicodedata.normalize("NFKC", block.text)))):
            return calendar_date(printed[1])
    return None


def _date_line(block: Block) -> str | None:
    if block.code or block.level is not None or "\t" in block.text:
        return None
    last = in_digits(unicodedata.normalize("NFKC", block.text)).rpartition("\n")[2].strip()
    if len(last) > _LONGEST_LINE:
        return None
    beside = set(re.split(r" {3,}", last))  # both parties of a contract date their signatures
    last = beside.pop() if len(beside) == 1 else last
    return calendar_date(re.sub(r"[（()）]", "", last)[:16]) if _LINE.fullmatch(last) else None
