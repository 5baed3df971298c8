"""Boilerplate: what a page shows around a text without being part of it, told by the data in ``rules``.

A rule that goes by names (class, id) also looks at the text, so that a badly named block of text is not lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from indexer.documents.boilerplate.element_rules import ELEMENT_RULES
from indexer.documents.boilerplate.list_rules import LIST_RULES
from indexer.documents.boilerplate.rules import ElementRule, ListRule
from indexer.documents.boilerplate.text_rules import TEXT_RULES
from indexer.documents.pictures import without
from indexer.model import Block, Kind

Attributes = Mapping[str, object]

# Asking an enumeration for a member takes several times as long as asking for a name, and every block is asked.
_BODY = Kind.BODY
# Elements whose class or id names what they are about, not a part of the page.
_CONTENT = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "tr", "th", "td", "caption", "figcaption", "li", "dt", "dd"])
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What a rule says may fill so many code points, where headings and labels are part of it, and where none are.
_LONGEST_SAYING = 160
_LONGEST_PLAIN = 60
# Sentences, and share of those of the page, with which an element is the text of the page.
_LEAST_SENTENCES = 2
_BODY_SHARE = 0.9
_LONGEST_LINE = 140
_LONGEST_ANNOUNCEMENT = 24
# What any of the rules for texts can be.
_ANY_RULE = re.compile("|".join(f"(?:{rule.pattern})" for rule in TEXT_RULES))
_PAIR_RULES = [(re.compile(rule.pattern), re.compile(rule.beside)) for rule in TEXT_RULES if rule.beside]
_AROUND = r"[\W_]*"
_BY_TAG = {tag: rule for rule in ELEMENT_RULES for tag in rule.tags}
_TAGS = frozenset(_BY_TAG)
_HIDING = [rule for rule in ELEMENT_RULES if rule.hides and not rule.waits]
_SENTENCE = re.compile("[。！？]")
# One with words in it, not the marks that are left of a row of buttons.
_WORDED_SENTENCE = re.compile(r"(?<=[\w”’」』）)])[。！？]")
_LEAST_LENGTH = 40


@dataclass(frozen=True, slots=True)
class VisibleText:
    """What an element shows, for rules that ask for it.

    Attributes:
        length: code points of its text without white space.
        linked: how many of them are link text; a heading may link to itself.
        text: its text without white space; empty where it is longer than any rule wants to read.
        headed: how many of them stand in headings.
        sentences: how many sentences end in it.
        prose: how many of them end in no link.
        links: how many pieces of it are link text.
        leading: how many code points of it are link text, those in headings too.
        announced: how many stand in headings and are none.
        hidden: how many its page hides; what the last four count is not in them.
    """

    length: int = 0
    linked: int = 0
    text: str = ""
    headed: int = 0
    sentences: int = 0
    prose: int = 0
    links: int = 0
    leading: int = 0
    announced: int = 0
    hidden: int = 0

    @property
    def own(self) -> int:
        """How many code points of it a reader sees that lead nowhere."""
        return self.length - self.hidden - self.leading


def measure(text: str, *, linked: bool) -> VisibleText:
    """Return what a piece of text adds to what the elements that hold it show."""
    visible = "".join(text.split())
    length, sentences = len(visible), len(_WORDED_SENTENCE.findall(visible))
    kept = visible if length <= _LONGEST_SAYING else ""
    if linked:
        return VisibleText(length, length, kept, sentences=sentences, links=bool(length), leading=length)
    return VisibleText(length, text=kept, sentences=sentences, prose=sentences)


def combine(tag: str, parts: Sequence[VisibleText]) -> VisibleText:
    """Return what an element of the name ``tag`` shows that consists of ``parts``."""
    if tag in _TAGS:
        return VisibleText()
    length = sum(part.length for part in parts)
    is_heading = tag in _HEADINGS
    leading = sum(part.leading for part in parts)
    return VisibleText(
        length,
        linked=0 if is_heading else sum(part.linked for part in parts),
        text="".join(part.text for part in parts) if length <= _LONGEST_SAYING else "",
        headed=length if is_heading else sum(part.headed for part in parts),
        sentences=sum(part.sentences for part in parts),
        prose=sum(part.prose for part in parts),
        links=sum(part.links for part in parts),
        leading=leading,
        announced=length - leading if is_heading else sum(part.announced for part in parts),
        hidden=sum(part.hidden for part in parts),
    )


def shown_above(hidden: VisibleText) -> VisibleText:
    """Return what an element that its page hides adds to what those around it show."""
    return replace(hidden, prose=0, links=0, leading=0, announced=0, hidden=hidden.length)


def is_hidden(tag: str, attributes: Attributes) -> bool:
    """Tell an element that its page hides for good."""
    return bool(attributes) and any(_is_named(rule, tag, attributes) for rule in _HIDING)


def boilerplate_rule(
    tag: str,
    attributes: Attributes,
    shown: Callable[[], VisibleText],
    page: Callable[[], VisibleText],
    others: Sequence[ElementRule] = (),
) -> ElementRule | None:
    """Return the rule by which an element is boilerplate, if it is.

    Args:
        tag: its name.
        attributes: its attributes.
        shown: what it shows; called, as ``page``, only where a rule needs to look at it.
        page: what the whole page would show if nothing were hidden.
        others: rules beside those of all pages; they name no tags.
    """
    if tag in _TAGS:
        return _BY_TAG[tag]
    if not attributes:
        return None
    return next((rule for rule in chain(ELEMENT_RULES, others) if _meets(rule, tag, attributes, shown, page)), None)


def _meets(
    rule: ElementRule,
    tag: str,
    attributes: Attributes,
    shown: Callable[[], VisibleText],
    page: Callable[[], VisibleText],
) -> bool:
    if not _is_named(rule, tag, attributes):
        return False
    if rule.hides and (_is_the_body(shown(), page()) or (rule.waits and _is_all_there_is(shown(), page()))):
        return False
    if not rule.looks:
        return True
    seen = shown()
    if rule.says is not None and not _says(rule, rule.says, seen):
        return False
    if rule.linked and rule.headed:
        return 0 < seen.linked >= rule.linked * (seen.length - seen.headed)
    return seen.linked >= rule.linked * seen.length


def _is_the_body(hidden: VisibleText, page: VisibleText) -> bool:
    """Tell the text of a page, hidden until its scripts run, from a box that is not shown: nothing else is a text."""
    return (
        2 * hidden.length > page.length
        and hidden.sentences >= _LEAST_SENTENCES
        and hidden.sentences >= _BODY_SHARE * page.sentences
    )


def _is_all_there_is(hidden: VisibleText, page: VisibleText) -> bool:
    """Tell a text of few sentences or none, verse or captions, on a page that shows no sentence beside it."""
    return (
        2 * hidden.length > page.length
        and hidden.length >= _LEAST_LENGTH
        and hidden.sentences == page.sentences
        and 2 * hidden.linked < hidden.length
    )


def _says(rule: ElementRule, pattern: re.Pattern[str], seen: VisibleText) -> bool:
    if (seen.headed and not rule.headed) or seen.length > (_LONGEST_SAYING if rule.headed else _LONGEST_PLAIN):
        return False
    if not rule.sentences and _SENTENCE.search(seen.text):
        return False
    return not seen.text or pattern.fullmatch(seen.text) is not None


def _is_named(rule: ElementRule, tag: str, attributes: Attributes) -> bool:
    if rule.roles and _value(attributes, "role").lower() in rule.roles:
        return True
    names = rule.names if tag not in _CONTENT else None
    if names and (names.search(_value(attributes, "class")) or names.search(_value(attributes, "id"))):
        return True
    return any(name in attributes and pattern.search(_value(attributes, name)) for name, pattern in rule.attributes)


def _value(attributes: Attributes, name: str) -> str:
    value = attributes.get(name, "")
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def remove_boilerplate(blocks: Sequence[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """Return the blocks that are not boilerplate by their text, and the texts of those that are."""
    lists = frozenset(_link_lists(blocks)) if any(block.linked for block in blocks) else frozenset()
    texts = ["", *(block.text if _may_be_boilerplate(block) else "" for block in blocks), ""]
    dropped = frozenset(
        index
        for index in range(len(blocks))
        if index in lists or (texts[index + 1] and is_boilerplate(texts[index + 1], texts[index], texts[index + 2]))
    )
    return without(blocks, dropped), tuple(blocks[index].text for index in sorted(dropped))


def _link_lists(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the indexes of lines that announce other pages, and of the links below them."""
    for index, block in enumerate(blocks):
        if len(block.text) > _LONGEST_ANNOUNCEMENT or block.kind is not _BODY or block.code:
            continue
        for rule, pattern in _list_rules():
            if (rule.headed or block.level is None) and pattern.fullmatch(block.text):
                end = _end_of_links(blocks, index + 1)
                yield from range(index, end) if end - index > rule.least else ()


