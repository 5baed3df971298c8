"""``make eval``: all question sets that are there, in a table; ``--ablation`` leaves each part out, and takes it alone.

Sets beside the project (``../shared/qa``): passages without their titles, one document each; laws by article. The
project's own set over its handbook is always there, and its own questions about those laws, as a lawyer types them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import indexer
from bench import ROOT, SHARED
from indexer.engines.scoring import PARTS
from indexer.evaluation.compare import evaluate
from indexer.evaluation.corpus import write_corpus
from indexer.evaluation.measures import MEASURES, significance
from indexer.evaluation.questions import Question, load_questions
from indexer.model.weights import SCORE_PARTS


def sets(folder: Path) -> Iterator[tuple[str, indexer.Index, tuple[Question, ...]]]:
    """Name, index and questions of each set that is there."""
    yield _set(folder, "handbook", ROOT / "docs", Path(__file__).with_name("questions.jsonl"))
    for name in ("cmrc_trial", "drcd_dev"):
        questions = SHARED / "qa" / f"{name}.questions.jsonl"
        if questions.is_file():
            write_corpus(SHARED / "qa" / f"{name}.passages.jsonl", folder / f"{name}.corpus", titles=False)
            yield _set(folder, name, folder / f"{name}.corpus", questions)
    if (SHARED / "qa" / "stard_dev.jsonl").is_file():
        yield _set(folder, "stard_dev", SHARED / "corpora" / "just-laws", SHARED / "qa" / "stard_dev.jsonl")
    if (SHARED / "corpora" / "just-laws").is_dir():
        asked = Path(__file__).with_name("law_questions.jsonl")
        yield _set(folder, "law_questions", SHARED / "corpora" / "just-laws", asked)


def _set(folder: Path, name: str, source: Path, questions: Path) -> tuple[str, indexer.Index, tuple[Question, ...]]:
    index = indexer.create_index(folder / f"{name}.index")
    index.update([source])
    return name, index, load_questions(questions)


def settings(*, ablation: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name and parts left out of each setting."""
    yield "all parts", ()
    if ablation:
        for part in SCORE_PARTS:
            yield f"without {part}", (part,)
        for part in PARTS:
            yield f"{part} alone", tuple(other for other in SCORE_PARTS if other not in (part, "kind"))
        yield "words + characters", tuple(p for p in SCORE_PARTS if p not in ("words", "characters", "kind"))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ablation", action="store_true", help="leave out each part of the score in turn")
    wanted = list(settings(ablation=parser.parse_args().ablation))
    print(f"{'':<14}{'':<28}{'n':>6}" + "".join(f"{name:>9}" for name in MEASURES) + f"{'ms':>7}  p(MRR)")
    with tempfile.TemporaryDirectory() as folder:
        for name, index, questions in sets(Path(folder)):
            whole = None
            for setting, without in wanted:
                found = evaluate(index, questions, without=without)
                whole = whole or found
                means = "".join(f"{found.means[measure]:>9.4f}" for measure in MEASURES)
                p = f"{significance(whole, found, 'MRR'):.3f}" if without else ""
                print(f"{name:<14}{setting:<28}{len(questions):>6}{means}{found.median_ms:>7.1f}  {p}", flush=True)
            index.close()


if __name__ == "__main__":
    main()
