"""``make eval``: every question set that is there, in one table; ``--ablation`` leaves out each part of the score.

Sets beside the project (``../shared/qa``): passages without their titles, one document each; laws by article. The
project's own set over its handbook is always there.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import indexer
from bench import ROOT, SHARED
from indexer.evaluation import MEASURES, Question, evaluate, load_questions, significance, write_corpus
from indexer.parameters import SCORE_PARTS


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


def _set(folder: Path, name: str, source: Path, questions: Path) -> tuple[str, indexer.Index, tuple[Question, ...]]:
    index = indexer.create_index(folder / f"{name}.index")
    index.update([source])
    return name, index, load_questions(questions)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ablation", action="store_true", help="leave out each part of the score in turn")
    settings: list[tuple[str, ...]] = [()]
    if parser.parse_args().ablation:
        settings += [(part,) for part in SCORE_PARTS] + [tuple(p for p in SCORE_PARTS if p not in ("words", "kind"))]
    print(f"{'':<12}{'without':<22}{'n':>6}" + "".join(f"{name:>9}" for name in MEASURES) + f"{'ms':>7}  p(MRR)")
    with tempfile.TemporaryDirectory() as folder:
        for name, index, questions in sets(Path(folder)):
            whole = None
            for without in settings:
                found = evaluate(index, questions, without=without)
                whole = whole or found
                left_out = "-" if not without else without[0] if len(without) == 1 else "all but words"
                means = "".join(f"{found.means[measure]:>9.4f}" for measure in MEASURES)
                p = f"{significance(whole, found, 'MRR'):.3f}" if without else ""
                print(f"{name:<12}{left_out:<22}{len(questions):>6}{means}{found.median_ms:>7.1f}  {p}", flush=True)
            index.close()


if __name__ == "__main__":
    main()
