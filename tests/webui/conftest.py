"""A small corpus behind the application, with everything hostile that a file can hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

import indexer
import webui

REPORT = """---
title: 数字发展报告
date: 2021-07-02
tags: [报告, 经济]
---

# 数字发展报告

## 一、数字经济

### （一）产业数字化

数字经济持续增长，数据安全得到保障。

### （二）数字产业化

软件业务收入增长，数据要素活跃。

## 二、数字政府

政务数据共享步伐加快，安全有保障。

| 指标 | 数值 |
| --- | --- |
| 数据量 | 1,000 亿 |
"""
HOSTILE = """<html><head><title>&lt;script&gt;alert(1)&lt;/script&gt;</title></head><body>
<h1>&lt;img src=x onerror=alert(2)&gt;</h1>
<p>正文里的 &lt;script&gt;alert(3)&lt;/script&gt; 与 <a href="javascript:alert(4)">链接文字</a>，恶意数据。</p>
</body></html>
"""
PLAIN = "没有标题的文本\n\n" + "\n\n".join(f"第{number}段，谈到数据。" for number in range(1, 31)) + "\n"


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[indexer.Index]:
    folder = tmp_path_factory.mktemp("web")
    corpus = folder / "语料"
    corpus.mkdir()
    (corpus / "报告.md").write_text(REPORT, "utf-8")
    (corpus / "恶意<b>&amp;.html").write_text(HOSTILE, "utf-8")
    (corpus / "文本.txt").write_text(PLAIN, "utf-8")
    with indexer.create_index(folder / "index") as made:
        assert not made.update([corpus]).failed
        yield made


@pytest.fixture
def client(index: indexer.Index) -> FlaskClient:
    return webui.create_app(index).test_client()
