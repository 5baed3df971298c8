"""What a rule of boilerplate says, by what it goes: by elements, by texts, by lists of links.

Every rule has a fragment of which it leaves nothing and near-misses it keeps whole, from which the tests are run. Every
pattern takes time in proportion to its text: what repeats in one begins with what can stand nowhere else in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ElementRule:
    """Drops elements that meet one of ``tags``, ``roles``, ``names``, ``attributes`` and all of the limits.

    Attributes:
        names: matches a class or an id; never drops a heading, a cell, a list item or their kin, whose ids are anchors.
        attributes: name → pattern of its value.
        says: all that the element shows, without white space: short, no sentence, no heading in it.
        linked: least share of link text.
        headed: whether a heading may stand in it, where ``says`` asks for what it shows; ``linked`` passes it over.
        hides: the page hides what the rule names, which is kept where it is nearly all that the page has to show.
        waits: the text that it hides may be one that scripts show, so that it is kept where it is all that there is.
        sentences: whether ``says`` may hold whole sentences.
    """

    name: str
    drops: str
    keeps: tuple[str, ...]
    tags: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    names: re.Pattern[str] | None = None
    attributes: tuple[tuple[str, re.Pattern[str]], ...] = ()
    says: re.Pattern[str] | None = None
    linked: float = 0.0
    headed: bool = False
    hides: bool = False
    waits: bool = False
    sentences: bool = False

    @property
    def looks(self) -> bool:
        """Whether the rule must look at what the element shows."""
        return self.says is not None or self.linked > 0


@dataclass(frozen=True, slots=True)
class TextRule:
    """Drops paragraphs that match ``pattern`` from end to end, whatever format they come from.

    Never headings, table rows and listings.

    Attributes:
        drops: an example, a line for a paragraph.
        beside: pattern of a paragraph that must stand next to it; empty where the paragraph is clear by itself.
    """

    name: str
    drops: str
    keeps: tuple[str, ...]
    pattern: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class ListRule:
    """Drops a line that announces other pages, and the paragraphs below it that are nothing but links, on a web page.

    Attributes:
        pattern: of the line, from end to end, but for marks around it.
        drops: an example, in HTML; ``keeps`` are near-misses, in HTML.
        headed: whether the line may be a heading.
        least: so many links tell the list.
    """

    name: str
    drops: str
    keeps: tuple[str, ...]
    pattern: str
    headed: bool
    least: int


def words(alternatives: str) -> re.Pattern[str]:
    """Return a pattern for one of the words in a class or id, parted from the rest by case, ``-``, ``_`` or digits."""
    return re.compile(rf"(?:^|[-_\s\d]|(?<=[a-z])(?=[A-Z]))(?i:{alternatives})(?=$|[-_\s\d]|(?<=[a-z])(?=[A-Z]))")


def whole_words(names: str) -> re.Pattern[str]:
    """Return a pattern for one of the names among those of a ``class`` or ``id``, whole and in its case."""
    return re.compile(rf"(?:^|\s)(?:{names})(?=$|\s)")


# Where pages offer to share themselves.
PLACES = (
    "微信好友|微信|新浪微博|腾讯微博|微博|QQ空间|QQ好友|QQ|朋友圈|豆瓣|人人网|百度贴吧|贴吧|知乎|钉钉|复制链接|更多"
)
