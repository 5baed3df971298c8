"""寻章 Xunzhang: Chinese documents in, the right paragraph out.

    index = indexer.create_index("index/")
    index.update(["corpus/"])
    index.search("数据安全 监督管理").hits[0].passage.text

Importing this package loads nothing but its errors; each of its names is loaded when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from indexer import errors
from indexer.lazy_names import loader

if TYPE_CHECKING:
    from indexer.build.reader import read
    from indexer.citation.styles import CITATION_STYLES, cite
    from indexer.engines.connection import Connection
    from indexer.index.copy import copy_index
    from indexer.index.create import create_index, open_index
    from indexer.index.folder import exists
    from indexer.index.index import Index
    from indexer.index.query_log import QueryLog
    from indexer.index.watch import Watch
    from indexer.model import (
        ChapterCount,
        Completion,
        Diagnosis,
        Difference,
        DifferenceKind,
        Document,
        DocumentGroup,
        Explanation,
        FacetValue,
        Failure,
        FilterCount,
        Hit,
        IndexStats,
        Kind,
        Nearest,
        Occurrence,
        Original,
        OtherMatch,
        OutlineNode,
        Passage,
        Picture,
        Place,
        Progress,
        QueryWarning,
        QuotedPassage,
        Recognition,
        Reference,
        Results,
        Snippet,
        Tier,
        UnfoundWord,
        UpdateReport,
        Verification,
        WatchState,
        WatchStatus,
        WordCount,
    )
    from indexer.model.choices import (
        AROUND,
        BOUNDS,
        CHOICES,
        COMPLETIONS,
        CONDITIONS,
        DEFAULTS,
        DOCUMENT_FILTERS,
        FACETS,
        FILTERS,
        MAX_AROUND,
        MAX_FACET,
        MAX_LIMIT,
        MAX_OFFSET,
        MAX_QUERY,
        MAX_QUOTE,
        PLACES,
        Bounds,
    )
    from indexer.model.headings import outline_of, section_path, section_value
    from indexer.model.ids import permalink
    from indexer.model.years import YEAR_PATTERN
    from indexer.serialize import shapes
    from indexer.serialize.objects import (
        context_to_dict,
        diagnosis_to_dict,
        document_outline,
        document_to_dict,
        error_to_dict,
        outline_to_dict,
        passage_to_dict,
        results_to_dict,
        verification_to_dict,
    )
    from indexer.serialize.tables import csv_line, results_to_csv, results_to_lines, results_to_markdown
    from indexer.translation import translated
    from indexer.translation.inflection import inflected

# pyproject.toml reads it from here.
__version__ = "0.1.0"
__all__ = [
    "AROUND",
    "BOUNDS",
    "CHOICES",
    "CITATION_STYLES",
    "COMPLETIONS",
    "CONDITIONS",
    "DEFAULTS",
    "DOCUMENT_FILTERS",
    "FACETS",
    "FILTERS",
    "MAX_AROUND",
    "MAX_FACET",
    "MAX_LIMIT",
    "MAX_OFFSET",
    "MAX_QUERY",
    "MAX_QUOTE",
    "PLACES",
    "YEAR_PATTERN",
    "Bounds",
    "ChapterCount",
    "Completion",
    "Connection",
    "Diagnosis",
    "Difference",
    "DifferenceKind",
    "Document",
    "DocumentGroup",
    "Explanation",
    "FacetValue",
    "Failure",
    "FilterCount",
    "Hit",
    "Index",
    "IndexStats",
    "Kind",
    "Nearest",
    "Occurrence",
    "Original",
    "OtherMatch",
    "OutlineNode",
    "Passage",
    "Picture",
    "Place",
    "Progress",
    "QueryLog",
    "QueryWarning",
    "QuotedPassage",
    "Recognition",
    "Reference",
    "Results",
    "Snippet",
    "Tier",
    "UnfoundWord",
    "UpdateReport",
    "Verification",
    "Watch",
    "WatchState",
    "WatchStatus",
    "WordCount",
    "cite",
    "context_to_dict",
    "copy_index",
    "create_index",
    "csv_line",
    "diagnosis_to_dict",
    "document_outline",
    "document_to_dict",
    "error_to_dict",
    "errors",
    "exists",
    "inflected",
    "open_index",
    "outline_of",
    "outline_to_dict",
    "passage_to_dict",
    "permalink",
    "read",
    "results_to_csv",
    "results_to_dict",
    "results_to_lines",
    "results_to_markdown",
    "section_path",
    "section_value",
    "shapes",
    "translated",
    "verification_to_dict",
]

# Module → the names that are taken from it when they are first asked for; all others are words of the project.
_HOMES: dict[str, Sequence[str]] = {
    "indexer.build.reader": ("read",),
    "indexer.citation.styles": ("CITATION_STYLES", "cite"),
    "indexer.engines.connection": ("Connection",),
    "indexer.index.copy": ("copy_index",),
    "indexer.index.create": ("create_index", "open_index"),
    "indexer.index.folder": ("exists",),
    "indexer.index.index": ("Index",),
    "indexer.index.query_log": ("QueryLog",),
    "indexer.index.watch": ("Watch",),
    "indexer.model.choices": (
        "AROUND",
        "BOUNDS",
        "CHOICES",
        "COMPLETIONS",
        "CONDITIONS",
        "DEFAULTS",
        "DOCUMENT_FILTERS",
        "FACETS",
        "FILTERS",
        "MAX_AROUND",
        "MAX_FACET",
        "MAX_LIMIT",
        "MAX_OFFSET",
        "MAX_QUERY",
        "MAX_QUOTE",
        "PLACES",
        "Bounds",
    ),
    "indexer.model.headings": ("outline_of", "section_path", "section_value"),
    "indexer.model.ids": ("permalink",),
    "indexer.model.years": ("YEAR_PATTERN",),
    "indexer.serialize.objects": (
        "context_to_dict",
        "diagnosis_to_dict",
        "document_outline",
        "document_to_dict",
        "error_to_dict",
        "outline_to_dict",
        "passage_to_dict",
        "results_to_dict",
        "shapes",
        "verification_to_dict",
    ),
    "indexer.serialize.tables": ("csv_line", "results_to_csv", "results_to_lines", "results_to_markdown"),
    "indexer.translation": ("translated",),
    "indexer.translation.inflection": ("inflected",),
}
_HOMES["indexer.model"] = sorted(set(__all__) - set(chain.from_iterable(_HOMES.values())))


if not TYPE_CHECKING:  # where it would let any name pass for one of ours
    __getattr__ = loader(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
