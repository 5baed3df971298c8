"""Trees of what a query looks up by number: articles of documents that it names, of those whose subject it says
(``租赁合同第四条``), of any (``第八条``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest

from indexer.analysis import expand
from indexer.model import And, Literal, Not, OfDocuments, OnePassage, Or, Passage, QueryNode, Zone
from indexer.model.records import record
from indexer.query.article_parts import Steps, find_openings, find_parts
from indexer.query.corpus import Corpus
from indexer.query.lookups import Numbered, marks_of_items

# Parts of an article that lead it one after the other, at most; more of them lead it together.
_IN_ORDER = 2
# Passages of articles of any document at most among which those that open them are looked for.
_FEW = 200
# Where a subject stands that is said of an article: 租赁合同 in its title, its file's name, the heading of its chapter.
_ABOVE = (Zone.TITLE, Zone.SECTION, Zone.DOCUMENT, Zone.WORK)


@record
class Articles:
    """What is looked up by numbers.

    Attributes:
        leading: what is asked for, best first: what some steps lead to, what opens an article.
        others: what else stands in articles so called.
    """

    leading: tuple[QueryNode, ...]
    others: tuple[QueryNode, ...] = ()

    @property
    def all(self) -> tuple[QueryNode, ...]:
        """Both."""
        return (*self.leading, *self.others)


def articles_of(documents: tuple[str, ...], numbers: Sequence[str], steps: Steps | None, corpus: Corpus) -> Articles:
    """Return what is looked up in some documents: all of the article, or of another division."""
    names = spelled_numbers(numbers)
    article = And((OfDocuments(documents), _under(names)))
    if not names_articles(numbers):
        return Articles((), (article,))
    return Articles((*_leading(article, names, steps, corpus.passages(article)), article))


def mentioned_in(
    documents: tuple[str, ...], numbers: Sequence[str], steps: Steps, corpus: Corpus
) -> Iterator[QueryNode]:
    """Yield what some steps lead to in articles that are not all that is asked for."""
    names = spelled_numbers(numbers)
    article = And((OfDocuments(documents), _under(names)))
    yield from _parts(article, [*find_parts(corpus.passages(article), names, steps)], ())


def articles_below(numbered: Numbered, steps: Steps | None, corpus: Corpus) -> Articles:
    """Return what is looked up in documents of no name; where articles so called have many passages, what says their
    number counts as what opens them.
    """
    names = spelled_numbers(numbered.numbers)
    divisions = (_under(spelled_numbers([division])) for division in numbered.divisions)
    subjects = (Literal((subject,), _ABOVE) for subject in numbered.subjects)
    article = And((_under(names), *divisions, *subjects))
    number = And((article, Literal((), whole=names)))
    if not names_articles(numbered.numbers):
        return Articles((), (number,))
    if 0 < corpus.count(article) <= _FEW:
        return Articles(tuple(_leading(article, names, steps, corpus.passages(article))), (article,))
    return Articles((*_parts(article, (), marks_of_items(steps) if steps else ()), number))


def names_articles(numbers: Iterable[str]) -> bool:
    """Tell whether some numbers are of articles, rather than of chapters."""
    return any("条" in number for number in numbers)


def spelled_numbers(numbers: Iterable[str]) -> tuple[str, ...]:
    """Return what headings of some numbers may begin with."""
    return tuple(dict.fromkeys(spelling for number in numbers for spelling in expand(number)))


def _under(names: tuple[str, ...]) -> QueryNode:
    """Return what stands under a heading that is called so."""
    return Literal((), (Zone.SECTION,), whole=names)


def _leading(
    article: QueryNode, names: tuple[str, ...], steps: Steps | None, passages: Sequence[Passage]
) -> Iterator[QueryNode]:
    """Yield what some steps lead to in articles of these passages, and what opens them."""
    if steps:
        yield from _parts(article, [*find_parts(passages, names, steps)], marks_of_items(steps))
    if openings := tuple(map(_one, find_openings(passages, names))):
        yield Or(openings)


def _parts(article: QueryNode, parts: Sequence[tuple[Passage, ...]], marks: tuple[str, ...]) -> Iterator[QueryNode]:
    """Yield parts of articles, those that are alike in versions of a law together; without any what begins as items do,
    and does not speak of them.
    """
    places = [tuple(map(_one, filter(None, alike))) for alike in zip_longest(*parts)]
    yield from map(Or, places[:_IN_ORDER])
    if rest := tuple(chain.from_iterable(places[_IN_ORDER:])):
        yield Or(rest)
    if marks and not any(parts):
        yield And((article, Literal((), whole=marks), Not(Literal(tuple(f"第{mark}" for mark in marks)))))


def _one(passage: Passage) -> OnePassage:
    return OnePassage(passage.document_id, passage.ordinal)
