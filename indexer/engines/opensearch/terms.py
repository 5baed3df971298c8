"""What is counted of a request's terms in one commit, before any passage is looked at."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.engines import scoring
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.snapshot import Snapshot
from indexer.engines.requests import Request


class Terms:
    """The terms of a request in one commit.

    Attributes:
        tokens: field that they are looked for in → term → its token.
        frequencies: field → term → how many records hold it.
        weights: field → term → what it counts: its idf, of a synonym's a part.
        factor: term → that part.
    """

    def __init__(self, snapshot: Snapshot, request: Request) -> None:
        terms, totals = request.terms, snapshot.totals
        self.factor = terms.factor
        records = {
            "words": totals.passages,
            "chars": totals.passages,
            "pairs": totals.passages,
            "section_words": totals.sections,
            "section_characters": totals.sections,
            "chapter_words": totals.chapters,
            "document_pairs": totals.documents,
            "headings": totals.sections,
        }
        words, characters, pairs = map(_tokens, (terms.words, terms.characters, terms.pairs))
        self.tokens = {
            "words": words,
            "chars": characters,
            "pairs": pairs,
            "section_words": words,
            "section_characters": characters,
            "chapter_words": words,
            "document_pairs": pairs,
            "headings": _tokens(scoring.heading_pairs(terms.pairs)),
        }
        found = snapshot.frequencies((field, token) for field, own in self.tokens.items() for token in own.values())
        self.frequencies = {
            field: {term: found[field, token] for term, token in own.items()} for field, own in self.tokens.items()
        }
        self.weights = {
            field: {
                term: scoring.idf(records[field], frequency) * terms.factor(term) for term, frequency in own.items()
            }
            for field, own in self.frequencies.items()
        }


def _tokens(terms: Iterable[str]) -> dict[str, str]:
    return {term: mapping.word(term) for term in terms}
