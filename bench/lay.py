"""``python -m bench.lay``: questions as laymen put them, each with the articles that answer it, over laws-large.

Asked without synonyms and with a file of them (``examples/synonyms/法律口语.txt``); what is not among the first three
is named. An index that is there already spares the building of one.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import indexer
from bench import ROOT, SHARED
from indexer.evaluation.compare import evaluate
from indexer.evaluation.measures import Evaluation
from indexer.evaluation.questions import load_questions

QUESTIONS = Path(__file__).with_name("lay_questions.jsonl")
SYNONYMS = ROOT / "examples" / "synonyms" / "法律口语.txt"
# The answers that a reader looks at.
FIRST = 3


def print_result(setting: str, found: Evaluation) -> None:
    """The share of questions answered first, among the first three and at all; with synonyms what is not."""
    ranks = [answered.rank for answered in found.answered]
    first, few = (sum(rank is not None and rank <= most for rank in ranks) for most in (1, FIRST))
    print(f"{setting:<10} first {first}, among {FIRST} {few} of {len(ranks)}; MRR {found.means['MRR']:.4f}", flush=True)


def main() -> None:
    """Print both results, and what is missed with synonyms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=None, help="an index of laws-large")
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--synonyms", type=Path, default=SYNONYMS)
    arguments = parser.parse_args()
    questions = load_questions(arguments.questions)
    with tempfile.TemporaryDirectory() as folder:
        place = arguments.index or Path(folder)
        if arguments.index is None:
            with indexer.create_index(place) as made:
                made.update([SHARED / "corpora" / "laws-large"])
        with indexer.open_index(place, synonyms=arguments.synonyms) as index:
            print_result("without", evaluate(index, questions, synonyms="off"))
            found = evaluate(index, questions)
            print_result("synonyms", found)
    for answered in found.answered:
        if answered.rank is None or answered.rank > FIRST:
            print(f"    {answered.rank or '-'}  {answered.question.text}")


if __name__ == "__main__":
    main()
