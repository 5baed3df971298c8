"""The index as a retriever of LlamaIndex. Needs the extra ``llamaindex``.

from indexer.integrations.llamaindex import XunzhangRetriever

XunzhangRetriever(indexer.open_index("index/"), similarity_top_k=5).retrieve("数据安全")
"""

from __future__ import annotations

import asyncio
from typing import Any

import indexer
from indexer.errors import ExtraMissing
from indexer.integrations.citation import FOR_READERS, metadata

try:
    from llama_index.core.callbacks import CallbackManager
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
except ImportError as missing:
    message = "LlamaIndex 的检索器要用到 llama-index-core 这个库。"
    raise ExtraMissing(message, "请在项目目录里运行：pip install '.[llamaindex]'") from missing


class XunzhangRetriever(BaseRetriever):
    """Passages for a question, best first; of the metadata a language model sees only what it needs to cite.

    Args:
        index: open.
        similarity_top_k: passages to return, at most 100, by the name that LlamaIndex has for it.
        callback_manager: of LlamaIndex.
        options: further arguments of ``Index.search``: filters, ``match``, ``scope``.
    """

    def __init__(
        self,
        index: indexer.Index,
        similarity_top_k: int = 4,
        callback_manager: CallbackManager | None = None,
        **options: Any,
    ) -> None:
        super().__init__(callback_manager=callback_manager)
        self._index = index
        self._options = {"facets": (), **options, "limit": similarity_top_k}

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        results = self._index.search(query_bundle.query_str, **self._options)
        return [NodeWithScore(node=_node(hit), score=hit.score) for hit in results.hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def _node(hit: indexer.Hit) -> TextNode:
    about = metadata(hit)
    hidden = [key for key in about if key not in FOR_READERS]
    return TextNode(
        id_=hit.passage.id,
        text=hit.passage.text,
        metadata=about,
        excluded_llm_metadata_keys=hidden,
        excluded_embed_metadata_keys=list(about),
    )
