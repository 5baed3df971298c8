"""A LlamaIndex query engine over an index: python main.py [索引目录] [问题]."""

from __future__ import annotations

import sys

from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer

import indexer
from indexer.errors import XunzhangError
from indexer.integrations.llamaindex import XunzhangRetriever


def main() -> None:
    """Print what the model was given; ``MockLLM`` repeats it. Put your own in its place."""
    place, question = (*sys.argv[1:], *("index/demo", "查询里怎样排除一个词？")[len(sys.argv) - 1 :])[:2]
    try:
        with indexer.open_index(place) as index:
            retriever = XunzhangRetriever(index, similarity_top_k=3, kind=["body"])
            synthesizer = get_response_synthesizer(llm=MockLLM(), response_mode=ResponseMode.COMPACT)
            answer = RetrieverQueryEngine(retriever, synthesizer).query(question)
    except XunzhangError as error:
        sys.exit(f"错误：{error}")
    print(answer)
    for node in answer.source_nodes:
        print(f"[{node.score:.1f}] {node.metadata['citation']}（{node.metadata['permalink']}）")


if __name__ == "__main__":
    main()
