"""The sentences of the library, as its source has them: ``{}`` for what is put in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import indexer
from indexer import errors
from indexer.errors import XunzhangError

ROOT = Path(indexer.__file__).parent
# Rooms, or parts of them, whose Chinese is no message to a person at a terminal: it is what documents are compared
# with, what a model reads, or a template to copy.
_OTHERS = ("cli", "analysis", "integrations", "citation/styles.py", "documents/structure", "documents/boilerplate",
           "engines/_template.py", "model/notebook.py", "serialize", "search/explain.py")  # fmt: skip
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PATTERN = re.compile(r"[\\|^$]|\(\?")
_ENDS = ("。", "？", "！")


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


def unended() -> list[str]:
    """Messages of errors that do not end as sentences do, though a hint follows, into which they would run."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, XunzhangError)]
    said = list(_first_of_several(frozenset(kind.__name__ for kind in kinds)))
    assert len(said) > 50
    return [text for text in said if not text.endswith(_ENDS)]


def _first_of_several(names: frozenset[str]) -> Iterator[str]:
    """The first of several arguments, where it is written there, of calls by these names."""
    nodes = (node for path in ROOT.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    calls = (node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    for call in calls:
        if call.func.id in names and call.args[1:] and isinstance(call.args[0], (ast.Constant, ast.JoinedStr)):
            yield next(_texts(call.args[0]), "")
