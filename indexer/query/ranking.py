"""What of a query ranks: its informative words, their characters and pairs, and what headings may be called."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, groupby

from indexer.analysis import Analyzer, Synonyms, expand
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import has_word_character, is_rare, is_word_character
from indexer.analysis.number_spellings import as_ordinal, ranking_spellings
from indexer.model import QueryWarning, Terms
from indexer.model.choices import MAX_RANKED
from indexer.query.amounts import asked_amounts
from indexer.query.pieces import Piece
from indexer.query.query_words import QueryWords
from indexer.query.run_trees import pairs


class Ranking:
    """What of some folded runs ranks.

    Attributes:
        words: distinct words of the runs and their spellings, in order.
        synonyms: words of the runs, and what the user lets stand for them.
    """

    def __init__(
        self,
        runs: Sequence[str],
        query_words: QueryWords,
        analyzer: Analyzer,
        synonyms: Synonyms,
        *,
        script_exact: bool,
        is_title: bool,
    ) -> None:
        self._runs = runs
        self._query_words = query_words
        self._analyzer = analyzer
        self._script_exact = script_exact
        self._is_title = is_title
        self._spellings = self._spelled(ranking_spellings)
        self.words = _distinct_words(map(query_words.cut, self._spellings))
        self.synonyms = {word: others for run in runs for word, others in synonyms.applied(run, self.words).items()}

    def warnings(self) -> Iterator[QueryWarning]:
        """Yield a warning if not all words rank."""
        if len(self.words) > MAX_RANKED and len(informative(self.words)) > MAX_RANKED:
            message = f"查询很长：找的是全部的词，排序只看前 {MAX_RANKED} 个。"
            yield QueryWarning("ranking_bounded", message)

    def terms(self, sought: Iterable[Piece]) -> Terms:
        """Return the terms; ``sought`` are the pieces of the runs."""
        cuts, words = self._cuts()
        kept = {*informative(self.words), *informative(words)}
        others = [] if self._script_exact else list(self._parts(kept))
        asked = terms_of([*cuts, *others], kept.union(_distinct_words(others)))
        names, amounts = tuple(dict.fromkeys(self._names(sought))), asked_amounts(self._runs)
        if not self.synonyms:
            return Terms(asked.words, asked.characters, asked.pairs, names, amounts)
        standing = list(map(self._analyzer.cut, sorted(set(chain.from_iterable(self.synonyms.values())))))
        every = terms_of([*cuts, *standing, *others], kept.union(_distinct_words([*standing, *others])))
        lighter = _every_term(every) - _every_term(asked)
        return Terms(every.words, every.characters, every.pairs, names, amounts, lighter)

    def _spelled(self, spell: Callable[[str], Iterable[str]]) -> Sequence[str]:
        if self._script_exact:
            return self._runs
        return [spelling for run in self._runs for spelling in spell(run)]

    def _cuts(self) -> tuple[Sequence[Sequence[str]], tuple[str, ...]]:
        """Return the spellings cut, and the words of that, without names if something informative is left beside them.

        A name tells which document is meant, whose own passages hardly mention it.
        """
        words = self._query_words
        if not self._is_title:
            rests = [words.cut(rest) for spelling in self._spellings for rest in words.outside_names(spelling)]
            if not uninformative_words().issuperset(found := _distinct_words(rests)):
                return rests, found
        plain = list(map(words.plain_cut, self._spellings))
        return plain, _distinct_words(plain)

    def _parts(self, kept: Iterable[str]) -> Iterator[list[str]]:
        """Yield what stands for words that the corpus does not hold."""
        return ([part] for word in sorted(kept) for part in self._query_words.parts(word).words)

    def _names(self, sought: Iterable[Piece]) -> Iterator[str]:
        """Yield what a heading may be called: a spelling, what is left of it beside names, a number in the query."""
        yield from self._spelled(expand)
        for spelling in self._spellings:
            if self._query_words.names(spelling):
                yield from self._query_words.outside_names(spelling)
        if not self._script_exact:
            yield from _unit_names(sought)


def terms_of(pieces: Iterable[Sequence[str]], kept: Collection[str]) -> Terms:
    """Return the terms of segmented spellings: their first words in ``kept``. The others part characters that would
    else be pairs.
    """
    pieces = list(pieces)
    words = tuple(dict.fromkeys([piece for cut in pieces for piece in cut if piece in kept]))[:MAX_RANKED]
    kept = frozenset(words)
    phrases = ["".join(group) for cut in pieces for is_kept, group in groupby(cut, kept.__contains__) if is_kept]
    return Terms(
        words=words,
        characters=tuple(dict.fromkeys(filter(is_word_character, "".join(phrases)))),
        pairs=tuple(dict.fromkeys(chain.from_iterable(map(pairs, phrases)))),
    )


def informative(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that make a partial match: all but the uninformative, or all if nothing else is there."""
    every, uninformative = tuple(words), uninformative_words()
    return tuple([word for word in every if word not in uninformative]) or every


def partial_words(pieces: Iterable[Piece]) -> frozenset[str]:
    """Return the pieces that each make a partial match: no common single character where there are longer ones."""
    found = informative([piece.text for piece in pieces if has_word_character(piece.text)])
    return frozenset([word for word in found if len(word) > 1 or is_rare(word)]) or frozenset(found)


def _distinct_words(cuts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return the pieces that hold a word character, each once."""
    return tuple(filter(has_word_character, dict.fromkeys(chain.from_iterable(cuts))))


def _every_term(terms: Terms) -> frozenset[str]:
    return frozenset((*terms.words, *terms.characters, *terms.pairs))


def _unit_names(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield what a heading may be called by the numbers in a query: 第三十九条 by 39条."""
    for piece in pieces:
        if piece.is_unit:
            for text in filter(None, (piece.text, piece.article, as_ordinal(piece.article or piece.text))):
                yield from expand(text)
