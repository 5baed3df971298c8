"""``python -m bench.worst INDEX``: the dearest queries, by the CPU time each takes of an index warmed as servers do it.

Every operator and field is tried with the commonest characters and words of the index, at the longest that a query may
be; then every option, with a sample of these; then random queries join them all. The seed makes them the same. What is
over the bound is told at once, and at the end the dearest as a table, of what ``--seconds`` left time for.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import indexer
from indexer.errors import XunzhangError
from indexer.model.choices import CHOICES, FACETS, MAX_FACET, MAX_LIMIT, MAX_OFFSET, MAX_QUERY
from webui.allocator import settle

# Milliseconds of CPU that no query may take.
BOUND = 500
_COMMON = 300

Asked = tuple[str, str, Mapping[str, Any]]


class Measured(NamedTuple):
    """CPU milliseconds of a query on an index just warmed, and once more."""

    fresh: float
    again: float
    name: str
    way: str


class Vocabulary:
    """The commonest characters and words of an index."""

    def __init__(self, index: indexer.Index) -> None:
        counted = Counter(dict(index._engine.vocabulary()))
        chars: Counter[str] = Counter()
        for word, count in counted.items():
            for char in word:
                chars[char] += count
        self.characters = [char for char, _ in chars.most_common(_COMMON) if char.isalnum()]
        self.marks = [char for char, _ in chars.most_common(_COMMON) if not char.isalnum()] or ["，"]
        self.words = [word for word, _ in counted.most_common(10 * _COMMON) if len(word) > 1 and word.isalnum()][
            :_COMMON
        ]
        self.mixed = [*self.characters[:30], *self.words[:60]]


def _filled(parts: Iterator[str] | Sequence[str], joint: str) -> str:
    """As many of ``parts`` as a query may hold, joined."""
    text = ""
    for part in parts:
        longer = f"{text}{joint}{part}" if text else part
        if len(longer) > MAX_QUERY:
            break
        text = longer
    return text


def shapes(vocabulary: Vocabulary, rand: random.Random) -> dict[str, str]:
    """A query at its longest for every way of writing one."""
    v = vocabulary
    endless: Callable[[Callable[[], str]], Iterator[str]] = lambda make: iter(make, None)  # noqa: E731
    pick, word = (lambda: rand.choice(v.mixed)), (lambda: rand.choice(v.words))
    char = lambda: rand.choice(v.characters[:40])  # noqa: E731
    wild = {
        "*x*": lambda: f"*{char()}*",
        "x*": lambda: f"{char()}*",
        "*x": lambda: f"*{char()}",
        "xx*": lambda: f"{word()}*",
        "*xx": lambda: f"*{word()}",
        "x*x": lambda: f"{char()}*{char()}",
        "x?x": lambda: f"{char()}?{char()}",
        "x??x": lambda: f"{char()}??{char()}",
        "?x?": lambda: f"?{char()}?",
        "xx*xx": lambda: f"{word()}*{word()}",
        "x*x*x*x": lambda: "*".join(char() for _ in range(4)),
        "x*?*x": lambda: f"{char()}*?*{char()}",
    }
    ten = {name: " OR ".join(make() for _ in range(10)) for name, make in wild.items()}
    fields = ("章节", "主题", "标题", "文档", "标签")
    return {
        **{f"character {each}": each for each in v.characters[:4]},
        **{f"mark {each}": each for each in v.marks[:3]},
        "six characters": " ".join(v.characters[:6]),
        "characters": _filled(endless(char), " "),
        "characters OR": _filled(v.characters, " OR "),
        "words": _filled(v.words, " "),
        "words OR": _filled(v.words, " OR "),
        "without words": _filled(v.words, " -"),
        "one run": _filled(v.words, ""),
        "one guessed word": "\U00020000" * MAX_QUERY,
        "one run of characters": _filled(endless(char), ""),
        "quoted": _filled((f'"{each}"' for each in v.words), " "),
        "quoted OR": _filled((f'"{each}"' for each in v.characters), " OR "),
        "nested": "(" * 49 + "的 OR 是" + " -法) OR 国" * 49,
        "nested words": _filled((f"({a} OR {b})" for a, b in zip(v.words, v.words[1:], strict=False)), " "),
        "NEAR": _filled(endless(lambda: f"{char()} NEAR/1000 {char()}"), " OR "),
        "NEAR words": _filled(endless(lambda: f"{word()} NEAR/1000 {word()}"), " OR "),
        "NEAR numbers": _filled(endless(lambda: f"{rand.randint(1, 99)}条 NEAR/1000 {rand.randint(1, 99)}年"), " OR "),
        **{f"field {name}": _filled(endless(lambda name=name: f"{name}:{pick()}"), " OR ") for name in fields},  # type: ignore[misc]
        **{f"field {name} x?x": " OR ".join(f"{name}:{wild['x?x']()}" for _ in range(10)) for name in fields},
        **{f"field {name} x*": " OR ".join(f"{name}:{wild['x*']()}" for _ in range(10)) for name in fields},
        "years": _filled(endless(lambda: f"年份:{rand.randint(1950, 1999)}..{rand.randint(2000, 2024)}"), " OR "),
        "numbers": _filled(endless(lambda: f"第{rand.randint(1, 99)}条"), " "),
        "numbers OR": _filled(endless(lambda: f"{rand.randint(1000, 9999)}年"), " OR "),
        "numbers in a run": _filled(endless(lambda: f"第{rand.randint(1, 99)}条第{rand.randint(1, 9)}款"), ""),
        "digits": _filled(endless(lambda: str(rand.randint(0, 9))), " "),
        "digits OR": _filled(map(str, range(10_000)), " OR "),
        "letters": _filled(endless(lambda: rand.choice("abcdefghijklmnopqrstuvwxyzABCDEFG")), " "),
        **{f"wildcard {name}": text for name, text in ten.items()},
        **{f"wildcard {name} and words": _filled([*text.split(" OR "), *v.words], " ") for name, text in ten.items()},
        "all at once": _filled(
            [make() for make in list(wild.values())[:9]]
            + [f"章节:{char()}", f"-{word()}", f"{char()} NEAR/1000 {char()}", "年份:2000..", f'"{word()}"'] * 8,
            " OR ",
        ),
    }


def options(vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    """Every option by itself, and the dearest together."""
    many = {"facets": FACETS, "facet_depth": MAX_FACET, "facet_limit": MAX_FACET}
    single = {f"{name}={value}": {name: value} for name, values in CHOICES.items() for value in values[1:]}
    listed = {
        "facets": many,
        "chapters": {"chapters": MAX_FACET},
        "far page": {"offset": MAX_OFFSET, "limit": MAX_LIMIT},
    }
    filters = {
        "filters": {
            "section": [[word] for word in vocabulary.words],
            "topic": vocabulary.words,
            "document": vocabulary.words,
            "tag": vocabulary.words,
            "year": [f"{year}.." for year in range(1950, 2020)],
            "kind": ["body"],
        }
    }
    joined = {
        "section, exact script, all counted": {
            **many, "scope": "section", "script": "exact", "chapters": MAX_FACET, "collapse": "text",
            "group": "document", "limit": MAX_LIMIT, "group_limit": 10,
        }
    }  # fmt: skip
    return {"": {}, **single, **listed, **filters, **joined}


def joined(texts: Mapping[str, str], ways: Mapping[str, Mapping[str, Any]], rand: random.Random) -> Asked:
    """Pieces of three shapes, mixed, with three options."""
    names = rand.sample(sorted(texts), 3)
    parts = [piece for name in names for piece in texts[name].split(" ")[:40]]
    rand.shuffle(parts)
    chosen = {key: value for way in rand.sample(sorted(ways), 3) for key, value in ways[way].items()}
    return " + ".join(names), "random", {"query": " ".join(parts)[:MAX_QUERY], **chosen}


def asked(vocabulary: Vocabulary, rand: random.Random, each: int, count: int) -> list[Asked]:
    """Every shape by default, ``each`` of them with every option, then ``count`` random joints with random options."""
    texts, ways = shapes(vocabulary, rand), options(vocabulary)
    alone = [(name, "", {"query": text}) for name, text in texts.items()]
    optional = [
        (name, way, {"query": texts[name], **ways[way]})
        for way in filter(None, ways)
        for name in rand.sample(sorted(texts), each)
    ]
    return [*alone, *optional, *(joined(texts, ways, rand) for _ in range(count))]


def milliseconds(index: indexer.Index, arguments: Mapping[str, Any]) -> float:
    """CPU milliseconds of one search in this process."""
    started = time.process_time()
    with suppress(XunzhangError):  # a query that is refused cost what it cost
        index.search(**arguments)
    return (time.process_time() - started) * 1e3


def measure(index: indexer.Index, arguments: Mapping[str, Any]) -> tuple[float, float]:
    """CPU milliseconds of a search in a copy of this process, and of the same search again: ``index`` keeps nothing."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.write(writing, json.dumps([milliseconds(index, arguments) for _ in range(2)]).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as told:  # noqa: PTH123 (a descriptor)
        fresh, again = json.load(told)
    os.waitpid(child, 0)
    return fresh, again


