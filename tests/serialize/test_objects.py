"""The objects of the API: facets of an answer are written as those that somebody has made or copied."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import indexer
from tests.support import write

LAW = """---
title: 渔业法
---
# 第一章 总/则

渔业开头。

## 第一节 \\近海

第一条 渔业由渔政管理。

# 第二章 附则

第二条 渔业自公布之日起。
"""


def test_facets_are_written_as_their_values_are(tmp_path: Path) -> None:
    write(tmp_path / "in" / "渔业法.md", LAW)
    with indexer.create_index(tmp_path / "index") as index:
        index.update([tmp_path / "in"])
        found = index.search("渔业", facets=indexer.FACETS, facet_depth=3, facet_limit=1)
    written = indexer.results_to_dict(found)
    assert written == indexer.results_to_dict(replace(found, facets=dict(found.facets)))
    (section,) = written["facets"]["section"]
    assert list(section) == ["value", "label", "count", "some", "path", "children", "truncated"]
    assert section["value"] == r"第一章 总\/则"
    assert section["path"] == ["第一章 总/则"]
    (child,) = section["children"]
    assert child["path"] == ["第一章 总/则", "第一节 \\近海"]
    assert written["truncated"] == [name for name in indexer.FACETS if name in written["truncated"]]
    (document,) = written["facets"]["document"]
    assert list(document) == ["value", "label", "count", "some"]
    assert json.loads(json.dumps(written)) == {**written, "hits": json.loads(json.dumps(written["hits"]))}
