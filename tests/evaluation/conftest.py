"""A small index of laws, and questions to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import indexer
from indexer.evaluation.questions import Question
from indexer.index.index import Index

LAW = """# 税法

## 第一章 总则

**第一条** 税收优惠由国务院规定。

税收优惠的办法另行公布。

**第二条** 纳税人依法纳税。

## 第二章 附则

**第三条** 本法自公布之日起施行。
"""


@pytest.fixture
def index(tmp_path: Path) -> Index:
    folder = tmp_path / "法规"
    folder.mkdir()
    (folder / "税法.md").write_text(LAW, "utf-8")
    (folder / "说明.txt").write_text("纳税人须知。\n", "utf-8")
    made = indexer.create_index(tmp_path / "索引")
    made.update([folder])
    return made


def ask(text: str, *gold: object) -> Question:
    return Question(text, text, tuple((each, 1) for each in gold))  # type: ignore[misc]


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", "utf-8")
    return path
