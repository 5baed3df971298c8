"""Whether a paragraph that looks like a heading is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.documents.structure import numbering
from indexer.documents.structure.numbering import Number
from indexer.model import Block, Kind, Range

_LONGEST_STRONG = 60
_LONGEST_WEAK = 42
_LONGEST_PLAIN = 36
_CLOSED = re.compile(r"[。；;，,、！!…]$")
_OPEN = re.compile(r"[：:]$")
_PHRASE = re.compile(r"[^，。；：！？,;:!?\n]+。|[^。；！？;!?\n]+[！!]")
_PAUSE = re.compile("[，,]")
_INNER = re.compile(r"[。；！!]")
_ENDS_PAGE = re.compile(r"(?<=[^件录錄.…·\s])[.…·\s]+[0-9]{1,4}$")
_QUOTED = re.compile(r"[“\"‘「『《〈(（].*")
# Styles that also number list items, so that a single one proves nothing.
_ITEM_STYLES = frozenset({"1.", "（1）", "1）", "①", "1", "Ⅰ"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one block shows by itself.

    Attributes:
        given: the format says it is a heading.
        number: the number it opens with.
        article: name of the article it opens and where its words begin.
        word: it is a heading by its word (前言, 附录).
        strong: all of it is bold, or it is centred.
        short: it is short and no sentence.
        plain: it could be a heading although it has no number: short, all bold, no mark at its end.
    """

    given: bool = False
    number: Number | None = None
    article: tuple[str, int] | None = None
    word: bool = False
    strong: bool = False
    short: bool = False
    plain: bool = False


@dataclass(slots=True)
class _NumberSequence:
    """Numbers of one style that count up without a gap."""

    items: list[int] = field(default_factory=list)
    last: int = 0
    from_one: bool = True


def gather_evidence(block: Block) -> Evidence:
    """Gather the evidence of a block for which the format gave no level."""
    text = block.text
    article = numbering.article(text, block.bold[0][1] if block.bold and block.bold[0][0] == 0 else 0)
    if article:
        return Evidence(article=article)
    number = numbering.number(text)
    if number is None and not block.bold and not block.centered and text[0] not in numbering.WORD_OPENINGS:
        return Evidence()
    strong = block.centered or _is_all_bold(text, block.bold, number)
    word = number is None and numbering.word_rank(text) is not None
    return Evidence(
        number=numbering.appendix(text) if word else number,
        word=word,
        strong=strong,
        short=_is_short(text, strong=strong) or (strong and number is not None and _is_bold_phrase(text)),
        plain=number is None and bool(block.bold) and strong and _is_plain(text),
    )


def _is_all_bold(text: str, bold: Sequence[Range], number: Number | None) -> bool:
    if not bold:
        return False
    covered = sum(end - begin for begin, end in bold)
    if covered == len(text):
        return True
    position = 0
    loose = []
    for begin, end in bold:
        loose.append(text[position:begin])
        position = end
    loose.append(text[position:])
    if number is not None and len(loose[0]) <= number.end:
        loose[0] = ""
    return not "".join(loose).strip()


def _is_short(text: str, *, strong: bool) -> bool:
    if "\n" in text or _CLOSED.search(text):
        return False
    if strong:
        return len(text) <= _LONGEST_STRONG and not _INNER.search(_QUOTED.sub("", text))
    return len(text) <= _LONGEST_WEAK and not _INNER.search(text) and not _OPEN.search(text)


def _is_bold_phrase(text: str) -> bool:
    """Tell a bold paragraph that only closes like a sentence, （一）主要成绩。 or 三、加油！, from a bold sentence."""
    return len(text) <= _LONGEST_PLAIN and _PHRASE.fullmatch(text) is not None


def _is_plain(text: str) -> bool:
    return len(text) <= _LONGEST_PLAIN and not _INNER.search(text) and not re.search(r"[。；;，,、！!？?…：:]$", text)


