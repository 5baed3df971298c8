"""Queries for the first page, made of the words of the documents, each showing another thing that can be asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import indexer
from webui.pages.document_order import in_natural_order

# Documents looked into, passages looked at in each, and candidates of each sort that are tried.
_DOCUMENTS = 5
_PASSAGES = 12
_TRIED = 12
# Characters of a quotation, and between the words of a NEAR.
_SHORTEST, _LONGEST = 4, 12
_NEAR = 10

_HAN = "[\u4e00-\u9fff]"
_WORD = re.compile(f"{_HAN}{{2,}}")
_CLAUSE = re.compile(f"(?:^|(?<=[，。；！：]))({_HAN}{{{_SHORTEST},{_LONGEST}}})(?=[，。；！])")
_ARTICLE = re.compile("第[〇零一二三四五六七八九十百千0-9]+条")


@dataclass(frozen=True, slots=True)
class Sample:
    """A body passage with the words that say what it is about.

    Attributes:
        topic: words of its topic.
        words: words of its text that are in a topic of the document too, where there are any; else all.
        others: the other words of its text.
    """

    passage: indexer.Passage
    topic: tuple[str, ...]
    words: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A query and what it shows: ``words``, ``quotation``, ``article``, ``near`` or ``chapter``."""

    sort: str
    query: str


def example_queries(index: indexer.Index) -> tuple[Example, ...]:
    """Find one query of each sort that the documents can answer, each with at least one passage that fits it whole."""
    samples = list(_samples(index))
    found = {_first_answered(index, candidates(samples)): sort for sort, candidates in reversed(_SORTS.items())}
    return tuple(Example(sort, query) for query, sort in reversed(found.items()) if query)


def _first_answered(index: indexer.Index, candidates: Iterator[str]) -> str:
    for query in islice(dict.fromkeys(candidates), _TRIED):
        if index.search(query, match="all", limit=0, facets=()).total:
            return query
    return ""


# ── what the documents offer ─────────────────────────────────────────────────────────────────────────────────────────


def _samples(index: indexer.Index) -> Iterator[Sample]:
    """Take body passages from the middle of documents that are spread over the whole index."""
    documents = in_natural_order(index)
    step = max(1, len(documents) // _DOCUMENTS)
    for document in documents[step // 2 :: step][:_DOCUMENTS]:
        bodies = [each for each in index.passages(document.id) if each.kind is indexer.Kind.BODY]
        start = max(0, len(bodies) - _PASSAGES) // 2
        chosen = bodies[start : start + _PASSAGES]
        topical = set(_words(index, " ".join(topic for passage in chosen for topic in passage.topics)))
        for passage in chosen:
            text = _ARTICLE.sub(" ", passage.text)  # the number of an article says nothing of what it is about
            words = sorted(_words(index, text), key=len, reverse=True)  # long words say more
            about = [word for word in words if word in topical] or words
            others = [word for word in words if word not in about]
            yield Sample(passage, _words(index, " ".join(passage.topics)), tuple(about), tuple(others))


def _words(index: indexer.Index, text: str) -> tuple[str, ...]:
    """List the words of a text that say something, in their order, as the index cuts them."""
    explained = index.explain(text[: indexer.MAX_QUERY])
    words = (word for word in explained.words if word not in explained.uninformative and _WORD.fullmatch(word))
    return tuple(dict.fromkeys(words))


# ── sorts of queries ─────────────────────────────────────────────────────────────────────────────────────────────────


def _two_words(samples: list[Sample]) -> Iterator[str]:
    """Two words of a topic; else of a passage."""
    of_passages = sorted((sample.words for sample in samples), key=lambda words: -len("".join(words[:2])))
    for words in (*(sample.topic for sample in samples), *of_passages):
        if len(words) > 1:
            yield f"{words[0]} {words[1]}"


def _quotation(samples: list[Sample]) -> Iterator[str]:
    """A clause that stands between marks, those with a word of a topic before others."""
    for first in (True, False):
        for sample in samples:
            for clause in _CLAUSE.findall(sample.passage.text):
                if first == any(word in clause for word in sample.words[:1]):
                    yield f"“{clause}”"


def _article(samples: list[Sample]) -> Iterator[str]:
    """An article of law and a word of it."""
    for sample in samples:
        article = _ARTICLE.match(sample.passage.section[-1]) if sample.passage.section else None
        if article and sample.words:
            yield f"{article[0]} {sample.words[0]}"


def _near(samples: list[Sample]) -> Iterator[str]:
    """Two words of a passage that do not touch each other."""
    for sample in samples:
        for one, other in zip(sample.words, sample.words[1:], strict=False):
            if re.search(f"{one}.{{1,{_NEAR}}}{other}", sample.passage.text):
                yield f"{one} NEAR/{_NEAR} {other}"


def _in_chapter(samples: list[Sample]) -> Iterator[str]:
    """A word under a heading that has another."""
    pairs = [(sample.topic, sample.words) for sample in samples] + [(sample.topic, sample.others) for sample in samples]
    for topic, words in pairs:
        for word in words:
            if topic and word not in topic:
                yield f"章节:{topic[0]} {word}"


_SORTS: dict[str, Callable[[list[Sample]], Iterator[str]]] = {
    "words": _two_words,
    "quotation": _quotation,
    "article": _article,
    "near": _near,
    "chapter": _in_chapter,
}
