"""A small index with a past, everything that can be asked of it, and what may be done to it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import indexer
from indexer import errors

_QUERIES = ("数据", "第2条", '"甲版 数据"', "安全 -附则", "税*", "标题:篇", "数据的安全和税收怎么办", "的")


def answers(index: indexer.Index) -> str:
    """All that an index says: documents, passages, and what queries find, with scores, facets and highlights."""
    said: list[object] = [
        [
            document.path,
            document.title,
            [[each.text, each.section, each.topics] for each in index.passages(document.id)],
        ]
        for document in index.documents()
    ]
    for query in _QUERIES:
        found = index.search(query, limit=100, facets=("section", "topic", "document", "kind"))
        hits = [[hit.passage.id, hit.tier, round(hit.score, 6), hit.highlights] for hit in found.hits]
        facets = {name: [[value.value, value.count] for value in values] for name, values in found.facets.items()}
        said.append([query, found.total, hits, facets])
    said.append([index.stats().passages, [each.text for each in index.complete("数")]])
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def write_corpus(folder: Path, version: str, numbers: range) -> None:
    """Documents of those numbers, all of one version, and no others."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number in numbers:
        articles = "".join(
            f"第{each}条 {version} 数据安全，税收第{number * each}项，依法处理的活动。\n\n" for each in range(1, 9)
        )
        (folder / f"{number:02}.md").write_text(
            f"# 第{number}篇\n\n## 总则\n\n{articles}## 附则\n\n{version}施行。\n", "utf-8"
        )


Change: TypeAlias = Callable[[Path, Path, int], None]


def _first(place: Path, corpus: Path, workers: int) -> None:
    with indexer.create_index(place) as index:
        index.update([corpus], workers=workers)


def _update(place: Path, corpus: Path, workers: int) -> None:
    with indexer.open_index(place) as index:
        index.update([corpus], workers=workers)


def _prune(place: Path, corpus: Path, workers: int) -> None:
    with indexer.open_index(place) as index:
        index.update([corpus], workers=workers, prune=True)


def _rebuild(place: Path, corpus: Path, workers: int) -> None:
    with indexer.create_index(place, replace_existing=True) as index:
        index.update([corpus], workers=workers)


CHANGES: dict[str, Change] = {"first build": _first, "update": _update, "prune": _prune, "rebuild": _rebuild}


@dataclass(frozen=True, slots=True)
class World:
    """An index at one state, and a corpus that leads to the next.

    Attributes:
        old: an index that has seen updates and removals, so that it has several segments; never changed.
        corpus: the documents of the next state.
        before: what the old index answers.
        after: what it answers after each change.
    """

    folder: Path
    old: Path
    corpus: Path
    before: str
    after: dict[str, str]

    def copy(self, name: str = "index") -> Path:
        """The old index, at a place where things may happen to it."""
        place = self.folder / name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.old, place)
        return place

    def fresh(self, change: str, name: str = "index") -> Path:
        """What a change begins with."""
        place = self.copy(name)
        if change == "first build":
            shutil.rmtree(place)
        return place

    def judge(self, place: Path, change: str) -> str:
        """What is wrong after a change to ``place`` was cut short: it must be whole, before or after it, and go on."""
        try:
            with indexer.open_index(place) as index:
                said, problems = answers(index), index.check()
        except errors.IndexMissing:
            if change != "first build":
                return f"the index is gone after {change}"
        else:
            if problems:
                return f"after {change}: {problems}"
            empty = change == "first build" and not json.loads(said)[-1][0]
            if not empty and said not in (self.before, self.after[change]):
                return f"after {change} it answers as neither before nor after it"
        (CHANGES["update"] if change == "first build" and _is_there(place) else CHANGES[change])(place, self.corpus, 1)
        with indexer.open_index(place) as index:
            if answers(index) != self.after[change]:
                return f"{change} did not come to its end afterwards"
            kept = sum(path.name.endswith(".toc") for path in place.iterdir())
        return "" if kept == 1 else f"files of {change} were left behind"


def _is_there(place: Path) -> bool:
    try:
        indexer.open_index(place).close()
    except errors.IndexMissing:
        return False
    return True


def make_world(folder: Path) -> World:
    """Build it."""
    corpus, old = folder / "语料", folder / "old"
    write_corpus(corpus, "甲版", range(10))
    CHANGES["first build"](old, corpus, 1)
    for last in (9, 8):  # two more segments, and rows that are deleted
        (corpus / f"{last:02}.md").write_text(f"# 第{last}篇\n\n甲版 数据改过一次。\n", "utf-8")
        CHANGES["update"](old, corpus, 1)
    with indexer.open_index(old) as index:
        before = answers(index)
    write_corpus(corpus, "乙版", range(4, 12))
    world = World(folder, old, corpus, before, {})
    for name, change in CHANGES.items():
        place = world.fresh(name)
        change(place, corpus, 1)
        with indexer.open_index(place) as index:
            world.after[name] = answers(index)
    return world
