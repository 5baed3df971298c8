"""What a beginning may go on to: headings, topics, titles and words of the corpus, looked up as somebody types.

The texts are gathered at first need and after each commit, the most frequent ones up to ``MOST_CHARACTERS``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from indexer.analysis import Analyzer
from indexer.analysis.fold import fold, fold_key
from indexer.engines.contract import Engine
from indexer.engines.requests import FacetCount, Request
from indexer.errors import BadParameter
from indexer.model import EVERYTHING, Completion, CompletionKind, Tier
from indexer.model.choices import MAX_COMPLETIONS
from indexer.model.headings import section_value
from indexer.model.records import record
from indexer.search.prefix_table import Positions, PrefixTable

# Folded characters of all texts that are kept, about 20 bytes of memory each; and of one text, shorter and longer ones
# completing nothing.
MOST_CHARACTERS = 1_000_000
SHORTEST, LONGEST = 2, 100
# Code points that are looked up at most; nothing goes on after more.
LONGEST_PREFIX = 50
# Of the same text offered twice the first of these kinds stays: its value says more than a word does.
KINDS: tuple[CompletionKind, ...] = ("document", "topic", "heading", "word")
_ALL = 1 << 30


@dataclass(frozen=True, slots=True)
class Completable:
    """What may be offered.

    Attributes:
        folded: its text, folded.
        begins: where in that a match may begin: at its words; of a word at its first character.
    """

    completion: Completion
    folded: str
    begins: tuple[int, ...]


@record
class _Offered:
    """What a ``Completion`` is made of: of those that are offered nearly none is ever looked at."""

    text: str
    kind: CompletionKind
    count: int
    value: str = ""


def completables(engine: Engine, analyzer: Analyzer) -> Iterator[Completable]:
    """All that may be offered of one commit, in order of frequency within each kind."""
    offered, folded = _chosen(_offered(engine, dict(engine.vocabulary())))
    numbers, offsets = _begins(offered, folded, analyzer)
    ends = np.searchsorted(numbers, np.arange(len(offered)), side="right").tolist()
    for each, text, start, end in zip(offered, folded, [0, *ends], ends, strict=False):
        made = Completion(each.text, each.kind, each.count, each.value)
        yield Completable(made, text, tuple(offsets[start:end].tolist()))


class _Texts:
    """Texts end to end: each on its own would take ten times the room."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._joined = "".join(texts)
        self._ends = np.cumsum([0, *map(len, texts)])

    def __getitem__(self, number: int) -> str:
        return self._joined[self._ends[number] : self._ends[number + 1]]


class Completer:
    """Completes from the texts of one commit, which are in order of their frequency within each kind.

    They are kept as columns: tens of thousands of objects would have the garbage collector look through them again and
    again.
    """

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        words = dict(engine.vocabulary())
        offered, folded = _chosen(_offered(engine, words))
        self._texts = _Texts([each.text for each in offered])
        self._values = _Texts([each.value for each in offered])
        self._kinds = np.array([KINDS.index(each.kind) for each in offered], dtype=np.uint8)
        self._counts = np.array([each.count for each in offered], dtype=np.int64)
        # How often each occurs as a word, or as whatever it is.
        own = np.array([words.get(text, 0) for text in folded], dtype=np.int64)
        self._frequencies = np.maximum(self._counts, own)
        self._prefixes = PrefixTable(folded, *_begins(offered, folded, analyzer))

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        """See ``Index.complete``."""
        if not 1 <= limit <= MAX_COMPLETIONS:
            raise BadParameter(f"limit 要在 1 到 {MAX_COMPLETIONS} 之间，现在是 {limit}。", "请改成这个范围里的整数。")
        typed = fold_key(prefix[: LONGEST_PREFIX + 1])
        return self._best(typed, limit) if 0 < len(typed) <= LONGEST_PREFIX else ()

    def spelt(self, letters: str, most: int) -> tuple[str, ...]:
        """Folded texts that ``letters`` spell from first to last, by full syllables or initials, the best first."""
        found, prefixes = self._prefixes.find(letters), self._prefixes
        texts = prefixes.texts[found.begins]
        whole = (prefixes.offsets[found.begins] == 0) & (found.ways > 0)
        # The most frequent first, a word that is a heading too among them.
        order = sorted(dict.fromkeys(texts[whole].tolist()), key=lambda at: (-self._frequencies[at], at))
        sizes = dict(zip(texts[whole].tolist(), found.sizes[whole].tolist(), strict=True))
        spelt = ((self._folded(at), sizes[at]) for at in order)
        return tuple(islice((text for text, size in spelt if len(text) == size), most))

    def _folded(self, number: int) -> str:
        return _folded(self._texts[number], KINDS[self._kinds[number]])

    def _best(self, typed: str, limit: int) -> tuple[Completion, ...]:
        """The best of each kind in turn, till there are enough; ordered by kind."""
        found, prefixes = self._prefixes.find(typed), self._prefixes
        texts = prefixes.texts[found.begins]
        # At the beginning of a text before inside it, literally before spelt, then as texts are ordered.
        order = np.lexsort((texts, found.ways, prefixes.offsets[found.begins] > 0))
        kinds = self._kinds[texts[order]]
        lists = []
        for kind in range(len(KINDS)):
            best = (
                (int(texts[at]), int(prefixes.offsets[found.begins[at]]), int(found.sizes[at]))
                for at in order[kinds == kind]
            )
            lists.append(list(islice(_first_of_each(best), limit)))
        chosen = sorted((turn, kind) for kind, each in enumerate(lists) for turn in range(len(each)))[:limit]
        return tuple(
            self._completion(*lists[kind][turn]) for kind, turn in sorted((kind, turn) for turn, kind in chosen)
        )

    def _completion(self, number: int, offset: int, size: int) -> Completion:
        text, value = self._texts[number], self._values[number]
        matched = fold(text).original(offset, offset + size)
        return Completion(text, KINDS[self._kinds[number]], int(self._counts[number]), value, matched)


