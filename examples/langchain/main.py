"""A LangChain chain from a question to a prompt with cited passages: python main.py [索引目录] [问题]."""

from __future__ import annotations

import sys

from langchain_core.documents import Document
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough

import indexer
from indexer.errors import XunzhangError
from indexer.integrations.langchain import XunzhangRetriever

PROMPT = ChatPromptTemplate.from_template("只根据下面的段落回答，并写明出处。\n\n{passages}\n\n问题：{question}")


def cited(documents: list[Document]) -> str:
    """Passages, each under its source."""
    return "\n".join(f"【{each.metadata['citation']}】{each.page_content}" for each in documents) or "（没有找到段落）"


def main() -> None:
    """Print what a model would be asked; put yours at the end of the chain: ``… | PROMPT | model``."""
    place, question = (*sys.argv[1:], *("index/demo", "查询里怎样排除一个词？")[len(sys.argv) - 1 :])[:2]
    try:
        with indexer.open_index(place) as index:
            retriever = XunzhangRetriever(index=index, k=3, options={"kind": ["body"]})
            chain = {"passages": retriever | cited, "question": RunnablePassthrough()} | PROMPT
            print(chain.invoke(question).to_string())
    except XunzhangError as error:
        sys.exit(f"错误：{error}")


if __name__ == "__main__":
    main()
