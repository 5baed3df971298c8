"""Examples on the first page: queries that show what can be asked, and that have an answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import indexer
from webui.pages.examples import example_queries

LAW = """# 数据安全法

## 第一章 总则

**第一条** 为了规范数据处理活动，保障数据安全，促进数据开发利用，制定本法。

**第二条** 在境内开展数据处理活动及其安全监管，适用本法。

## 第二章 数据安全制度

**第三条** 国家建立数据分类分级保护制度，加强对重要数据的保护。
"""
REPORT = """# 报告

## 一、数字经济与产业转型

数字经济持续增长，产业转型步伐加快。各地推进数字经济集聚发展，转型升级的产业不断增加。
"""
SORTS = {
    "words": r"\w+ \w+",
    "quotation": "“.+”",
    "article": r"第.+条 \w+",
    "near": r"\w+ NEAR/\d+ \w+",
    "chapter": r"章节:\w+ \w+",
}
CORPORA = {
    "law": ({"法.md": LAW}, set(SORTS)),
    "report": ({"报告.md": REPORT}, set(SORTS) - {"article"}),
    "no headings": ({"文.txt": "数据安全，人人有责。"}, {"words", "quotation", "near"}),
    "many": ({f"法{number}.md": LAW.replace("数据", f"数据{number}") for number in range(40)}, set(SORTS)),
    "no words": ({"符号.txt": "1 + 1 = 2"}, set()),
    "nothing": ({}, set()),
}


@pytest.mark.parametrize(("files", "sorts"), CORPORA.values(), ids=CORPORA)
def test_each_sort_that_the_documents_can_answer(tmp_path: Path, files: dict[str, str], sorts: set[str]) -> None:
    (tmp_path / "文").mkdir()
    for name, text in files.items():
        (tmp_path / "文" / name).write_text(text, "utf-8")
    with indexer.create_index(tmp_path / "index", engine="memory") as index:
        index.update([tmp_path / "文"])
        examples = example_queries(index)
        assert all(index.search(example.query, match="all").hits for example in examples)
        assert all(index.explain(example.query).warnings == () for example in examples)
    assert all(re.fullmatch(SORTS[example.sort], example.query) for example in examples)
    assert [example.sort for example in examples] == [sort for sort in SORTS if sort in sorts]


def test_the_word_of_an_article_is_never_its_number(tmp_path: Path) -> None:
    (tmp_path / "法.md").write_text("# 法\n\n第一千二百五十九条 依照第一千二百条，所称以上包括本数。\n", "utf-8")
    with indexer.create_index(tmp_path / "index", engine="memory") as index:
        index.update([tmp_path / "法.md"])
        queries = {example.sort: example.query for example in example_queries(index)}
    article, _, word = queries["article"].partition(" ")
    assert article == "第一千二百五十九条"
    assert word and not set(word) & set(article)
