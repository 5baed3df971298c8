"""寻章 Xunzhang: Chinese documents in, the right paragraph out.

    index = indexer.create_index("index/")
    index.update(["corpus/"])
    index.search("数据安全 监督管理").hits[0].passage.text

Importing this package loads no engine, no segmenter and no parser library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indexer import errors
from indexer.identities import permalink
from indexer.index import Index, create_index, exists, open_index
from indexer.model import (
    Completion,
    Document,
    Explanation,
    FacetValue,
    Failure,
    Hit,
    IndexStats,
    Kind,
    OtherMatch,
    OutlineNode,
    Passage,
    Progress,
    QueryWarning,
    Results,
    Snippet,
    Tier,
    UpdateReport,
)
from indexer.outline import outline_of, section_path, section_value
from indexer.parameters import MAX_LIMIT, MAX_OFFSET, MAX_QUERY
from indexer.wire import error_to_dict, outline_to_dict, results_to_dict

if TYPE_CHECKING:
    from indexer.build import read

__all__ = [
    "MAX_LIMIT",
    "MAX_OFFSET",
    "MAX_QUERY",
    "Completion",
    "Document",
    "Explanation",
    "FacetValue",
    "Failure",
    "Hit",
    "Index",
    "IndexStats",
    "Kind",
    "OtherMatch",
    "OutlineNode",
    "Passage",
    "Progress",
    "QueryWarning",
    "Results",
    "Snippet",
    "Tier",
    "UpdateReport",
    "create_index",
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
