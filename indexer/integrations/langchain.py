"""The index as a retriever of LangChain. Needs the extra ``langchain``.

from indexer.integrations.langchain import XunzhangRetriever

XunzhangRetriever(index=indexer.open_index("index/"), k=5).invoke("数据安全")
"""

from __future__ import annotations

from typing import Any

import indexer
from indexer.errors import ExtraMissing
from indexer.integrations.citation import metadata

try:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever
    from pydantic import Field
except ImportError as missing:
    message = "LangChain 的检索器要用到 langchain-core 这个库。"
    raise ExtraMissing(message, "请在项目目录里运行：pip install '.[langchain]'") from missing


class XunzhangRetriever(BaseRetriever):
    """Passages for a question, best first; asynchronous calls run in LangChain's threads.

    Attributes:
        index: open.
        k: passages to return, at most 100.
        options: further arguments of ``Index.search``: filters, ``match``, ``scope``. Those of a call come after them.
    """

    index: indexer.Index
    k: int = Field(default=4, ge=1, le=indexer.MAX_LIMIT)
    options: dict[str, Any] = Field(default_factory=dict)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None, **options: Any
    ) -> list[Document]:
        limit = self.k if k is None else k
        results = self.index.search(query, **{"facets": (), **self.options, **options, "limit": limit})
        return [Document(hit.passage.text, id=hit.passage.id, metadata=metadata(hit)) for hit in results.hits]
