"""The sentences of the library, as its source has them: ``{}`` for what is put in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import indexer

ROOT = Path(indexer.__file__).parent
# Rooms, or parts of them, whose Chinese is no message to a person at a terminal: it is what documents are compared
# with, what a model reads, or a template to copy.
_OTHERS = ("cli", "analysis", "integrations", "citation/styles.py", "documents/structure", "documents/boilerplate",
           "engines/_template.py", "model/notebook.py", "serialize", "search/explain.py")  # fmt: skip
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PATTERN = re.compile(r"[\\|^$]|\(\?")


def sentences() -> set[str]:
    """Whatever ends as a sentence does, or begins as what to do does."""
    found: set[str] = set()
    for path in ROOT.rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(_OTHERS):
            found |= {text for text in _texts(ast.parse(path.read_text("utf-8"))) if _is_message(text)}
    return found


def _is_message(text: str) -> bool:
    is_sentence = text.endswith("。") or text.startswith("请")
    return is_sentence and len(text) > 3 and bool(_CHINESE.search(text)) and not _PATTERN.search(text)


def _texts(tree: ast.AST) -> Iterator[str]:
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (parts | statements):
            yield node.value
