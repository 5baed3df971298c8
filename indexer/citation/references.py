"""What documents refer to (依照本法第十二条第二款, 见第三章, 图2-1) → the passages that are meant, where it is certain.

A reference is resolved only where one passage fits: a number that stands twice, a law that is not among the documents,
前款 and 本章 stay text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from indexer.analysis.numerals import NUMERALS, from_chinese
from indexer.model import Document, Kind, Passage, Reference

# Documents whose targets are kept, and characters of a law's name that are looked at before a number.
_KEPT = 64
_LONGEST_NAME = 40

_NUMBER = f"[0-9{NUMERALS}]+"
_ARTICLE = f"第(?P<article>{_NUMBER})条(?:之(?P<sub>{_NUMBER}))?"
_PROVISION = re.compile(
    f"(?=第)(?P<heads>(?:第{_NUMBER}(?:分编|编|章|节))*)(?:{_ARTICLE})?"
    f"(?:第(?P<paragraph>{_NUMBER})款)?(?:第[（(]?(?P<item>{_NUMBER})[）)]?项)?"
)
_HEAD = re.compile(f"第({_NUMBER})(分编|编|章|节)")
_CAPTION = re.compile(r"[图表]\s?[0-9]+(?:[-—–.][0-9]+)*")
_CAPTION_LABEL = re.compile(r"([图表])\s?([0-9]+(?:[-—–.][0-9]+)*)")
_ITEM = re.compile(f"[（(]({_NUMBER})[）)]")
_PART_OF_WORK = re.compile(f"第{_NUMBER}(?:编|章|卷|部分)")
# What says that the document itself is meant, what may stand between references to one document, and what may stand
# before a reference that names none.
_SORTS = "法|法典|条例|规定|办法|细则|规则|解释|章程|准则|规程|标准|意见|通知|制度|合同|协议|报告|文件|指南|手册|书"
_OWN = re.compile(f"本(?:{_SORTS}|编|分编|章|节)$")
_QUOTED = re.compile("[《〈]([^《》〈〉]{1,60})[》〉](?:（[^（）]{1,30}）)?(?:的)?$")
_CHAINED = re.compile("、|和|与|及|以及|或|或者|至|到|－|—|-|，或者|，以及")
_BARE = re.compile(
    "(?:^|[，。；：、（(“\\s]|依照|依据|按照|根据|违反|适用|参照|参见|详见|见|执行|符合|除|如|有|对|将|由|在|受)$"
)
# Documents that speak of the articles of others.
_AMENDMENT = re.compile("修改|修正|修订|废止|决定|解释|说明")
_NOT_IN_NAMES = str.maketrans("", "", "《》〈〉 \u3000\t\n")
_STATE = "中华人民共和国"

_Key = tuple[str, ...]


class Library:
    """Documents by the names they go by, and what can be referred to in each.

    Args:
        documents: all of them.
        passages_of: the passages of a document by its id.
    """

    def __init__(self, documents: Iterable[Document], passages_of: Callable[[str], Sequence[Passage]]) -> None:
        self._names: dict[str, list[str]] = defaultdict(list)
        self._parts: dict[str, list[str]] = defaultdict(list)
        self._folders: dict[str, str] = {}
        for document in documents:
            folder = document.path.rpartition("/")[0]
            if _PART_OF_WORK.match(document.title):
                self._parts[folder].append(document.id)
            else:
                self._names[_name(document.title)].append(document.id)
            self._folders[document.id] = folder
        self._passages_of = passages_of
        self.targets = lru_cache(maxsize=_KEPT)(lambda document_id: Targets(passages_of(document_id)))
        self.references = lru_cache(maxsize=_KEPT)(self._references)

    def _references(self, document: Document) -> Mapping[int, tuple[Reference, ...]]:
        """What a document refers to, where one passage fits: ordinal of a passage → its references, in order."""
        finder = _Finder(document, self)
        passages = self._passages_of(document.id)
        found = ((passage.ordinal, tuple(finder.resolved(passage))) for passage in passages)
        return {ordinal: references for ordinal, references in found if references}

    def named(self, name: str) -> tuple[str, ...]:
        """The only document of that name, with the parts of it that are documents of their own; else nothing."""
        found = self._names.get(_name(name), ())
        return self.work_of(found[0]) if len(found) == 1 else ()

    def named_at_end(self, text: str) -> tuple[str, int]:
        """The longest name of a document that ``text`` ends with, and where it begins; else an empty one."""
        for start in range(max(0, len(text) - _LONGEST_NAME), len(text) - 1):
            if text[start:].removeprefix(_STATE) in self._names or text[start:] in self._names:
                return text[start:], start
        return "", len(text)

    def work_of(self, document_id: str) -> tuple[str, ...]:
        """A document, and the others that are parts of the same work: those of its folder called 第一编 and so on."""
        parts = self._parts.get(self._folders.get(document_id, ""), [])
        return (document_id, *(each for each in parts if each != document_id))


class Targets:
    """What can be referred to in a document: each key with the passages it may mean."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._articles: dict[tuple[int, int], dict[_Key, list[Passage]]] = defaultdict(dict)
        self._heads: dict[tuple[int, str], dict[_Key, Passage]] = defaultdict(dict)
        self._captions: dict[str, list[Passage]] = defaultdict(list)
        for passage in passages:
            self._add(passage)

    def article(self, number: int, sub: int) -> Sequence[Passage]:
        """The passages of the only article of a number; else none."""
        found = list(self._articles.get((number, sub), {}).values())
        return found[0] if len(found) == 1 else ()

    def heading(self, heads: Sequence[tuple[int, str]], near: _Key) -> Passage | None:
        """The only heading of these numbers, one below the other; where there are several, the one beside ``near``."""
        if not heads:
            return None
        fitting = {
            path: passage
            for path, passage in self._heads.get(heads[-1], {}).items()
            if all(any(_head(heading) == head for heading in path[:-1]) for head in heads[:-1])
        }
        if len(fitting) > 1:
            fitting = {path: passage for path, passage in fitting.items() if path[:-1] == near[: len(path) - 1]}
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def caption(self, label: str) -> Passage | None:
        """The only caption of a label; else none."""
        found = self._captions.get(_label(label), ())
        return found[0] if len(found) == 1 else None

    def _add(self, passage: Passage) -> None:
        for depth, heading in enumerate(passage.section, 1):
            if head := _head(heading):
                self._heads[head].setdefault(passage.section[:depth], passage)
        if passage.section and (match := re.match(_ARTICLE, passage.section[-1])):
            number, sub = _integer(match["article"]), _integer(match["sub"] or "0")
            if number is not None and sub is not None:
                self._articles[number, sub].setdefault(passage.section, []).append(passage)
        if passage.kind is Kind.CAPTION and (caption := _CAPTION_LABEL.match(passage.text)):
            self._captions[_label(caption[0])].append(passage)


