"""Which words people ask for that stand nowhere: what a file of synonyms could say in the words of the documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from indexer.analysis import Analyzer, Synonyms
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import HAN, fold_key
from indexer.engines.contract import Engine, count_matching
from indexer.model import Literal, Run, UnfoundWord, Zone, text_runs
from indexer.query.syntax import parse

_ANYWHERE = (Zone.TEXT, Zone.SECTION, Zone.TITLE)
# Single characters and numbers are no words that another could stand for.
_WORD = re.compile(f".*[{HAN}].*")


def unfound_words(
    engine: Engine, analyzer: Analyzer, synonyms: Synonyms, queries: Iterable[str]
) -> tuple[UnfoundWord, ...]:
    """See ``Index.unfound_words``."""
    times: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for query, asked in Counter(queries).items():
        for word in _words(analyzer, synonyms, query):
            times[word] += asked
            examples.setdefault(word, query)
    found = (
        UnfoundWord(word, asked, examples[word])
        for word, asked in times.items()
        if not count_matching(engine, Literal((word,), _ANYWHERE))
    )
    return tuple(sorted(found, key=lambda each: (-each.times, each.word)))


def _words(analyzer: Analyzer, synonyms: Synonyms, query: str) -> Iterator[str]:
    """Yield each word of a query once that nothing stands for yet; quotations are meant as they stand."""
    runs = [fold_key(run.text) for run in text_runs(parse(query)[0]) if isinstance(run, Run) and not run.quoted]
    for word in dict.fromkeys(word for run in runs for word in analyzer.words(run)):
        is_word = len(word) > 1 and _WORD.fullmatch(word) and word not in uninformative_words()
        if is_word and not synonyms.within(word, (word,)):
            yield word
