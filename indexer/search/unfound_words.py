"""Which words people ask for that stand nowhere: what a file of synonyms could say in the words of the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from indexer.analysis import Analyzer, Synonyms
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import HAN, fold_key
from indexer.analysis.patterns import lazy
from indexer.engines.contract import Engine, count_matching
from indexer.model import Literal, Run, UnfoundWord, Zone, text_runs
from indexer.query.amounts import asked_amounts
from indexer.query.syntax import parse

_ANYWHERE = (Zone.TEXT, Zone.SECTION, Zone.TITLE)
# Single characters and numbers are no words that another could stand for.
_WORD = lazy(f".*[{HAN}].*")


def unfound_words(
    engine: Engine, analyzer: Analyzer, synonyms: Synonyms, queries: Iterable[str]
) -> tuple[UnfoundWord, ...]:
    """See ``Index.unfound_words``."""
    times: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for query, asked in Counter(queries).items():
        for word in dict.fromkeys(_words(analyzer, synonyms, query)):
            times[word] += asked
            examples.setdefault(word, query)
    found = (
        UnfoundWord(word, asked, examples[word])
        for word, asked in times.items()
        if not count_matching(engine, Literal((word,), _ANYWHERE))
    )
    return tuple(sorted(found, key=lambda each: (-each.times, each.word)))


def _words(analyzer: Analyzer, synonyms: Synonyms, query: str) -> Iterator[str]:
    """Yield the words of a query that nothing stands for yet, by themselves or with others beside them; quotations are
    meant as they stand.
    """
    runs = [fold_key(run.text) for run in text_runs(parse(query)[0]) if isinstance(run, Run) and not run.quoted]
    for run in runs:
        words = dict.fromkeys(analyzer.words(run))
        known = synonyms.applied(run, words)
        yield from (word for word in words if _is_word(word) and not any(word in key or key in word for key in known))


def _is_word(word: str) -> bool:
    """Whether another word could stand for it: none does for a question of how many."""
    informs = len(word) > 1 and _WORD.fullmatch(word) and word not in uninformative_words()
    return bool(informs) and not asked_amounts((word,))
