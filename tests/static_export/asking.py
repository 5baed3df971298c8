"""Asks the JavaScript of an export, and compares its answers with those of the index it was made from."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import indexer
from indexer.index.index import Index

NODE = shutil.which("node")
BOUNDED = "static_bounded"
DRIVER = Path(__file__).with_name("driver.mjs")
needs_node = pytest.mark.skipif(NODE is None, reason="没有 node，浏览器里的检索程序跑不起来")


def ask(folder: Path, requests: Sequence[Mapping[str, Any]], driver: Path = DRIVER) -> list[dict[str, Any]]:
    """What an export answers to requests, asked one after the other in one visit, with what was moved so far."""
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    run = subprocess.run(
        [NODE or "node", driver, folder], input=lines, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def differing(index: Index, folder: Path, requests: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """The requests that are answered otherwise, each with where, what was expected and what came; those aside whose
    answer says that it is not whole.
    """
    found = []
    for request, said in zip(requests, ask(folder, requests), strict=True):
        options = {name: value for name, value in request.items() if name != "q"}
        expected = indexer.results_to_dict(index.search(request["q"], **options))
        answer = said["answer"]
        if any(warning["code"] == BOUNDED for warning in answer.get("warnings", ())):
            continue  # it says that it did not look at everything
        for each in (expected, answer):
            for name in ("took_ms", "generation", "suggestions"):
                each.pop(name, None)
        found.extend((request, *difference) for difference in _differences(_as_json(expected), answer, ""))
    return found


def _as_json(value: object) -> Any:
    return json.loads(json.dumps(value))


def _differences(expected: Any, answer: Any, path: str) -> Iterable[tuple[str, Any, Any]]:
    """Where two JSON values differ, numbers by more than a billionth."""
    if isinstance(expected, dict) and isinstance(answer, dict) and expected.keys() == answer.keys():
        for key in expected:
            yield from _differences(expected[key], answer[key], f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(answer, list) and len(expected) == len(answer):
        for at, (one, other) in enumerate(zip(expected, answer, strict=True)):
            yield from _differences(one, other, f"{path}[{at}]")
    elif isinstance(expected, float) and isinstance(answer, int | float):
        if abs(expected - answer) > 1e-9 * max(1, abs(expected)):
            yield path, expected, answer
    elif expected != answer:
        yield path, expected, answer