def find_headings(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> list[bool]:
    """Decide for every block whether it is a heading."""
    by_sequence = _accepted_by_sequence(blocks, evidence)
    contents = _contents_entries(blocks, evidence)
    has_decimals = any(seen.number is not None and seen.number.style.endswith("级") for seen in evidence)
    result = []
    in_article = False
    for index, seen in enumerate(evidence):
        if seen.given:
            accepted = True
        elif index in contents:
            accepted = False
        else:
            accepted = _is_heading(
                seen, index in by_sequence, _next_is_plain(evidence, index), has_decimals=has_decimals
            )
            if accepted and in_article and not seen.strong and not _outlives_article(seen):
                accepted = False
        in_article = (in_article and not accepted) or seen.article is not None
        result.append(accepted)
    return result


def _is_heading(seen: Evidence, by_sequence: bool, plain_follows: bool, *, has_decimals: bool) -> bool:
    if seen.number is None:
        return (seen.word and seen.short) or (seen.plain and not plain_follows)
    if not seen.short:
        return False
    if seen.strong:
        return True
    if seen.number.style == "1" and not has_decimals:
        return False
    if seen.number.style.startswith("第"):
        return seen.number.clear or by_sequence
    return by_sequence


def _next_is_plain(evidence: Sequence[Evidence], index: int) -> bool:
    return index + 1 >= len(evidence) or evidence[index + 1].plain


def _outlives_article(seen: Evidence) -> bool:
    """Tell whether a heading is of a kind that may follow the articles of a law: 第二章, 附件."""
    return seen.word or (seen.number is not None and seen.number.style.startswith("第"))


def _accepted_by_sequence(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> set[int]:
    """Return the indexes of short numbered blocks whose sequence shows that they are headings."""
    accepted: set[int] = set()
    for sequence in _sequences(evidence):
        if _is_sequence_of_headings(sequence, blocks, evidence):
            accepted.update(index for index in sequence.items if evidence[index].short)
    return accepted


def _sequences(evidence: Sequence[Evidence]) -> list[_NumberSequence]:
    sequences: list[_NumberSequence] = []
    current: dict[tuple[str, str], _NumberSequence] = {}
    for index, seen in enumerate(evidence):
        if seen.number is None or seen.given:
            continue
        number = seen.number
        key = (number.style, number.parent)
        sequence = current.get(key)
        if sequence is None or number.value != sequence.last + 1:
            sequence = _NumberSequence(from_one=number.value <= 1 or number.style.startswith("第"))
            current[key] = sequence
            sequences.append(sequence)
        sequence.items.append(index)
        sequence.last = number.value
    return sequences


def _is_sequence_of_headings(sequence: _NumberSequence, blocks: Sequence[Block], evidence: Sequence[Evidence]) -> bool:
    short = [index for index in sequence.items if evidence[index].short]
    long = len(sequence.items) - len(short)
    if len(short) < long or not (sequence.from_one or len(sequence.items) > 1):
        return False
    if len(short) == long and any(_PAUSE.search(blocks[index].text) for index in short):
        return False
    if any(evidence[index].strong for index in short):
        return True
    first = sequence.items[0]
    style = evidence[first].number.style  # type: ignore[union-attr]
    if len(sequence.items) == 1 and style in _ITEM_STYLES:
        return False
    members = set(sequence.items)
    with_content = sum(1 for index in short if index + 1 < len(blocks) and index + 1 not in members)
    if first and blocks[first - 1].kind is Kind.BODY and _OPEN.search(blocks[first - 1].text):
        # 通知如下： may open headings as well as a list; of a list not every item has text of its own
        return with_content == len(sequence.items)
    return with_content * 2 > len(short)


def _contents_entries(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> set[int]:
    """Return the indexes of the lines of a table of contents: adjacent headings that come again later."""
    last: dict[str, int] = {}
    for index, seen in enumerate(evidence):
        if seen.number is not None or seen.word or seen.given:
            last[_entry(blocks[index].text)] = index
    entries = set()
    for index, seen in enumerate(evidence[:-1]):
        if not (seen.number or seen.word) or seen.strong:
            continue
        after = evidence[index + 1]
        follows = after.number is not None or after.word
        if last[_entry(blocks[index].text)] > index and (follows or index - 1 in entries):
            entries.add(index)
    return entries


def _entry(text: str) -> str:
    """Return a heading without its page number and white space."""
    return "".join(_ENDS_PAGE.sub("", text).split())
