"""How good the ranking is on questions with known answers; one index or setting against another.

Hits are collapsed to answers of the kinds that the question's gold is of (``judgements``), best hit first; passages
outside any are skipped.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.evaluation.judgements import Judgements
from indexer.evaluation.measures import MEASURES, Answered, Evaluation, Ranking, measure, significance
from indexer.evaluation.questions import Question, load_questions
from indexer.index.create import open_index
from indexer.index.index import Index
from indexer.model.choices import MAX_LIMIT, MAX_QUERY


def evaluate(index: Index, questions: Sequence[Question], *, depth: int = 10, **options: Any) -> Evaluation:
    """Ask all questions.

    Args:
        index: what to ask.
        questions: at least one.
        depth: answers looked at.
        options: as ``Index.search`` takes them.

    Raises:
        EngineMissing: ir-measures is not installed.
        BadParameter: no questions, or none whose gold is in the index.
    """
    judgements = Judgements(index.documents(), questions)
    return measure([_ranking(index, question, judgements, depth, options) for question in questions], depth)


def _ranking(
    index: Index, question: Question, judgements: Judgements, depth: int, options: Mapping[str, Any]
) -> Ranking:
    started = time.perf_counter()
    answers = _ask(index, question, judgements, depth, options)
    return Ranking(question, answers, judgements.gold(question), (time.perf_counter() - started) * 1_000)


def _ask(
    index: Index, question: Question, judgements: Judgements, depth: int, options: Mapping[str, Any]
) -> tuple[str, ...]:
    """The first ``depth`` answers; as many hits as that takes, within the limit of a page."""
    limit = min(MAX_LIMIT, 2 * depth)
    while True:
        hits = index.search(question.text[:MAX_QUERY], limit=limit, facets=(), **options).hits
        found = tuple(dict.fromkeys(filter(None, judgements.answers(question, hits))))[:depth]
        if len(found) == depth or len(hits) < limit or limit == MAX_LIMIT:
            return found
        limit = MAX_LIMIT


@dataclass(frozen=True, slots=True)
class Row:
    """One setting in a table: its name, what came of it, and for each measure the p-value against the first setting."""

    name: str
    evaluation: Evaluation
    p_values: Mapping[str, float] = field(default_factory=dict)


def compare(
    index: Index,
    questions: Path,
    *,
    qrels: Path | None = None,
    against: Path | None = None,
    without: Sequence[str] = (),
    depth: int = 10,
) -> tuple[Row, ...]:
    """Evaluate an index, and beside it another index, or itself without some parts of the score.

    Raises:
        BadParameter, EngineMissing: as ``load_questions`` and ``evaluate`` do.
    """
    loaded = load_questions(questions, qrels)
    first = evaluate(index, loaded, depth=depth)
    others = {}
    if against is not None:
        with open_index(against) as other:
            others[str(against)] = evaluate(other, loaded, depth=depth)
    if without:
        others["无 " + "、".join(without)] = evaluate(index, loaded, depth=depth, without=without)
    p_values = {name: {key: significance(first, other, key) for key in MEASURES} for name, other in others.items()}
    return (Row(str(index.path), first), *(Row(name, other, p_values[name]) for name, other in others.items()))


def rows_to_dict(rows: Sequence[Row]) -> dict[str, Any]:
    """The object that ``eval --json`` prints."""
    return {
        "settings": [
            {
                "name": row.name,
                "questions": len(row.evaluation.answered),
                "median_ms": row.evaluation.median_ms,
                "means": dict(row.evaluation.means),
                "p_values": dict(row.p_values),
                "missing": sum(each.missing for each in row.evaluation.answered),
                "lost": [_lost(each) for each in row.evaluation.answered if each.rank != 1],
            }
            for row in rows
        ]
    }


def _lost(answered: Answered) -> dict[str, Any]:
    question = answered.question
    return {"id": question.id, "question": question.text, "rank": answered.rank, "gold": sorted(answered.gold)}
