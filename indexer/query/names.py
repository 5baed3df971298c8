"""What documents are called, and where a query calls one: ``刑法第二十条``, ``《劳动合同法》试用期``.

A title is compared without the marks around it, without 中华人民共和国 before it and without a year or version in
brackets after it, so that 劳动法 is the name of 中华人民共和国劳动法（2018年修正）.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain

from indexer.analysis.fold import HAN, fold_key
from indexer.analysis.numerals import NUMERALS
from indexer.analysis.patterns import lazy
from indexer.model.records import record
from indexer.query.interpretations import Interpretations, may_name_one
from indexer.query.short_names import ShortNames, conventional_firsts, is_short_for, may_be_asked_alone

# Documents that share a name at most: what more of them are called (附则, 第一编) names none.
MOST_SHARED = 4
# Parts of a work at most that its name means, all of them.
MOST_PARTS = 20
# Folded characters of a name at most.
LONGEST = 120
# Characters that the names are looked up by.
_KEY = 2
# Folded characters of a name that stands among others at least, unless it says that it is one.
_SHORTEST = 3

_STATE = "中华人民共和国"
_MARKS = '《》〈〉「」『』“”"'
_NO_MARKS = str.maketrans("", "", _MARKS)
_IN_BRACKETS = r"\([^()]*(?:\d{4}|[〇零一二三四五六七八九]{4}|修订|修正|试行|暂行|施行|全文|版|令第)[^()]*\)"
_VERSION = lazy(f"{_IN_BRACKETS}$")
# What tells one thing of a name from others of it: 凌云 (演员), but no part of a work (一), no article (第九条).
_SORT = lazy(rf" ?\((?!第? ?[{NUMERALS}\d上中下续]+ ?条?\))[^()]+\)$")
# A version after a name and the mark that closes it; without brackets only where the number of an article follows.
_VERSION_AFTER = lazy(rf'[》〉」』”"]? ?(?:{_IN_BRACKETS}|(?:19|20)\d\d ?年?(?:版|修订|修正)?(?= ?第))', re.ASCII)
_NUMBERED = lazy(f"第[{NUMERALS}\\d]+")
# Who issued what is named 关于…: left out where it is asked for.
_ISSUER = lazy("^[^关]{2,40}(?=关于.{6})")
# 民法, 药典; not what says no more than that it is rules: 条例, 办法.
_IS_RULES = lazy("(?<![办方])[法典]$")
# What follows a name without being part of a word with it.
_FOLLOWS = lazy(f"[^{HAN}]|第|里|中|的|规定|对|上|下|是")
_IN_LATIN_WORD = lazy("(?<=[a-z0-9])(?=[a-z0-9])")
# What follows the subject of a question, which a name of any length at its beginning then is.
_ASKED = lazy("(?:的|是|又|属于|位于|叫|指|分为|可分|原来|负责|为什么|有[几多哪什]|在哪|由[谁哪])")


@record
class Name:
    """A name in a folded text: its range, marks around it left out, and the ids of the documents it means."""

    start: int
    end: int
    documents: tuple[str, ...]


class Names:
    """The names of a corpus: folded name → ids of the documents called so."""

    def __init__(self, documents: Mapping[str, tuple[str, ...]]) -> None:
        self.documents = documents
        sizes: dict[str, set[int]] = defaultdict(set)
        for name in documents:
            sizes[name[:_KEY]].add(len(name))
        # What names begin with → how long they are, the longest first.
        self._sizes = {begin: sorted(found, reverse=True) for begin, found in sizes.items()}
        state = _STATE[0] if sizes else ""
        self._firsts = frozenset([*(begin[0] for begin in sizes), *state, *conventional_firsts(documents)])

    @cached_property
    def _interpretations(self) -> Interpretations:
        """Made for the first query that names one: there may be thousands of documents."""
        return Interpretations((name for name in self.documents if "关于" in name), is_short_for)

    @cached_property
    def _all_firsts(self) -> frozenset[str]:
        return self._firsts | self._interpretations.firsts

    def _firsts_in(self, text: str) -> frozenset[str]:
        """What names in a folded text may begin with."""
        return self._all_firsts if may_name_one(text) else self._firsts

    def of_title(self, typed: str) -> tuple[str, ...]:
        """The documents whose title something typed is, all of it."""
        return next((found for key in title_keys(typed) if (found := self.documents.get(key))), ())

    def may_be_in(self, text: str) -> bool:
        """Tell whether a folded text holds a character that a name begins with; most short ones do not."""
        return not self._firsts_in(text).isdisjoint(text) or (bool(self.documents) and may_be_asked_alone(text))

    def inside(self, text: str, edges: Collection[int], knows: Callable[[str], bool]) -> Iterator[Name]:
        """The names in a folded text, in order, the longest at each place; marks inside them count as little as in
        titles, and a version in brackets after one is part of it.

        Args:
            text: folded.
            edges: where its words begin and end: a name does not end inside a word.
            knows: whether the dictionary has a word.
        """
        kept = [at for at, char in enumerate(text) if char not in _MARKS]
        plain = "".join(map(text.__getitem__, kept))
        start, firsts = 0, self._firsts_in(plain)
        while start < len(plain):
            may_begin = kept[start] in edges and (start == 0 or plain[start] in firsts)
            name = self._at(plain, start, text, kept, edges, knows) if may_begin else None
            if name:
                yield name
            start = bisect_left(kept, name.end) if name else start + 1

    def _at(
        self,
        plain: str,
        start: int,
        text: str,
        kept: Sequence[int],
        edges: Collection[int],
        knows: Callable[[str], bool],
    ) -> Name | None:
        """The longest name that begins at ``start`` of a text without its marks, ``kept`` being where that stands; what
        a title is called for short only where no title stands.
        """
        begin = start + len(_STATE) if plain.startswith(_STATE, start) else start
        longest = chain(self._interpretations_at(plain, begin), self._titles_at(plain, begin))
        # nobody is formal and short at once
        short = () if plain[:begin].endswith(_STATE) else self._short_at(plain, begin, knows)
        for to, documents in chain(longest, short):
            end = kept[to - 1] + 1
            if end in edges or (_FOLLOWS.match(text, end) and not _IN_LATIN_WORD.match(text, end)):
                version = _VERSION_AFTER.match(text, end)
                return Name(kept[start], version.end() if version else end, documents)
        return None

    def _titles_at(self, plain: str, begin: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Where the titles that begin there end, and whose they are."""
        for size in (*self._sizes.get(plain[begin : begin + _KEY], ()), *self._sizes.get(plain[begin : begin + 1], ())):
            name = plain[begin : begin + size]
            documents = self.documents.get(name) if len(name) == size else None
            if documents and (_stands_alone(name) or (begin == 0 and _ASKED.match(plain, begin + size))):
                yield begin + size, documents

    def _interpretations_at(self, plain: str, begin: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        for end, titles in self._interpretations.at(plain, begin) if may_name_one(plain[begin:]) else ():
            documents = self._documents_of(titles)  # each of which has its title in several forms
            if len(documents) <= MOST_SHARED:
                yield end, documents

    def _short_at(self, plain: str, begin: int, knows: Callable[[str], bool]) -> Iterator[tuple[int, tuple[str, ...]]]:
        for end, titles in self._short.at(plain, begin, knows) if begin < len(plain) else ():
            if len(titles) <= MOST_SHARED:
                yield end, self._documents_of(titles)

    def _documents_of(self, titles: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each for title in titles for each in self.documents[title]))

    @cached_property
    def _short(self) -> ShortNames:
        return ShortNames(name for name in self.documents if not name.startswith(_STATE))