class _Finder:
    """Finds what the passages of one document refer to."""

    def __init__(self, document: Document, library: Library) -> None:
        self._library = library
        self._own = library.work_of(document.id)
        self._speaks_of_others = _AMENDMENT.search(document.title) is not None

    def resolved(self, passage: Passage) -> Iterator[Reference]:
        """The references of a passage, in order."""
        if passage.kind in (Kind.TITLE, Kind.HEADING):
            return
        found = [*self._numbered(passage), *self._captions(passage)]
        yield from sorted(found, key=lambda reference: reference.start)

    def _captions(self, passage: Passage) -> Iterator[Reference]:
        start = len(match[0]) if passage.kind is Kind.CAPTION and (match := _CAPTION.match(passage.text)) else 0
        for match in _CAPTION.finditer(passage.text, start):
            if target := self._library.targets(passage.document_id).caption(match[0]):
                yield Reference(match.start(), match.end(), target)

    def _numbered(self, passage: Passage) -> Iterator[Reference]:
        text, end = passage.text, -1
        meant: tuple[str, ...] = ()
        for match in _PROVISION.finditer(text):
            if not (match["heads"] or match["article"]):
                if match[0] and end >= 0 and _CHAINED.fullmatch(text[end : match.start()]):
                    end = match.end()  # 第一款、第二款: the chain goes on
                continue
            start = match.start()
            if end >= 0 and _CHAINED.fullmatch(text[end:start]):
                documents = meant
            else:
                documents, start = self._meant(text, start)
            meant, end = documents, match.end()
            if target := self._target(match, documents, passage):
                yield Reference(start, match.end(), target)

    def _meant(self, text: str, end: int) -> tuple[tuple[str, ...], int]:
        """The documents that a reference is to whose number begins at ``end``, and where their name begins."""
        before = text[:end]
        if own := _OWN.search(before):
            return self._own, own.start()
        if quoted := _QUOTED.search(before):
            return self._library.named(quoted[1]), quoted.start()
        name, start = self._library.named_at_end(before)
        if name:
            return self._library.named(name), start
        opens = not before.strip()  # the number of the passage itself
        bare = not opens and not self._speaks_of_others and _BARE.search(before)
        return self._own if bare else (), end

    def _target(self, match: re.Match[str], documents: Sequence[str], passage: Passage) -> Passage | None:
        heads = [head for head in map(_numbers, _HEAD.finditer(match["heads"])) if head]
        found = [each for each in (self._in(document, match, heads, passage) for document in documents) if each]
        if documents and documents[0] == passage.document_id and found and found[0].document_id == documents[0]:
            return found[0]
        return found[0] if len(found) == 1 else None

    def _in(
        self, document_id: str, match: re.Match[str], heads: Sequence[tuple[int, str]], passage: Passage
    ) -> Passage | None:
        targets = self._library.targets(document_id)
        if not match["article"]:
            return targets.heading(heads, passage.section if document_id == passage.document_id else ())
        number, sub = _integer(match["article"]), _integer(match["sub"] or "0")
        if number is None or sub is None:
            return None
        return _part(targets.article(number, sub), match["paragraph"], match["item"])


