"""Rankings and what is relevant → the measures of ir-measures, and whether two settings differ by more than chance."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indexer.errors import EngineMissing
from indexer.evaluation.questions import Question

# Names as ir-measures writes them; {k} is the depth.
MEASURES = {"MRR": "RR@{k}", "nDCG": "nDCG@{k}", "recall": "R@{k}", "hit@1": "Success@1"}


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one question: the answers found, best first, its measures by name, and milliseconds."""

    question: Question
    ranking: tuple[str, ...]
    gold: frozenset[str]
    measures: Mapping[str, float]
    ms: float

    @property
    def missing(self) -> bool:
        """Whether the index holds none of the documents that answer."""
        return all(answer.startswith("?") for answer in self.gold)

    @property
    def rank(self) -> int | None:
        """The rank of the first gold answer, from 1; None where none was found."""
        return next((rank for rank, answer in enumerate(self.ranking, 1) if answer in self.gold), None)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All questions answered in one setting.

    Attributes:
        means: mean of each measure over all questions.
    """

    answered: tuple[Answered, ...]
    means: Mapping[str, float] = field(default_factory=dict)

    @property
    def median_ms(self) -> float:
        """Half of the questions took no longer."""
        return statistics.median(each.ms for each in self.answered)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was found for one question: answers, best first; its gold, with how well each answers; milliseconds."""

    question: Question
    answers: tuple[str, ...]
    gold: Mapping[str, int]
    ms: float


def measure(rankings: Sequence[Ranking], depth: int) -> Evaluation:
    """Measure what was found down to ``depth``.

    Raises:
        EngineMissing: ir-measures is not installed.
    """
    values = _values(rankings, depth)
    answered = tuple(
        Answered(each.question, each.answers, frozenset(each.gold), values[each.question.id], each.ms)
        for each in rankings
    )
    return Evaluation(answered, {name: statistics.fmean(each.measures[name] for each in answered) for name in MEASURES})


def _values(rankings: Sequence[Ranking], depth: int) -> Mapping[str, Mapping[str, float]]:
    """Id of a question → its measures by name."""
    try:
        import ir_measures
    except ImportError as error:
        raise EngineMissing("评测要用到 ir-measures。", "请在项目目录里运行：pip install '.[eval]'") from error
    names = {ir_measures.parse_measure(text.format(k=depth)): name for name, text in MEASURES.items()}
    qrels = {each.question.id: dict(each.gold) for each in rankings}
    run = {each.question.id: {answer: -float(at) for at, answer in enumerate(each.answers)} for each in rankings}
    values: dict[str, dict[str, float]] = {each.question.id: dict.fromkeys(MEASURES, 0.0) for each in rankings}
    for metric in ir_measures.iter_calc(list(names), qrels, run):
        values[metric.query_id][names[metric.measure]] = metric.value
    return values


def significance(first: Evaluation, second: Evaluation, name: str) -> float:
    """The p-value of a paired permutation test (Smucker, Allan and Carterette 2007) on one measure."""
    import numpy as np
    from scipy.stats import permutation_test

    pairs = zip(first.answered, second.answered, strict=True)
    differences = np.array([a.measures[name] - b.measures[name] for a, b in pairs])
    if not differences.any():
        return 1.0
    test = permutation_test((differences,), np.mean, permutation_type="samples", n_resamples=9_999, rng=0)
    return float(test.pvalue)
