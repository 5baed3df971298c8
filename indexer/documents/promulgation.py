"""When a law came out, was amended and came into force, as the lines below its title say.

``2007年6月29日第十届全国人民代表大会常务委员会第二十八次会议通过　根据2012年12月28日…修正``. What a committee
or a meeting of an office has passed comes out later: its day is no date of the document, the day of 公布 is. A
congress passes and publishes on one day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.documents.dates import days, in_digits
from indexer.documents.structure.numbering import article
from indexer.model import Block

# Blocks in which the lines are looked for; laws amended some twenty times have as many.
_REACH = 60
# Code points from one date of such a line to the next.
_LONGEST = 260
# Code points before an event that may belong to it, so that a list of days without any is not gone through again for
# each of them.
_PENDING = 4 * _LONGEST
# What may stand before the first date of a line.
_OPENS = re.compile(r"[（(〔\[*]?\s*(?:根据|依据|由|自|经|于|依照)?\s*")
# A date, then a comma, is how a story begins.
_STORY = re.compile(r"\s*[，,。；;]")
_TITLES = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|〈[^〈〉]*〉")
_PASSES = re.compile(r"通过|批准|原则同意|审议|讨论")
_BY_CONGRESS = re.compile(r"人民代表大会|全国人大|人大常委会|政治协商会议")
# Whose decision comes out on another day.
_BY_MEETING = re.compile(r"(?:审判|检察)委员会|会议")
_PUBLISHES = re.compile(r"公布|发布|颁布|印发|令第|签署|公告|颁行|下发")
_AMENDS = re.compile(r"修正|修订|修改|通过的\s*$")
_AMENDMENT = re.compile(r"修正|修订")
_TAKES_EFFECT = re.compile(r"施行|生效|实施|执行")
# A preamble, or a sentence about another law.
_NO_EVENT = re.compile(r"结合|制定本|如下|[:：]\s*$|(?:修正|修订|修改|公布|发布|施行|实施)的(?:《|$)")
# 本法自2008年1月1日起施行。
_IN_FORCE = re.compile(r"本[\u4e00-\u9fff]{1,6}自(?=\d{4}年)([^。；]{8,14}?)起(?:施行|生效|实施|执行)")
_BY_STATE_COUNCIL = re.compile("国务院")
_COUNTED = re.compile("第[一二三四五六七八九十0-9]+次(?:修正|修订|修改)")
_RUNNING = re.compile(r"[。；]")


@dataclass(slots=True)
class _Version:
    """A version of the text; dates are ISO 8601, None where they are not known.

    Attributes:
        is_passed: whether a passing of it has been named.
        is_published: whether its ``date`` is that of a publication.
        amendment: 修正 or 修订, where that is said.
    """

    amends: bool
    is_passed: bool
    date: str | None = None
    is_published: bool = False
    amendment: str | None = None


@dataclass(frozen=True, slots=True)
class Promulgation:
    """The dates of a text: of its first version, of the last if that is another one, and since when it is in force.

    Attributes:
        amendment: 修正 or 修订, where the text says which.
        is_whole: whether the lines can be all that happened to the text, so that the last of them is that of the
            version at hand.
    """

    issued: str | None
    amended: str | None
    effective: str | None
    amendment: str | None = None
    is_whole: bool = True

    @property
    def date(self) -> str | None:
        """When the version at hand came out; None where that is not known."""
        return (self.amended or self.issued) if self.is_whole else None


@dataclass(frozen=True, slots=True)
class _Event:
    """What happened to the text on a day: the words between its date and the next one, titles taken out of them."""

    date: str
    words: str

    @property
    def passes(self) -> bool:
        return _PASSES.search(self.words) is not None

    @property
    def publishes(self) -> bool:
        return _PUBLISHES.search(self.words) is not None

    @property
    def amends(self) -> bool:
        return _AMENDS.search(self.words) is not None

    @property
    def takes_effect(self) -> bool:
        return _TAKES_EFFECT.search(self.words) is not None

    @property
    def is_public(self) -> bool:
        """Whether the text is out with it."""
        if self.publishes or _BY_CONGRESS.search(self.words):
            return True
        return not self.passes and not _BY_MEETING.search(self.words)


def read_promulgation(blocks: Sequence[Block]) -> Promulgation | None:
    """Return the dates that stand below the title; None where no such line does."""
    events = [event for block in _above_the_text(blocks) for event in _events(block.text)]
    versions = _versions(events)
    effective = [event.date for event in events if event.takes_effect] or list(_in_force(blocks))
    if not versions and not effective:
        return None
    first, last = (versions[0], versions[-1]) if versions else (None, None)
    is_later = last is not None and (last is not first or last.amends)
    if is_later and last is not None and last.date is None:  # the version at hand came out on a day that is not told
        return Promulgation(None, None, max(effective, default=None))
    return Promulgation(
        first.date if first and not first.amends else None,
        last.date if last and is_later else None,
        max(effective, default=None),
        last.amendment if last and is_later else None,
        is_whole=_is_whole(events),
    )


def _is_whole(events: Sequence[_Event]) -> bool:
    """Tell whether the lines can be the whole history of a text.

    Congresses amend one law at a time, and its text lists them all. The State Council amends its regulations by dozens
    in one decree, and their texts go about with the lines of earlier versions: only an amendment that is not counted
    (修订, not 第二次修订) is the one and last.
    """
    versions = [event for event in events if event.passes or event.publishes or event.amends]
    if not versions:
        return True
    counted = _COUNTED.search(versions[-1].words)
    if counted:
        return any(_BY_CONGRESS.search(event.words) for event in versions)
    return versions[-1].amends or not any(_BY_STATE_COUNCIL.search(event.words) for event in versions)


def _above_the_text(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks[:_REACH]:
        if article(block.text) is not None or _is_running_text(block.text):
            return
        if not block.code:
            yield block


def _is_running_text(text: str) -> bool:
    return len(text) > 40 and _RUNNING.search(text) is not None and next(_events(text), None) is None


def _events(text: str) -> Iterator[_Event]:
    """Yield what a line of promulgation tells, in order; nothing of any other line."""
    if "年" not in text:
        return
    text = in_digits(unicodedata.normalize("NFKC", text))
    found = list(days(text))
    if not found or not _OPENS.fullmatch(text, 0, found[0][0]):
        return
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    pieces = [(date, text[end:until]) for (_, end, date), until in zip(found, ends, strict=True)]
    if _NO_EVENT.search(text) or len(pieces[0][1]) > _LONGEST or _STORY.match(pieces[0][1]):
        return
    yield from _told(pieces)


def _told(pieces: Iterable[tuple[str, str]]) -> Iterator[_Event]:
    """Yield the events of days that have one; two bodies that pass one text (``…会议、…会议通过``) are one event."""
    pending = ""
    for date, words in pieces:
        event = _Event(date, pending + _TITLES.sub("", words))
        if event.passes or event.publishes or event.amends or event.takes_effect:
            yield event
            pending = ""
        else:
            pending = event.words[-_PENDING:]


def _versions(events: Iterable[_Event]) -> list[_Version]:
    versions: list[_Version] = []
    for event in events:
        if not (event.passes or event.publishes or event.amends):
            continue
        current = versions[-1] if versions else None
        only_publishes = event.publishes and not event.passes and not event.amends
        if current is None or not only_publishes or current.is_published:
            word = _AMENDMENT.search(event.words)
            current = _Version(event.amends, event.passes, amendment=word[0] if word else None)
            versions.append(current)
        if event.is_public:
            current.date, current.is_published = event.date, event.publishes
    return versions


def _in_force(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the date that the last article says the text is in force from."""
    for block in reversed(blocks):
        text = block.text
        if "自" not in text or "起" not in text or not _TAKES_EFFECT.search(text):
            continue
        if match := _IN_FORCE.search(in_digits(unicodedata.normalize("NFKC", text))):
            yield from (date for _, _, date in days(match[1]))
            return
