"""``make eval``: MRR@10 and recall@10 on the question sets beside the project, passages being indexed as they are."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import indexer
from bench import ROOT, SHARED

DEPTH = 10
ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千]+条(之[一二三四五六七八九十]+)?")
Question = tuple[str, frozenset[str]]


def lines(path: Path) -> Iterator[dict[str, object]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def passage_set(name: str, folder: Path) -> tuple[indexer.Index, list[Question], Callable[[indexer.Hit], str]]:
    """One text file for each passage; a hit counts for its file."""
    source = folder / name
    source.mkdir()
    for each in lines(SHARED / "qa" / f"{name}.passages.jsonl"):
        (source / f"{each['id']}.txt").write_text(str(each["text"]).replace("\n", ""), "utf-8")
    index = indexer.create_index(folder / f"{name}.index")
    index.update([source])
    questions = [
        (str(each["question"]), frozenset([str(each["gold"])]))
        for each in lines(SHARED / "qa" / f"{name}.questions.jsonl")
    ]
    return index, questions, lambda hit: Path(hit.document.path).stem


def law_set(folder: Path) -> tuple[indexer.Index, list[Question], Callable[[indexer.Hit], str]]:
    """Questions about articles of law; a hit counts for its article."""
    index = indexer.create_index(folder / "laws.index")
    index.update([SHARED / "corpora" / "just-laws"])
    questions = []
    for each in lines(SHARED / "qa" / "stard_dev.jsonl"):
        gold: list[dict[str, str]] = each["gold"]  # type: ignore[assignment]
        questions.append((str(each["question"]), frozenset(f"just-laws/{g['file']}#{g['article']}" for g in gold)))

    def article(hit: indexer.Hit) -> str:
        number = next((heading for heading in hit.passage.section[::-1] if ARTICLE.fullmatch(heading)), "")
        return f"{hit.document.path}#{number}" if number else ""

    return index, questions, article


def measure(index: indexer.Index, questions: list[Question], unit: Callable[[indexer.Hit], str]) -> tuple[float, float]:
    """Mean reciprocal rank and share of gold units among the first ten units."""
    reciprocal = recall = 0.0
    for question, gold in questions:
        hits = index.search(question, limit=indexer.MAX_LIMIT, facets=()).hits
        units = list(dict.fromkeys(filter(None, map(unit, hits))))[:DEPTH]
        reciprocal += next((1 / rank for rank, each in enumerate(units, 1) if each in gold), 0.0)
        recall += len(gold.intersection(units)) / len(gold)
    return reciprocal / len(questions), recall / len(questions)


def main() -> None:
    """Print the table."""
    if not (SHARED / "qa").is_dir():
        print(f"没有问答集：请把它放在 {ROOT.name} 旁边的 shared/qa，或用 XUNZHANG_SHARED 指明。")
        return
    with tempfile.TemporaryDirectory() as folder:
        sets: dict[str, Callable[[], tuple[indexer.Index, list[Question], Callable[[indexer.Hit], str]]]] = {
            "cmrc_trial": lambda: passage_set("cmrc_trial", Path(folder)),
            "drcd_dev": lambda: passage_set("drcd_dev", Path(folder)),
            "stard_dev": lambda: law_set(Path(folder)),
        }
        for name, load in sets.items():
            index, questions, unit = load()
            mrr, recall = measure(index, questions, unit)
            print(f"{name:<12} {len(questions):>5} 问  MRR@10 {mrr:.4f}  R@10 {recall:.4f}")
            index.close()


if __name__ == "__main__":
    main()