def without_marks(text: str) -> str:
    """A text without marks and white space at its ends, as they are left where a name stood."""
    return text.strip(f"{_MARKS} ")


NO_NAMES = Names({})


def collect(
    titled: Iterable[tuple[str, str]],
    works: Iterable[tuple[str, str]] = (),
    folded: Mapping[str, str | None] | None = None,
) -> dict[str, tuple[str, ...]]:
    """The names of documents given by title and id, and by work and id; what too many are called names none.

    Of what ``folded`` has, it tells how it folds.
    """
    known = folded or {}
    keys = cache(lambda name: _keys(known.get(name) or fold_key(name)))
    found = _called(titled, MOST_SHARED, keys)
    for key, parts in _called(works, MOST_PARTS, keys).items():
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), *parts)))
    return found


def _called(
    named: Iterable[tuple[str, str]], most: int, keys: Callable[[str], tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Name → ids of the documents called so, if there are not more than ``most``."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name, document_id in named:
        for key in keys(name):
            found[key][document_id] = None
    return {key: tuple(ids) for key, ids in found.items() if len(ids) <= most}


def title_keys(title: str) -> tuple[str, ...]:
    """What a title is compared by, the fullest first; none for what is too long for a name."""
    return _keys(fold_key(title))


def _keys(folded: str) -> tuple[str, ...]:
    whole = folded.translate(_NO_MARKS).strip()
    bare = (_VERSION.sub("", whole) if whole.endswith(")") else whole).removeprefix(_STATE).strip()
    about = _ISSUER.sub("", bare) if "关于" in bare else bare
    keys = (whole, bare, about, about.replace(_STATE, ""), _SORT.sub("", bare) if bare.endswith(")") else bare)
    return tuple(dict.fromkeys(key for key in keys if 0 < len(key) <= LONGEST))


def _stands_alone(name: str) -> bool:
    """Tell whether a name among other words is meant as one: no number of a chapter, no common short word."""
    return not _NUMBERED.match(name) and (len(name) >= _SHORTEST or _IS_RULES.search(name) is not None)
