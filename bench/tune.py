"""``make tune``: the weights of the score by cross-validation over all question sets, with the spread.

The first 100 hits of every question are taken with the parts of their scores; other weights only order them anew. In
each of five folds the weights are chosen by coordinate ascent on four fifths of every set and judged on the last fifth.
With ``--embedder`` the weight of ``dense`` is chosen too, for that model: it goes into the model's ``xunzhang.json``.
What is maximised is the mean over the sets of the share of MRR that was missing and is won, so that no set prevails.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

import indexer
from bench.quality import sets
from indexer.engines import scoring
from indexer.evaluation.judgements import Judgements
from indexer.evaluation.questions import Question
from indexer.model import Weights

FOLDS = 5
DEPTH = 10
# Sets of fewer questions say nothing about weights.
SMALLEST = 100
STEPS = (0.0, 0.5, 0.75, 1.33, 2.0)
# Ascent stops when no step wins more than this.
LEAST = 0.0005


@dataclass(frozen=True)
class Case:
    """The hits of one question.

    Attributes:
        parts: hits × parts of the score, unweighted.
        tiers, headings, kinds: of each hit its tier, whether it is a heading, and the weight of its kind.
        units: number of each hit's unit, -1 outside any.
        gold: for each unit whether it answers.
    """

    parts: np.ndarray
    tiers: np.ndarray
    headings: np.ndarray
    kinds: np.ndarray
    units: np.ndarray
    gold: np.ndarray

    def reciprocal_rank(self, weights: np.ndarray) -> float:
        """Of the first gold unit among the first ``DEPTH``."""
        if not len(self.units):
            return 0.0
        total = self.parts @ weights
        scores = np.where(self.headings, scoring.heading_score(total), scoring.body_score(total, self.kinds))
        order = np.lexsort((-scores, self.tiers))
        units = list(dict.fromkeys(unit for unit in self.units[order].tolist() if unit >= 0))[:DEPTH]
        return next((1 / rank for rank, unit in enumerate(units, 1) if self.gold[unit]), 0.0)


def cases(index: indexer.Index, questions: Sequence[Question]) -> Iterator[Case]:
    """All questions with their hits."""
    judgements = Judgements(index.documents(), questions)
    standard = Weights()
    for question in questions:
        hits = index.search(question.text, limit=indexer.MAX_LIMIT, facets=()).hits
        numbers: dict[str, int] = {}
        names = judgements.answers(question, hits)
        units = [numbers.setdefault(name, len(numbers)) if name else -1 for name in names]
        gold = judgements.gold(question)
        rows = [[hit.parts.get(name, 0.0) / getattr(standard, name) for name in scoring.PARTS] for hit in hits]
        kinds = [hit.passage.kind for hit in hits]
        yield Case(
            parts=np.array(rows).reshape(len(hits), len(scoring.PARTS)),
            tiers=np.array([list(indexer.Tier).index(hit.tier) for hit in hits]),
            headings=np.array([kind in scoring.HEADING_KINDS for kind in kinds]),
            kinds=np.array([scoring.KIND_WEIGHTS[kind] for kind in kinds]),
            units=np.array(units),
            gold=np.array([name in gold for name in numbers]),
        )


def means(chosen: Mapping[str, Sequence[Case]], weights: np.ndarray) -> dict[str, float]:
    """MRR of each set."""
    return {name: statistics.fmean(case.reciprocal_rank(weights) for case in each) for name, each in chosen.items()}


def ascend(chosen: Mapping[str, Sequence[Case]], start: np.ndarray) -> np.ndarray:
    """Weights that no single step betters; the first, of words, stays 1."""
    standard = means(chosen, start)

    def worth(weights: np.ndarray) -> float:
        found = means(chosen, weights)
        return statistics.fmean((found[name] - standard[name]) / (1 - standard[name]) for name in chosen)

    best, weights = 0.0, start.copy()
    while True:
        before = best
        for at in range(1, len(weights)):
            for step in STEPS:
                trial = weights.copy()
                trial[at] *= step
                if (value := worth(trial)) > best + LEAST:
                    best, weights = value, trial
        if best == before:
            return weights


def main() -> None:
    """Print weights and held-out MRR of each fold, and the spread."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--embedder", default=None, help="onnx:FOLDER or python:module:function")
    embedder = parser.parse_args().embedder
    with tempfile.TemporaryDirectory() as folder:
        every = {
            name: list(cases(index, questions))
            for name, index, questions in sets(Path(folder), embedder)
            if len(questions) >= SMALLEST
        }
    standard = asdict(Weights())
    start = np.array([standard[name] for name in scoring.PARTS])
    print("present", dict(zip(scoring.PARTS, start.tolist(), strict=True)))
    held: dict[str, list[tuple[float, float]]] = {name: [] for name in every}
    for fold in range(FOLDS):
        train = {name: [case for at, case in enumerate(each) if at % FOLDS != fold] for name, each in every.items()}
        test = {name: each[fold::FOLDS] for name, each in every.items()}
        weights = ascend(train, start)
        tuned, present = means(test, weights), means(test, start)
        print(f"fold {fold + 1}", {n: round(w, 3) for n, w in zip(scoring.PARTS, weights.tolist(), strict=True)})
        for name in every:
            held[name].append((present[name], tuned[name]))
    for name, pairs in held.items():
        for label, values in (("present", [a for a, _ in pairs]), ("tuned", [b for _, b in pairs])):
            print(
                f"{name:<12} {label:<8} held out MRR@10 {statistics.fmean(values):.4f} ± {statistics.stdev(values):.4f}"
            )


if __name__ == "__main__":
    main()