def _part(article: Sequence[Passage], paragraph: str | None, item: str | None) -> Passage | None:
    """The paragraph (款) and item (项) of an article; the article where neither is named."""
    if not article:
        return None
    paragraphs = [at for at, passage in enumerate(article) if not _ITEM.match(passage.text)]
    number = _integer(paragraph or "1")
    if number is None or not 1 <= number <= len(paragraphs):
        return None
    first = paragraphs[number - 1]
    if item is None:
        return article[first]
    wanted = _integer(item)
    until = paragraphs[number] if number < len(paragraphs) else len(article)
    for passage in article[first + 1 : until]:
        if (match := _ITEM.match(passage.text)) and _integer(match[1]) == wanted:
            return passage
    return None


def _head(heading: str) -> tuple[int, str] | None:
    match = _HEAD.match(heading)
    return _numbers(match) if match else None


def _numbers(match: re.Match[str]) -> tuple[int, str] | None:
    number = _integer(match[1])
    return None if number is None else (number, match[2])


def _integer(text: str) -> int | None:
    if text.isascii():
        return int(text) if len(text) < 7 else None
    return from_chinese(text)


def _label(text: str) -> str:
    """A caption's label however it is written: 图 2—1 is 图2-1."""
    return re.sub("[—–.]", "-", "".join(text.split()))


def _name(title: str) -> str:
    """A title as it is cited: without marks, white space, the state's name, and what stands in brackets at its end."""
    return re.sub(r"[（(][^（()）]*[）)]$", "", title.translate(_NOT_IN_NAMES)).removeprefix(_STATE)
