"""LangChain's own standard tests of retrievers, and what it is told of each passage."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.runnables import RunnableLambda
from langchain_tests.integration_tests import RetrieversIntegrationTests
from pydantic import ValidationError

import indexer
from indexer.errors import BadParameter, QueryTooLong
from indexer.integrations.langchain import XunzhangRetriever


class TestStandard(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _index(self, handbook: indexer.Index) -> None:
        self.index = handbook

    @property
    def retriever_constructor(self) -> type[XunzhangRetriever]:
        return XunzhangRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"index": self.index}

    @property
    def retriever_query_example(self) -> str:
        return "数据 安全"


def test_documents_carry_what_cites_them(handbook: indexer.Index) -> None:
    retriever = XunzhangRetriever(index=handbook, k=3, options={"kind": ["body"]})
    documents = retriever.invoke("检索")
    hits = handbook.search("检索", kind=["body"], limit=3).hits
    assert [each.page_content for each in documents] == [hit.passage.text for hit in hits]
    for document, hit in zip(documents, hits, strict=True):
        about = json.loads(json.dumps(document.metadata))
        assert (document.id, about["score"], about["tier"]) == (hit.passage.id, hit.score, hit.tier.value)
        assert about["citation"].startswith(f"《{hit.document.title}》")
        assert handbook.passage(about["permalink"]) == hit.passage
        assert (about["section"], about["source"]) == (list(hit.passage.section), hit.document.path)


def test_a_call_may_narrow_it(handbook: indexer.Index) -> None:
    retriever = XunzhangRetriever(index=handbook)
    found = retriever.invoke("检索", k=2, document=["docs/05-Python接口.md"])
    assert {each.metadata["title"] for each in found} == {"Python 接口"}


async def test_it_is_part_of_a_chain(handbook: indexer.Index) -> None:
    chain = XunzhangRetriever(index=handbook, k=2) | RunnableLambda(lambda documents: len(documents))
    assert await chain.abatch(["检索", "段落", "鱻"]) == [2, 2, 0]


def test_what_goes_wrong_is_said(handbook: indexer.Index) -> None:
    with pytest.raises(ValidationError):
        XunzhangRetriever(index=handbook, k=0)
    with pytest.raises(BadParameter):
        XunzhangRetriever(index=handbook).invoke("检索", k=101)
    with pytest.raises(QueryTooLong):
        XunzhangRetriever(index=handbook).invoke("检" * 1_001)
