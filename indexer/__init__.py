"""寻章 Xunzhang: Chinese documents in, the right paragraph out.

    index = indexer.create_index("index/")
    index.update(["corpus/"])
    index.search("数据安全 监督管理").hits[0].passage.text

Importing this package loads no engine, no segmenter and no parser library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indexer import errors
from indexer.citing import CITATION_STYLES, cite
from indexer.identities import permalink
from indexer.index import Index
from indexer.model import (
    ChapterCount,
    Completion,
    Diagnosis,
    Document,
    DocumentGroup,
    Explanation,
    FacetValue,
    Failure,
    FilterCount,
    Hit,
    IndexStats,
    Kind,
    Original,
    OtherMatch,
    OutlineNode,
    Passage,
    Place,
    Progress,
    QueryWarning,
    Reference,
    Results,
    Snippet,
    Tier,
    UpdateReport,
    WordCount,
)
from indexer.opening import create_index, open_index
from indexer.outline import outline_of, section_path, section_value
from indexer.parameters import MAX_AROUND, MAX_LIMIT, MAX_OFFSET, MAX_QUERY
from indexer.place import exists
from indexer.wire import context_to_dict, diagnosis_to_dict, error_to_dict, outline_to_dict, results_to_dict

if TYPE_CHECKING:
    from indexer.build import read

__all__ = [
    "CITATION_STYLES",
    "MAX_AROUND",
    "MAX_LIMIT",
    "MAX_OFFSET",
    "MAX_QUERY",
    "ChapterCount",
    "Completion",
    "Diagnosis",
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
    "Original",
    "OtherMatch",
    "OutlineNode",
    "Passage",
    "Place",
    "Progress",
    "QueryWarning",
    "Reference",
    "Results",
    "Snippet",
    "Tier",
    "UpdateReport",
    "WordCount",
    "cite",
    "context_to_dict",
    "create_index",
    "diagnosis_to_dict",
    "error_to_dict",
    "errors",
    "exists",
    "open_index",
    "outline_of",
    "outline_to_dict",
    "permalink",
    "read",
    "results_to_dict",
    "section_path",
    "section_value",
]


def __getattr__(name: str) -> Any:
    """``read`` brings the parsers with it, which only those who read files need."""
    if name != "read":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from indexer.build import read

    globals()["read"] = read
    return read
