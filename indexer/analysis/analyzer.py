"""Documents and queries as tokens: folding and segmentation put together, under one fingerprint."""

from __future__ import annotations

import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import count, islice

from indexer.analysis import fold as folding
from indexer.analysis.fold import fold_key, has_word_character, is_han
from indexer.analysis.numerals import NUMERALS
from indexer.analysis.segmenter import Segmenter, UserDictionary, default_segmenter, load_segmenter, segmenter_version
from indexer.analysis.synonyms import Synonyms
from indexer.analysis.tables import entries
from indexer.analysis.versions import installed_version
from indexer.model import AnalyzedDocument, AnalyzedPassages, Document, Passage, Pieces

# Characters that are segmented at once.
_BATCH = 1 << 16
# Ends a text among others.
_END = "\n"
# Characters that a made-up word has at least.
_SHORTEST_GUESS = 3
# What a number begins with.
_NUMBER_BEGINS = frozenset(f"第{NUMERALS}")


def is_han_word(text: str) -> bool:
    """Tell whether a text is Han characters alone and begins like no number."""
    return text[:1] not in _NUMBER_BEGINS and all(map(is_han, text))


class Analyzer:
    """Turns documents into what engines receive. The segmenter is loaded at first use.

    Attributes:
        user: the user dictionary.
        synonyms: the user's synonyms.
        spaced_words: folded words of the user dictionary that hold a space.
    """

    def __init__(
        self, user: UserDictionary | None = None, segmenter: str = "", synonyms: Synonyms | None = None
    ) -> None:
        self.user = user or UserDictionary()
        self.synonyms = synonyms or Synonyms()
        self.spaced_words = frozenset(word for word, _ in self.user.words if " " in word)
        self._name = segmenter or default_segmenter()
        self._segmenter: Segmenter | None = None
        self._fold_short = lru_cache(maxsize=10_000)(fold_key)

    def __reduce__(self) -> tuple[type[Analyzer], tuple[UserDictionary, str, Synonyms]]:
        """Return what another process makes the same analyzer from."""
        return Analyzer, (self.user, self._name, self.synonyms)

    def fingerprint(self) -> Mapping[str, str]:
        """Return what decides how text becomes tokens; an index built under another one does not fit."""
        return {
            "segmenter": segmenter_version(self._name),
            "user_dictionary": self.user.digest,
            "synonyms": self.synonyms.digest,
            "folding": f"{folding.VERSION}; opencc {installed_version('opencc')}",
            "unicode": unicodedata.unidata_version,
        }

    def load(self) -> None:
        """Load now what is loaded when it is needed."""
        fold_key("預熱")
        self._loaded().load()

    def cut(self, chars: str) -> list[str]:
        """Return all pieces of folded text, marks included."""
        return self._loaded().cut(chars)

    def guessed(self, word: str) -> bool:
        """Tell whether the segmenter made up a word of three or more Han characters, no number, that stands nowhere."""
        return len(word) >= _SHORTEST_GUESS and is_han_word(word) and not self._loaded().knows(word)

    def knows(self, word: str) -> bool:
        """Tell whether a folded word stands in a dictionary."""
        return self._loaded().knows(word)

    @property
    def segmenter(self) -> Segmenter:
        """What cuts folded text."""
        return self._loaded()

    def _loaded(self) -> Segmenter:
        if self._segmenter is None:
            self._segmenter = load_segmenter(self.user, self._name)
        return self._segmenter

    def words(self, chars: str) -> list[str]:
        """Return the pieces of folded text that hold a word character."""
        return [piece for piece in self.cut(chars) if has_word_character(piece)]

    def analyze(self, document: Document, passages: Sequence[Passage]) -> AnalyzedDocument:
        """Return a document and its passages as tokens."""
        from indexer.analysis.abbreviations import abbreviations_of
        from indexer.analysis.fold_batch import fold_all  # numpy, which a query can do without

        folded = fold_all([passage.text for passage in passages])
        tokens = AnalyzedPassages(
            passages=tuple(passages),
            chars=tuple(folded),
            pieces=self.cut_all(folded),
            sections=self._fold_paths([passage.section for passage in passages]),
            topics=self._fold_paths([passage.topics for passage in passages]),
        )
        return AnalyzedDocument(
            document=document,
            title=fold_key(document.full_title),
            path=fold_key(document.path),
            tags=tuple(map(fold_key, document.tags)),
            passages=tokens,
            work=fold_key(document.work or ""),
            fields=tuple(fold_key(value) for _, value in document.fields),
            abbreviations=tuple(abbreviations_of((passage.text for passage in passages), folded)),
        )

    def cut_all(self, texts: Sequence[str]) -> Pieces:
        """Return the pieces of folded texts, many cut in one go: words do not go across the end of a line, which no
        folded text holds.
        """
        numbered: defaultdict[str, int] = defaultdict(count(1).__next__, {_END: 0})
        numbers = array("i")
        for batch in _batches(texts):
            cut = self.cut("".join(f"{text}{_END}" for text in batch))
            numbers += array("i", list(map(numbered.__getitem__, cut)))  # of a list an array is made at once
        distinct = ("", *islice(numbered, 1, None))
        return Pieces(distinct, bytes(map(has_word_character, distinct)), numbers)

    def _fold_paths(self, paths: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
        """Return paths of headings folded, each distinct one once."""
        folded = {path: tuple(map(self._fold_short, path)) for path in set(paths)}
        return tuple(map(folded.__getitem__, paths))


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Part texts into runs of ``_BATCH`` characters, or a little more."""
    start, size = 0, 0
    for end, text in enumerate(texts, 1):
        size += len(text)
        if size >= _BATCH:
            yield texts[start:end]
            start, size = end, 0
    if start < len(texts):
        yield texts[start:]


@cache
def uninformative_words() -> frozenset[str]:
    """Return folded words that alone do not make a passage a partial match (``data/uninformative.txt``)."""
    return frozenset(entries("uninformative.txt"))
