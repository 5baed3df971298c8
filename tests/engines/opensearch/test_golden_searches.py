"""The golden searches, asked of a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from indexer.index.index import Index
from tests.search import test_golden_searches as golden
from tests.support import cluster_urls, make_index, opensearch_pool


@pytest.fixture(scope="module")
def open_table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[golden.Open]:
    """The index of a table's corpus, made once."""
    cluster_urls()

    @cache
    def opened(engine: str, table: str) -> Index:
        folder = tmp_path_factory.mktemp(table)
        return make_index(
            engine, folder / "index", [golden.document(each) for each in golden.TABLES[table]["document"]]
        )

    yield opened
    for folder in tmp_path_factory.getbasetemp().iterdir():
        opensearch_pool().release(folder)


@pytest.mark.parametrize(
    ("table", "row"), golden.ROWS, ids=[f"{name}: {row['query']} ({row['why']})" for name, row in golden.ROWS]
)
def test_golden(open_table: golden.Open, table: str, row: golden.Row) -> None:
    golden.test_golden(open_table, "opensearch", table, row)