def measured(index: indexer.Index, every: Sequence[Asked], seconds: float) -> list[Measured]:
    """The queries that there was time for, the dearest first; those over the bound are printed as they come."""
    end = time.monotonic() + seconds
    found: list[Measured] = []
    for name, way, arguments in every:
        if time.monotonic() > end:
            break
        fresh, again = measure(index, arguments)
        found.append(Measured(fresh, again, name, way))
        if fresh > BOUND:
            print(f"{len(found):4} of {len(every)}: {fresh:6.0f} ms  {name}  [{way or 'by default'}]", flush=True)
    return sorted(found, key=lambda each: -each.fresh)


def table(found: Sequence[Measured], shown: int) -> str:
    """The dearest in Markdown."""
    rows = (f"| {each.fresh:.0f} | {each.again:.0f} | {each.name} | {each.way or '–'} |" for each in found[:shown])
    return "\n".join(["| CPU ms | again | query | options |", "| --- | --- | --- | --- |", *rows]) + "\n"


def main() -> None:
    """Print the dearest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--each", type=int, default=4, help="shapes that every option is tried with")
    parser.add_argument("--random", type=int, default=60, help="random queries on top")
    parser.add_argument("--seconds", type=float, default=900, help="no query is begun after so many")
    parser.add_argument("--shown", type=int, default=25)
    arguments = parser.parse_args()
    with indexer.open_index(arguments.index) as index:
        every = asked(Vocabulary(index), random.Random(arguments.seed), arguments.each, arguments.random)
        index.warm()
        settle()  # as servers do
        found = measured(index, every, arguments.seconds)
    over = sum(each.fresh > BOUND for each in found)
    print(f"\n{len(found)} of {len(every)} queries, {over} over {BOUND} ms of CPU; the dearest:\n")
    print(table(found, arguments.shown), end="")


if __name__ == "__main__":
    main()
