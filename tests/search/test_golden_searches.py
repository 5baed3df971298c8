"""Golden searches: rows of query → hits in ``tests/golden/searches``, asked of every engine (README.md there)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from indexer.index.index import Index
from indexer.model import AnalyzedDocument, Document, Kind, Passage
from tests.support import ANALYZER, ENGINES, make_index

GOLDEN = Path(__file__).parent.parent / "golden" / "searches"
TIERS = ("exact", "all", "some", "near")
KEYS = {"query", "options", *TIERS, "order", "marked", "total", "warnings", "why"}
Row: TypeAlias = dict[str, Any]
Open: TypeAlias = Callable[[str, str], Index]

TABLES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(GOLDEN.glob("*.toml"))}
ROWS = [(name, row) for name, table in TABLES.items() for row in table["search"]]


def passage(document_id: str, ordinal: int, written: str | dict[str, Any]) -> Passage:
    about = {"text": written} if isinstance(written, str) else written
    section, topics = tuple(about.get("section", ())), tuple(about.get("topics", ()))
    return Passage(document_id, ordinal, about["text"], section, topics, Kind(about.get("kind", "body")))


def document(written: dict[str, Any]) -> AnalyzedDocument:
    key = written["id"]
    about = Document(
        key, f"corpus/{key}.md", written["title"], date=written.get("date"), tags=tuple(written.get("tags", ()))
    )
    return ANALYZER.analyze(about, [passage(key, ordinal, each) for ordinal, each in enumerate(written["passages"])])


@pytest.fixture(scope="module")
def open_table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """The index of a table's corpus on an engine, made once."""

    @cache
    def opened(engine: str, table: str) -> Index:
        return make_index(
            engine, tmp_path_factory.mktemp(table), [document(each) for each in TABLES[table]["document"]]
        )

    yield opened
    opened.cache_clear()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("table", "row"), ROWS, ids=[f"{name}: {row['query']} ({row['why']})" for name, row in ROWS])
def test_golden(open_table: Open, engine: str, table: str, row: Row) -> None:
    results = open_table(engine, table).search(row["query"], limit=100, **row.get("options", {}))
    found: dict[str, list[str]] = {tier: [] for tier in TIERS}
    for hit in results.hits:
        found[hit.tier.value].append(hit.passage.id)
    expected = {tier: sorted(row.get(tier, [])) for tier in TIERS}
    assert {tier: sorted(ids) for tier, ids in found.items()} == expected, row["why"]
    assert results.total == row.get("total", len(found["exact"]) + len(found["all"])), row["why"]
    assert results.tiers["some"] == len(found["some"])
    assert [warning.code for warning in results.warnings] == row.get("warnings", []), row["why"]
    order = row.get("order", [])
    assert [hit.passage.id for hit in results.hits][: len(order)] == order, row["why"]
    if "marked" in row:
        hit = results.hits[0]
        assert [hit.passage.text[start:end] for start, end in hit.highlights] == row["marked"], row["why"]


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_well_written(name: str) -> None:
    ids = {f"{each['id']}-{ordinal}" for each in TABLES[name]["document"] for ordinal in range(len(each["passages"]))}
    for row in TABLES[name]["search"]:
        named = [each for tier in TIERS for each in row.get(tier, [])]
        assert row.keys() <= KEYS, row
        assert row["why"] and len(named) == len(set(named)), row
        assert ids.issuperset(named) and set(named).issuperset(row.get("order", [])), row
    assert TABLES[name].keys() == {"document", "search"}