def _end_of_links(blocks: Sequence[Block], index: int) -> int:
    """Return where the paragraphs from ``index`` on that are nothing but links end."""
    while index < len(blocks) and blocks[index].linked and blocks[index].level is None:
        index += 1
    return index


def _may_be_boilerplate(block: Block) -> bool:
    return block.level is None and block.kind is _BODY and not block.code and len(block.text) <= _LONGEST_LINE


@cache
def _lone_rules() -> re.Pattern[str]:
    """Return what those can be that look at no other paragraph; compiled once something is of any rule."""
    return re.compile("|".join(f"(?:{rule.pattern})" for rule in TEXT_RULES if not rule.beside))


@cache
def _list_rules() -> Sequence[tuple[ListRule, re.Pattern[str]]]:
    """Return the rules for lists, compiled once there are links."""
    return [(rule, re.compile(f"{_AROUND}(?:{rule.pattern}){_AROUND}")) for rule in LIST_RULES]


def is_boilerplate(text: str, before: str = "", after: str = "") -> bool:
    """Decide whether a whole paragraph is boilerplate by its text, or by that of the paragraphs next to it."""
    if not _ANY_RULE.fullmatch(text):
        return False
    if _lone_rules().fullmatch(text):
        return True
    for own, beside in _PAIR_RULES:
        if own.fullmatch(text) and (beside.fullmatch(before) or beside.fullmatch(after)):
            return True
    return False
