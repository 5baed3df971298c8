"""Other queries to offer when few passages fit: never a silent correction, always something that the corpus holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, islice, product
from typing import TYPE_CHECKING

from indexer.analysis import Analyzer
from indexer.analysis.confusables import LONGEST, SHORTEST, ConfusableWords, read_as
from indexer.analysis.fold import HAN, fold_key, is_han
from indexer.analysis.patterns import lazy
from indexer.engines.contract import Engine
from indexer.engines.per_commit import PerCommit
from indexer.model import Run, SyntaxNode, Wildcard, text_runs
from indexer.query.compounds import parts_of
from indexer.query.contents import contents_of
from indexer.query.corpus import Corpus
from indexer.query.query_words import QueryWords
from indexer.query.run_trees import spelled

if TYPE_CHECKING:
    from indexer.search.completion import Completer

# A run that stands in fewer passages than this may be mistyped; what is suggested stands in so many times more.
FEW = 10
_MORE = 3
# Suggestions at most, queries offered to choose them from, replacements tried for one run, and code points of a run
# that is looked at.
MOST = 3
_OFFERED = 10
_TRIED = 40
# So that a long query costs little more: runs that are counted, rare runs that are looked at, and runs of all queries
# that are offered together, at most.
_RUNS_COUNTED = 64
_RARE_RUNS = 8
_RUNS_OFFERED = 80
LONGEST_RUN = 12
# Letters of a query that are read as pinyin, at most, and words that each half of them is read as.
_LONGEST_SPELT = 24
_WORDS_SPELT = 24
# A mark stands between letters, so that a long text has one way only to be read, and takes no time to be refused.
_PINYIN = lazy("[a-zü]+(?:[ '’][a-zü]+)*")
# Letters that were committed in the midst of Han characters.
_MIXED = lazy(
    rf"(?<=[{HAN}])[a-zü]{{2,{_LONGEST_SPELT}}}(?![a-z0-9])|(?<![a-z0-9])[a-zü]{{2,{_LONGEST_SPELT}}}(?=[{HAN}])"
)

# Such letters that are a syllable at most, with a character after them.
_ONE_SYLLABLE = lazy(rf"(?<=[{HAN}])[a-zü]{{2,6}}(?=[{HAN}])|(?<![a-z0-9])[a-zü]{{2,6}}(?=[{HAN}])")


class Suggester:
    """Makes suggestions from the words of one index; they are gathered at first need and after each commit."""

    def __init__(self, engine: Engine, analyzer: Analyzer, corpus: Corpus, completer: Callable[[], Completer]) -> None:
        self._analyzer = analyzer
        self._corpus = corpus
        self._completer = completer
        self._confusable = PerCommit(engine, lambda: ConfusableWords(word for word, _ in engine.vocabulary()))

    def warm(self) -> Iterator[None]:
        """See ``Engine.warm``."""
        self._confusable()
        yield
        tuple(self._completer().spelt("xz", 1))
        yield

    def suggest(self, query: str, tree: SyntaxNode) -> tuple[str, ...]:
        """Queries with one run replaced by a far more frequent one that sounds or looks alike, or a query of letters by
        what it spells; most frequent first.

        Only the run was counted: how much the whole query finds is for the caller to ask.
        """
        if letters := typed_pinyin(query):
            return tuple(islice(self._spelt(letters), _OFFERED))
        found: dict[str, int] = {}
        runs = [run for run in text_runs(tree) if not isinstance(run, Wildcard)]
        for run in self._rare(runs):
            for text, count in self._better(run.text):
                inside = query[run.start : run.end].replace(run.text, text)
                found[query[: run.start] + inside + query[run.end :]] = count
        offered = max(1, min(_OFFERED, _RUNS_OFFERED // max(1, len(runs))))
        return tuple(sorted(found, key=lambda suggestion: -found[suggestion])[:offered])

    def _rare(self, runs: Sequence[Run]) -> Iterator[Run]:
        """The first runs that few passages hold, of the first ones that are short."""
        short = islice((run for run in runs if SHORTEST <= len(run.text) <= LONGEST_RUN), _RUNS_COUNTED)
        rare = (run for run in short if self._count(run.text) < FEW and not self._is_meant(run))
        return islice(rare, _RARE_RUNS)

    def _is_meant(self, run: Run) -> bool:
        """Whether a rare run is no wrong spelling of anything: a word that stands somewhere (订金, not 定金), or what a
        document is called.
        """
        is_word = self._analyzer.segmenter.knows(fold_key(run.text)) and self._count(run.text)
        return bool(is_word) or self._is_name(run)

    def _is_name(self, run: Run) -> bool:
        """Whether a run is what a document is called."""
        return bool(QueryWords(self._analyzer, self._corpus).called(contents_of(run)))

    def _better(self, text: str) -> Iterator[tuple[str, int]]:
        """What a rare run may have been typed for, and in how many passages that stands."""
        own, wild = self._count(text), self._may_be_any_homophone(text)
        for other in islice(dict.fromkeys(self._replaced(text, wild)), _TRIED):
            count = self._count(other)
            if count > _MORE * own:
                yield other, count
        if not own:
            yield from self._with_words_right(text)

    def _with_words_right(self, text: str) -> Iterator[tuple[str, int]]:
        """A run that stands nowhere with one word put right that stands nowhere either, and in how many passages that
        does: the words of a question stand apart in texts (合同法定代里人).
        """
        folded = fold_key(text)
        edges = set(accumulate(map(len, self._analyzer.cut(folded)), initial=0)) if len(folded) == len(text) else set()
        for start, end in _parts_of_size(folded, LONGEST, SHORTEST):
            if not {start, end} <= edges:
                continue
            piece = folded[start:end]
            others = [other for other in self._confusable().of(piece) if set(piece) & set(other)]
            if others and not self._count(piece):
                yield from ((text[:start] + other + text[end:], self._count(other)) for other in others)

    def _may_be_any_homophone(self, text: str) -> bool:
        """Whether a text means nothing as it is: no word of the dictionary, and nothing that stands for it is found."""
        folded = fold_key(text)
        parts = parts_of(folded, self._analyzer, self._corpus)
        return not (self._analyzer.segmenter.knows(folded) or parts.words or parts.close)

    def _spelt(self, letters: str) -> Iterator[str]:
        """What letters spell: whole texts and two adjacent words, most frequent first; then how texts go on."""
        completer = self._completer()
        whole = {text: self._count(text) for text in completer.spelt(letters, _WORDS_SPELT)}
        for at in range(1, len(letters)):
            firsts, seconds = (completer.spelt(part, _WORDS_SPELT) for part in (letters[:at], letters[at:]))
            whole |= {one + other: self._count(one + other) for one, other in product(firsts, seconds)}
        found = sorted(filter(whole.get, whole), key=lambda text: -whole[text])
        begun = (each.text[slice(*each.matched)] for each in completer.complete(letters, _OFFERED))
        yield from dict.fromkeys((*found, *begun))

    def _replaced(self, text: str, wild: bool) -> Iterator[str]:
        """``text`` with letters in it as what they spell, then with some adjacent characters replaced, longer
        replacements first; one stays, if not ``wild``.
        """
        folded = fold_key(text)
        if len(folded) != len(text):
            text = folded
        for letters in _MIXED.finditer(folded):
            spelt = self._completer().spelt(letters[0], _WORDS_SPELT)
            yield from (text[: letters.start()] + other + text[letters.end() :] for other in spelt)
        for char in filter(None, map(read_as, _ONE_SYLLABLE.findall(folded))):  # 工伤ren定: as if it were 工伤人定
            text = folded = _ONE_SYLLABLE.sub(char, folded, count=1)
            yield text
        for start, end in _parts_of_size(folded, LONGEST, SHORTEST):
            piece = folded[start:end]
            for other in self._confusable().of(piece):
                if wild or set(piece) & set(other):
                    yield text[:start] + other + text[end:]

    def _count(self, text: str) -> int:
        """Passages that hold ``text``."""
        return self._corpus.count(spelled(fold_key(text)))


def _parts_of_size(text: str, longest: int, shortest: int) -> Iterator[tuple[int, int]]:
    """Where the parts of a text are that have so many characters, longer ones first."""
    for length in range(longest, shortest - 1, -1):
        yield from ((start, start + length) for start in range(len(text) - length + 1))


def typed_pinyin(query: str) -> str:
    """The letters of a query that may be pinyin, with tone marks, tone numbers or neither; else nothing."""
    if is_han(query.lstrip()[:1]):
        return ""
    marked = unicodedata.normalize("NFD", query.lower().strip()).replace("u\u0308", "ü")
    plain = "".join(char for char in marked if not unicodedata.combining(char))
    toneless = re.sub("(?<=[a-zü])[1-5]", "", plain)
    letters = re.sub("[ '’]", "", toneless)
    return letters if _PINYIN.fullmatch(toneless) and 2 <= len(letters) <= _LONGEST_SPELT else ""
