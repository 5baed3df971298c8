"""How good the ranking is on questions with known answers, by ir-measures; one index or setting against another.

A question's gold is a unit: a document (named by path, id or file name without ending), an article or a section of it,
which holds what stands below it. Hits are collapsed to units of the kinds that the question's gold is of, best hit
first; passages outside any unit are skipped.
"""

from __future__ import annotations

import json
import re
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias
from urllib.parse import quote, unquote

from indexer.errors import BadParameter, EngineMissing
from indexer.index.create import create_index, open_index
from indexer.index.index import Index
from indexer.model import Document, Hit
from indexer.model.choices import MAX_LIMIT, MAX_QUERY
from indexer.model.headings import section_value

# Names as ir-measures writes them; {k} is the depth.
MEASURES = {"MRR": "RR@{k}", "nDCG": "nDCG@{k}", "recall": "R@{k}", "hit@1": "Success@1"}
_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千0-9]+条(之[一二三四五六七八九十]+)?")

Gold: TypeAlias = "str | Mapping[str, str]"
Judged: TypeAlias = "Mapping[str, Sequence[tuple[Gold, int]]]"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the units that answer it, each with how well it does (1 unless the file says otherwise)."""

    id: str
    text: str
    gold: tuple[tuple[Gold, int], ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one question: units in their order, its measures by name, and milliseconds."""

    question: Question
    units: tuple[str, ...]
    gold: frozenset[str]
    measures: Mapping[str, float]
    ms: float

    @property
    def missing(self) -> bool:
        """Whether the index holds none of the documents that answer."""
        return all(unit.startswith("?") for unit in self.gold)

    @property
    def rank(self) -> int | None:
        """The place of the first gold unit, from 1; None where none was found."""
        return next((rank for rank, unit in enumerate(self.units, 1) if unit in self.gold), None)


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


def load_questions(path: Path, qrels: Path | None = None) -> tuple[Question, ...]:
    """Questions from a JSON Lines file: ``question`` (or ``text``), ``gold``, and ``id`` (or ``_id``) if there is one.

    Args:
        path: the file; ``gold`` is a string, an object with ``file`` and perhaps ``article`` or ``section``, or a list.
        qrels: judgements instead of ``gold``, in TREC's four columns or BEIR's three with a header.

    Raises:
        BadParameter: a file cannot be read; the line is named.
    """
    judged = _load_qrels(qrels) if qrels else None
    return tuple(_question(number, each, judged) for number, each in enumerate(_objects(path), 1))


