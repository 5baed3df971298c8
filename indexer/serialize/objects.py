"""Answers as the JSON objects of API v1, the same for command line and web. Their shapes are pinned by tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from indexer.errors import QuerySyntaxError, XunzhangError
from indexer.model import (
    ChapterCount,
    Diagnosis,
    Difference,
    Document,
    DocumentGroup,
    FacetValue,
    Hit,
    OtherMatch,
    OutlineNode,
    Passage,
    Place,
    QueryWarning,
    QuotedPassage,
    Range,
    Results,
    Snippet,
    Verification,
)
from indexer.model.headings import outline_of
from indexer.model.ids import permalink
from indexer.search.facet_values import FacetValues
from indexer.serialize import shapes


def results_to_dict(results: Results) -> shapes.Results:
    """The object that ``search --json`` and ``GET /api/v1/search`` return."""
    return {
        "query": results.query,
        "total": results.total,
        "at_least": results.at_least,
        "tiers": cast(shapes.Tiers, dict(results.tiers)),
        "generation": results.generation,
        "took_ms": results.took_ms,
        "warnings": [warning_to_dict(warning) for warning in results.warnings],
        "suggestions": list(results.suggestions),
        "hits": [hit_to_dict(hit) for hit in results.hits],
        "facets": _facets(results.facets),
        "truncated": list(results.truncated),
        "entries": results.entries,
        "next_offset": results.next_offset,
        "groups": [_group(group) for group in results.groups],
        "chapters": [_chapter(each) for each in results.chapters],
        "named": [document_to_dict(document) for document in results.named],
        "like": results.like or None,
        "synonyms": {word: list(others) for word, others in results.synonyms.items()},
    }


def hit_to_dict(hit: Hit) -> shapes.Hit:
    """One hit; ``text`` is the whole passage, ranges are code points in it."""
    return {
        "id": hit.passage.id,
        "permalink": permalink(hit.passage),
        "document": document_to_dict(hit.document),
        "section": list(hit.passage.section),
        "topics": list(hit.passage.topics),
        "kind": hit.passage.kind.value,
        "page": hit.passage.page,
        "page_end": hit.passage.page_end,
        "role": hit.passage.role.value,
        "recognized": hit.document.is_recognized(hit.passage),
        "text": hit.passage.text,
        "emphasis": _ranges(hit.passage.emphasis),
        "highlights": [list(span) for span in hit.highlights],
        "snippet": _snippet(hit.snippet),
        "path_highlights": [list(span) for span in hit.path_highlights],
        "title_highlights": [list(span) for span in hit.title_highlights],
        "work_highlights": [list(span) for span in hit.work_highlights],
        "score": hit.score,
        "tier": hit.tier.value,
        "parts": dict(hit.parts),
        "others": [_other(other) for other in hit.others],
        "copies": [_place(place) for place in hit.copies],
        "copy_count": hit.copy_count,
    }


def _group(group: DocumentGroup) -> shapes.Group:
    return {
        "document": document_to_dict(group.document),
        "count": group.count,
        "some": group.some,
        "hits": [hit.passage.id for hit in group.hits],
    }


def _place(place: Place) -> shapes.Place:
    return {
        "id": place.passage.id,
        "permalink": permalink(place.passage),
        "document": document_to_dict(place.document),
        "section": list(place.passage.section),
    }


def _other(other: OtherMatch) -> shapes.Other:
    return {
        "id": other.passage.id,
        "permalink": permalink(other.passage),
        "text": other.passage.text,
        "emphasis": _ranges(other.passage.emphasis),
        "highlights": [list(span) for span in other.highlights],
        "snippet": _snippet(other.snippet),
    }


def _ranges(ranges: Iterable[Range]) -> list[shapes.Range]:
    return [list(span) for span in ranges]


def diagnosis_to_dict(diagnosis: Diagnosis) -> shapes.Diagnosis:
    """The object that ``GET /api/v1/diagnose`` returns."""
    return {
        "query": diagnosis.query,
        "total": diagnosis.total,
        "words": [{"word": each.word, "count": each.count, "filtered": each.filtered} for each in diagnosis.words],
        "filters": [{"name": each.name, "total": each.total} for each in diagnosis.filters],
        "shorter": diagnosis.shorter,
        "shorter_total": diagnosis.shorter_total,
        "at_least": diagnosis.at_least,
    }


def _chapter(counted: ChapterCount) -> shapes.Chapter:
    return {
        "document": counted.document.id,
        "chapter": counted.chapter,
        "count": counted.count,
        "some": counted.some,
    }


def context_to_dict(document: Document, passages: Iterable[Passage]) -> shapes.Context:
    """The object that ``show --json`` returns, and of ``GET /api/v1/passage`` the most."""
    return {"document": document_to_dict(document), "passages": [passage_to_dict(passage) for passage in passages]}


def _snippet(snippet: Snippet) -> shapes.Snippet:
    return {"start": snippet.start, "end": snippet.end, "parts": list(snippet.parts)}


def document_to_dict(document: Document) -> shapes.Document:
    """A document as a hit names it."""
    return {
        "id": document.id,
        "title": document.title,
        "path": document.path,
        "url": document.url,
        "date": document.date,
        "work": document.work,
        "fields": dict(document.fields),
        "recognized_pages": document.recognized_pages,
    }


def warning_to_dict(warning: QueryWarning) -> shapes.Warning:
    """A warning with its range in the query."""
    return {"code": warning.code, "message": warning.message, "start": warning.start, "end": warning.end}


def passage_to_dict(passage: Passage) -> shapes.Passage:
    """A passage by itself."""
    return {
        "id": passage.id,
        "permalink": permalink(passage),
        "section": list(passage.section),
        "topics": list(passage.topics),
        "kind": passage.kind.value,
        "page": passage.page,
        "page_end": passage.page_end,
        "role": passage.role.value,
        "text": passage.text,
        "emphasis": _ranges(passage.emphasis),
        "pictures": [{"at": each.at, "source": each.source, "alt": each.alt} for each in passage.pictures],
    }


def verification_to_dict(verification: Verification) -> shapes.Verification:
    """The object that ``verify --json`` prints; ``compared`` is ready to show."""
    nearest = verification.nearest
    return {
        "quote": verification.quote,
        "found": verification.found,
        "exact": verification.exact,
        "total": verification.total,
        "truncated": verification.truncated,
        "places": [
            {
                "exact": occurrence.exact,
                "document": document_to_dict(occurrence.document),
                "passages": [_quoted(each) for each in occurrence.passages],
                "differences": [_difference(each) for each in occurrence.differences],
            }
            for occurrence in verification.places
        ],
        "nearest": None
        if nearest is None
        else {
            "document": document_to_dict(nearest.document),
            "passages": [_quoted(each) for each in nearest.passages],
            "similarity": nearest.similarity,
            "differences": [_difference(each) for each in nearest.differences],
            "compared": [
                {"kind": kind.value if kind else "same", "quoted": quoted, "text": text}
                for kind, quoted, text in verification.compared
            ],
        },
    }


def _quoted(quoted: QuotedPassage) -> shapes.QuotedPassage:
    """``text`` is only what the ranges cover."""
    return {**passage_to_dict(quoted.passage), "ranges": [list(span) for span in quoted.ranges], "text": quoted.text}


def _difference(difference: Difference) -> shapes.Difference:
    return {
        "kind": difference.kind.value,
        "quote": {"start": difference.quote[0], "end": difference.quote[1], "text": difference.quoted},
        "source": {
            "passage": difference.passage_id,
            "start": difference.source[0],
            "end": difference.source[1],
            "text": difference.text,
        },
    }


def outline_to_dict(documents: Iterable[tuple[Document, Sequence[Passage]]]) -> shapes.Outlines:
    """The object that ``outline --json`` and ``GET /api/v1/outline`` return."""
    return {"documents": [document_outline(document, passages) for document, passages in documents]}


def error_to_dict(error: XunzhangError) -> shapes.Error:
    """The envelope of every error; ``position`` only where the fault of a query has one."""
    body: shapes.ErrorBody = {"code": error.code, "message": error.message, "hint": error.hint}
    if isinstance(error, QuerySyntaxError):
        body["position"] = error.position
    return {"error": body}


def _facets(facets: Mapping[str, Sequence[FacetValue]]) -> dict[str, list[shapes.Facet]]:
    """All values; those of an answer, of which there are hundreds, are not made for this alone."""
    if isinstance(facets, FacetValues):
        return facets.made_by(_facet)
    return {name: list(map(_facet_again, values)) for name, values in facets.items()}


def _facet(
    value: str,
    label: str,
    count: int,
    some: int,
    path: Sequence[str] = (),
    children: Sequence[shapes.Facet] = (),
    truncated: bool = False,
) -> shapes.Facet:
    if not path:
        return {"value": value, "label": label, "count": count, "some": some}
    return {
        "value": value,
        "label": label,
        "count": count,
        "some": some,
        "path": list(path),
        "children": list(children),
        "truncated": truncated,
    }


def _facet_again(value: FacetValue) -> shapes.Facet:
    children = tuple(map(_facet_again, value.children))
    return _facet(value.value, value.label, value.count, value.some, value.path, children, value.truncated)


def document_outline(document: Document, passages: Sequence[Passage]) -> shapes.Outline:
    """A document with its headings and topics."""
    topics: dict[str, int] = {}
    for passage in passages:
        for topic in passage.topics:
            topics[topic] = topics.get(topic, 0) + 1
    return {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "date": document.date,
        "date_source": document.date_source.value if document.date_source else None,
        "issued": document.issued,
        "amended": document.amended,
        "effective": document.effective,
        "work": document.work,
        "fields": dict(document.fields),
        "author": document.author,
        "tags": list(document.tags),
        "passages": len(passages),
        "outline": [_node(node) for node in outline_of(passages)],
        "topics": list(topics.items()),
    }


def _node(node: OutlineNode) -> shapes.Node:
    return {
        "heading": node.heading,
        "level": node.level,
        "passages": node.passages,
        "first": node.first,
        "children": [_node(child) for child in node.children],
    }
