"""The retriever of LlamaIndex: nodes, asynchronous calls, and what a language model gets to see."""

from __future__ import annotations

import json

import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from llama_index.core.schema import MetadataMode, QueryBundle

import indexer
from indexer.errors import BadParameter
from indexer.integrations.llamaindex import XunzhangRetriever


def test_nodes_carry_what_cites_them(handbook: indexer.Index) -> None:
    nodes = XunzhangRetriever(handbook, similarity_top_k=3, kind=["body"]).retrieve("检索")
    hits = handbook.search("检索", kind=["body"], limit=3).hits
    assert [(each.node_id, each.text, each.score) for each in nodes] == [
        (hit.passage.id, hit.passage.text, hit.score) for hit in hits
    ]
    for node, hit in zip(nodes, hits, strict=True):
        about = json.loads(json.dumps(node.metadata))
        assert (about["tier"], about["section"]) == (hit.tier.value, list(hit.passage.section))
        assert handbook.passage(about["permalink"]) == hit.passage


def test_a_language_model_sees_the_source_and_no_more(handbook: indexer.Index) -> None:
    (found,) = XunzhangRetriever(handbook, similarity_top_k=1).retrieve("检索")
    seen = found.node.get_content(MetadataMode.LLM)
    assert f"《{found.metadata['title']}》" in seen
    assert "highlights" not in seen
    assert found.node.get_content(MetadataMode.EMBED) == found.text


async def test_asynchronous_calls_answer_the_same(handbook: indexer.Index) -> None:
    retriever = XunzhangRetriever(handbook)
    assert await retriever.aretrieve("段落") == retriever.retrieve(QueryBundle("段落"))


def test_it_feeds_a_query_engine(handbook: indexer.Index) -> None:
    synthesizer = get_response_synthesizer(llm=MockLLM(), response_mode=ResponseMode.COMPACT)
    engine = RetrieverQueryEngine(XunzhangRetriever(handbook, similarity_top_k=2), synthesizer)
    answer = engine.query("段落")
    assert len(answer.source_nodes) == 2
    assert answer.source_nodes[0].text in str(answer)


def test_what_goes_wrong_is_said(handbook: indexer.Index) -> None:
    with pytest.raises(BadParameter):
        XunzhangRetriever(handbook, similarity_top_k=101).retrieve("检索")
