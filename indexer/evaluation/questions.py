"""Questions with known answers, and their judgements, out of files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from indexer.errors import BadParameter
from indexer.evaluation.files import read_lines, read_objects

Gold: TypeAlias = "str | Mapping[str, str]"
Judged: TypeAlias = "Mapping[str, Sequence[tuple[Gold, int]]]"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what answers it, each with how well it does (1 unless the file says otherwise)."""

    id: str
    text: str
    gold: tuple[tuple[Gold, int], ...]


def load_questions(path: Path, qrels: Path | None = None) -> tuple[Question, ...]:
    """Questions from a JSON Lines file: ``question`` (or ``text``), ``gold``, and ``id`` (or ``_id``) if there is one.

    Args:
        path: the file; ``gold`` is a string, an object with ``file`` and perhaps ``article`` or ``section``, or a list.
        qrels: judgements instead of ``gold``, in TREC's four columns or BEIR's three with a header.

    Raises:
        BadParameter: a file cannot be read; the line is named.
    """
    judged = _load_qrels(qrels) if qrels else None
    return tuple(_question(number, each, judged) for number, each in enumerate(read_objects(path), 1))


def _question(
    number: int, body: Mapping[str, Any], judged: Mapping[str, Sequence[tuple[Gold, int]]] | None
) -> Question:
    id_ = str(body.get("id") or body.get("_id") or number)
    text = body.get("question") or body.get("text") or ""
    golds = body.get("gold", [])
    if judged is not None:
        gold = tuple(judged.get(id_, ()))
    else:
        gold = tuple((each, 1) for each in (golds if isinstance(golds, list) else [golds]))
    if not isinstance(text, str) or not all(isinstance(each, str) or "file" in each for each, _ in gold):
        raise BadParameter(f"第 {number} 个问题看不懂。", "每行要有 question 和 gold（字符串，或带 file 的对象）。")
    return Question(id_, text, gold)


def _load_qrels(path: Path) -> Judged:
    judged: dict[str, list[tuple[Gold, int]]] = {}
    for number, line in enumerate(read_lines(path), 1):
        columns = line.split()
        if not columns or (number == 1 and not columns[-1].lstrip("-").isdigit()):
            continue
        if len(columns) not in (3, 4) or not columns[-1].lstrip("-").isdigit():
            raise BadParameter(f"{path} 第 {number} 行看不懂。", "要是 TREC 的四列或 BEIR 的三列。")
        if int(columns[-1]) > 0:
            judged.setdefault(columns[0], []).append((columns[-2], int(columns[-1])))
    return judged
