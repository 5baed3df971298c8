"""``make eval``: all question sets that are there, in a table; ``--ablation`` leaves each part out, and takes it alone.

With ``--embedder`` (``make eval EMBEDDER=onnx:FOLDER``) indexes have vectors, each set is asked with and without them,
and for each is told how many questions are answered better and worse; ``--lost`` names those that lose so many ranks.

Sets beside the project (``../shared/qa``): passages without their titles, one document each; laws by article. The
project's own set over its handbook is always there, and its own questions about those laws, as a lawyer types them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

import indexer
from bench import ROOT, SHARED
from indexer.engines.scoring import PARTS
from indexer.evaluation.compare import evaluate
from indexer.evaluation.corpus import write_corpus
from indexer.evaluation.measures import MEASURES, Evaluation, significance
from indexer.evaluation.questions import Question, load_questions
from indexer.model.weights import SCORE_PARTS

# The rank of what is not among the answers looked at.
_BEYOND = 11


def sets(
    folder: Path, embedder: str | None = None, only: Collection[str] = ()
) -> Iterator[tuple[str, indexer.Index, tuple[Question, ...]]]:
    """Name, index and questions of each set that is there, or of those that are wanted."""
    for name, source, questions in _sources(folder):
        if not only or name in only:
            yield _set(folder, name, source, questions, embedder)


def _sources(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Name, corpus and questions of each set."""
    yield "handbook", ROOT / "docs", Path(__file__).with_name("questions.jsonl")
    for name in ("cmrc_trial", "drcd_dev"):
        questions = SHARED / "qa" / f"{name}.questions.jsonl"
        if questions.is_file():
            write_corpus(SHARED / "qa" / f"{name}.passages.jsonl", folder / f"{name}.corpus", titles=False)
            yield name, folder / f"{name}.corpus", questions
    if (SHARED / "qa" / "stard_dev.jsonl").is_file():
        yield "stard_dev", SHARED / "corpora" / "just-laws", SHARED / "qa" / "stard_dev.jsonl"
    if (SHARED / "corpora" / "just-laws").is_dir():
        asked = Path(__file__).with_name("law_questions.jsonl")
        yield "law_questions", SHARED / "corpora" / "just-laws", asked


def _set(
    folder: Path, name: str, source: Path, questions: Path, embedder: str | None
) -> tuple[str, indexer.Index, tuple[Question, ...]]:
    index = indexer.create_index(folder / f"{name}.index", embedder=embedder)
    index.update([source])
    return name, index, load_questions(questions)


def settings(*, ablation: bool, meaning: bool = False) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name and parts left out of each setting."""
    yield "all parts", ()
    if meaning:
        yield "without dense", ("dense",)
    if ablation:
        for part in SCORE_PARTS:
            yield f"without {part}", (part,)
        for part in PARTS:
            yield f"{part} alone", tuple(other for other in SCORE_PARTS if other not in (part, "kind"))
        yield "words + characters", tuple(p for p in SCORE_PARTS if p not in ("words", "characters", "kind"))


def print_changes(whole: Evaluation, plain: Evaluation, lost: int) -> None:
    """How many questions vectors answer better and worse, and which they lose."""
    ranks = [
        (one.rank or _BEYOND, other.rank or _BEYOND) for one, other in zip(whole.answered, plain.answered, strict=True)
    ]
    better, worse = sum(one < other for one, other in ranks), sum(one > other for one, other in ranks)
    print(f"{'':<14}{'better / worse by vectors':<28}{better:>6} / {worse}")
    for (one, other), answered in zip(ranks, whole.answered, strict=True):
        if lost and one - other >= lost:
            print(f"    {other} → {'-' if one == _BEYOND else one}  {answered.question.id}  {answered.question.text}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ablation", action="store_true", help="leave out each part of the score in turn")
    parser.add_argument("--embedder", default=None, help="onnx:FOLDER or python:module:function")
    parser.add_argument("--only", nargs="*", default=(), help="names of sets")
    parser.add_argument("--lost", type=int, default=0, help="name questions that lose so many ranks by vectors")
    arguments = parser.parse_args()
    wanted = list(settings(ablation=arguments.ablation, meaning=arguments.embedder is not None))
    print(f"{'':<14}{'':<28}{'n':>6}" + "".join(f"{name:>9}" for name in MEASURES) + f"{'ms':>7}  p(MRR)")
    with tempfile.TemporaryDirectory() as folder:
        for name, index, questions in sets(Path(folder), arguments.embedder, arguments.only):
            whole = None
            for setting, without in wanted:
                found = evaluate(index, questions, without=without)
                whole = whole or found
                means = "".join(f"{found.means[measure]:>9.4f}" for measure in MEASURES)
                p = f"{significance(whole, found, 'MRR'):.3f}" if without else ""
                print(f"{name:<14}{setting:<28}{len(questions):>6}{means}{found.median_ms:>7.1f}  {p}", flush=True)
                if without == ("dense",):
                    print_changes(whole, found, arguments.lost)
            index.close()


if __name__ == "__main__":
    main()