def _first_of_each(found: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    seen: set[int] = set()
    for each in found:
        if each[0] not in seen:
            seen.add(each[0])
            yield each


def _folded(text: str, kind: CompletionKind) -> str:
    return text if kind == "word" else fold(text).text  # words are folded already


def _begins(offered: Sequence[_Offered], folded: Sequence[str], analyzer: Analyzer) -> tuple[Positions, Positions]:
    """Where the words of texts begin, and words at their first character: number of the text and offset, in order."""
    phrases = sum(each.kind != "word" for each in offered)  # which come first
    pieces = analyzer.cut_all(folded[:phrases])
    numbers = np.array(pieces.numbers, dtype=np.int64)
    sizes = np.array([len(piece) for piece in pieces.distinct], dtype=np.int64).take(numbers)
    texts = np.cumsum(numbers == 0) - (numbers == 0)
    lengths = np.array([len(text) for text in folded[:phrases]], dtype=np.int64)
    offsets = np.cumsum(sizes) - sizes - (np.cumsum(lengths) - lengths).repeat(np.bincount(texts, minlength=phrases))
    is_word = np.frombuffer(pieces.is_word, dtype=bool).take(numbers)
    kept = (numbers != 0) & (is_word | (offsets == 0))
    words = np.arange(phrases, len(offered))
    return np.concatenate([texts[kept], words]), np.concatenate([offsets[kept], np.zeros_like(words)])


def _offered(engine: Engine, vocabulary: Mapping[str, int]) -> Iterator[_Offered]:
    """All texts of an index: documents, topics, headings, words, each kind by frequency."""
    answer = engine.search(
        Request(
            tiers=((Tier.EXACT, EVERYTHING),),
            sort="order",
            limit=0,
            facets=("document", "topic", "section"),
            facet_depth=_ALL,
            facet_limit=_ALL,
        )
    )
    counts = {each.key: each.count for each in answer.facets["document"].values}
    documents = sorted(engine.titled(), key=lambda titled: -counts.get(titled.document_id, 0))
    for each in documents:
        yield _Offered(each.title, "document", counts.get(each.document_id, 0), each.document_id)
    for topic in answer.facets["topic"].values:
        yield _Offered(str(topic.key), "topic", topic.count, str(topic.key))
    yield from _headings(answer.facets["section"].values)
    words = sorted(vocabulary.items(), key=lambda counted: (-counted[1], counted[0]))
    yield from (_Offered(word, "word", count) for word, count in words)


def _headings(sections: Iterable[FacetCount]) -> list[_Offered]:
    """Headings of the same text as one, with the section where most passages stand under it."""
    largest: dict[str, FacetCount] = {}
    counts: Counter[str] = Counter()
    for section in _walk(sections):
        text = section.key[-1]
        counts[text] += section.count
        if text not in largest or section.count > largest[text].count:
            largest[text] = section
    return [_Offered(text, "heading", count, section_value(largest[text].key)) for text, count in counts.most_common()]


def _walk(sections: Iterable[FacetCount]) -> Iterator[FacetCount]:
    for section in sections:
        yield section
        yield from _walk(section.children)


def _chosen(offered: Iterable[_Offered]) -> tuple[list[_Offered], list[str]]:
    """Those of a fitting length till there are enough, each folded text but once, documents aside; and their folded
    texts.
    """
    chosen: list[_Offered] = []
    texts: list[str] = []
    seen: set[str] = set()
    characters = 0
    for each in offered:
        text = _folded(each.text, each.kind)
        if not SHORTEST <= len(text) <= LONGEST or (text in seen and each.kind != "document"):
            continue
        seen.add(text)
        characters += len(text)
        if characters > MOST_CHARACTERS:
            break
        chosen.append(each)
        texts.append(text)
    return chosen, texts