def write_corpus(path: Path, folder: Path, *, titles: bool = True) -> None:
    """Write each object of a JSON Lines corpus (``id`` or ``_id``, ``title``, ``text``, as BEIR's) as a text file.

    Raises:
        BadParameter: the file cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number, body in enumerate(_objects(path), 1):
        title = str(body.get("title", "")) if titles else ""
        head = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n" if title else ""
        name = quote(str(body.get("id") or body.get("_id") or number), safe="")
        text = " ".join(str(body.get("text", "")).split("\n"))
        (folder / f"{name}.txt").write_text(f"{head}{text}\n", "utf-8")


@contextmanager
def index_of_corpus(corpus: Path) -> Iterator[Index]:
    """An index of a JSON Lines corpus (``write_corpus``) that is gone afterwards."""
    with TemporaryDirectory() as folder, create_index(Path(folder) / "index") as index:
        write_corpus(corpus, Path(folder) / "corpus")
        index.update([Path(folder) / "corpus"])
        yield index


def evaluate(index: Index, questions: Sequence[Question], *, depth: int = 10, **options: Any) -> Evaluation:
    """Ask all questions.

    Args:
        index: what to ask.
        questions: at least one.
        depth: units looked at.
        options: as ``Index.search`` takes them.

    Raises:
        EngineMissing: ir-measures is not installed.
        BadParameter: no questions, or none whose gold is in the index.
    """
    units = Units(index.documents(), questions)
    answered = []
    for question in questions:
        started = time.perf_counter()
        found = _ask(index, question, units, depth, options)
        ms = (time.perf_counter() - started) * 1_000
        answered.append((question, found, units.of_gold(question), ms))
    return _measured(answered, depth)


def _ask(index: Index, question: Question, units: Units, depth: int, options: Mapping[str, Any]) -> tuple[str, ...]:
    """The first ``depth`` units; as many hits as that takes, within the limit of a page."""
    limit = min(MAX_LIMIT, 2 * depth)
    while True:
        hits = index.search(question.text[:MAX_QUERY], limit=limit, facets=(), **options).hits
        found = tuple(dict.fromkeys(filter(None, units.of_hits(question, hits))))[:depth]
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
    asked = load_questions(questions, qrels)
    first = evaluate(index, asked, depth=depth)
    others = {}
    if against is not None:
        with open_index(against) as other:
            others[str(against)] = evaluate(other, asked, depth=depth)
    if without:
        others["无 " + "、".join(without)] = evaluate(index, asked, depth=depth, without=without)
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


def _measured(answered: Sequence[tuple[Question, tuple[str, ...], Mapping[str, int], float]], depth: int) -> Evaluation:
    try:
        import ir_measures
    except ImportError as error:
        raise EngineMissing("评测要用到 ir-measures。", "请在项目目录里安装：pip install '.[eval]'") from error
    measures = {name: ir_measures.parse_measure(text.format(k=depth)) for name, text in MEASURES.items()}
    qrels = {question.id: dict(gold) for question, _, gold, _ in answered}
    run = {question.id: {unit: -float(at) for at, unit in enumerate(found)} for question, found, _, _ in answered}
    values: dict[str, dict[str, float]] = {question.id: dict.fromkeys(MEASURES, 0.0) for question, _, _, _ in answered}
    names = {measure: name for name, measure in measures.items()}
    for metric in ir_measures.iter_calc(list(measures.values()), qrels, run):
        values[metric.query_id][names[metric.measure]] = metric.value
    done = tuple(
        Answered(question, found, frozenset(gold), values[question.id], ms) for question, found, gold, ms in answered
    )
    return Evaluation(done, {name: statistics.fmean(each.measures[name] for each in done) for name in MEASURES})


class Units:
    """Names the units of one index as the questions mean them."""

    def __init__(self, documents: Sequence[Document], questions: Sequence[Question]) -> None:
        golds = [gold for question in questions for gold, _ in question.gold]
        if not golds:
            raise BadParameter("没有可评测的问题。", "每行要有 question 和 gold，或者用 --qrels 给出答案。")
        self._paths: dict[str, str] = {}
        for document in documents:
            path = PurePosixPath(document.path)
            tails = ("/".join(path.parts[start:]) for start in range(len(path.parts)))
            for name in (document.id, path.stem, unquote(path.stem), *tails):
                self._paths.setdefault(name, document.path)
        if not any(self._path(gold) for gold in golds):
            raise BadParameter("问题的答案都不在这个索引里。", "请核对 --index，或答案里的文件名。")

    def of_gold(self, question: Question) -> dict[str, int]:
        """The gold units of a question; what the index does not hold keeps a name that no hit has."""
        return {self._name(gold): grade for gold, grade in question.gold}

    def of_hits(self, question: Question, hits: Iterable[Hit]) -> tuple[str, ...]:
        """The units of hits, empty for those outside any; of the kind of the question's gold, a gold unit first."""
        gold = self.of_gold(question)
        kinds = list(dict.fromkeys(map(_kind, (each for each, _ in question.gold)))) or ["document"]
        kinds.sort(key=_KINDS.index)
        return tuple(self._of_hit(hit, kinds, gold) for hit in hits)

    def _of_hit(self, hit: Hit, kinds: Sequence[str], gold: Mapping[str, int]) -> str:
        named = [name for kind in kinds for name in _names(hit, kind)]
        return next(filter(gold.__contains__, named), named[0] if named else "")

    def _path(self, gold: Gold) -> str:
        return self._paths.get(gold if isinstance(gold, str) else gold["file"], "")

    def _name(self, gold: Gold) -> str:
        path, kind = self._path(gold) or f"?{gold}", _kind(gold)
        return path if kind == "document" or isinstance(gold, str) else f"{path}#{gold[kind]}"


# From the smallest unit to the largest.
_KINDS = ("article", "section", "document")


def _kind(gold: Gold) -> str:
    """What a gold unit is."""
    return "document" if isinstance(gold, str) else next((kind for kind in _KINDS if kind in gold), "document")


def _names(hit: Hit, kind: str) -> list[str]:
    """The names of the units of a kind that a hit stands in, the smallest first."""
    path, section = hit.document.path, hit.passage.section
    match kind:
        case "article":
            return [f"{path}#{heading}" for heading in reversed(section) if _ARTICLE.fullmatch(heading)][:1]
        case "section":
            return [f"{path}#{section_value(section[:depth])}" for depth in range(len(section), -1, -1)]
    return [path]


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


def _objects(path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(_lines(path), 1):
        try:
            body = json.loads(line) if line.strip() else None
        except ValueError as error:
            raise BadParameter(f"{path} 第 {number} 行不是 JSON：{error}。", "每行要是一个 JSON 对象。") from error
        if isinstance(body, dict):
            yield body
        elif body is not None:
            raise BadParameter(f"{path} 第 {number} 行不是对象。", "每行要是一个 JSON 对象。")


def _load_qrels(path: Path) -> Judged:
    judged: dict[str, list[tuple[Gold, int]]] = {}
    for number, line in enumerate(_lines(path), 1):
        columns = line.split()
        if not columns or (number == 1 and not columns[-1].lstrip("-").isdigit()):
            continue
        if len(columns) not in (3, 4) or not columns[-1].lstrip("-").isdigit():
            raise BadParameter(f"{path} 第 {number} 行看不懂。", "要是 TREC 的四列或 BEIR 的三列。")
        if int(columns[-1]) > 0:
            judged.setdefault(columns[0], []).append((columns[-2], int(columns[-1])))
    return judged


def _lines(path: Path) -> Iterable[str]:
    try:
        return path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadParameter(f"{path} 读不出来（{error}）。", "请给出一个 UTF-8 文本文件。") from error
