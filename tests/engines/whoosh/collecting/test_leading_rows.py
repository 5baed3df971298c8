"""What is left out of scoring because it cannot lead changes no answer, and terms counted in few members none."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import scoring
from indexer.engines.whoosh.collecting import leading_rows
from indexer.engines.whoosh.collecting.segment_scores import SegmentScores
from indexer.engines.whoosh.snapshot import term_scores
from indexer.index.index import Index
from indexer.model import AnalyzedDocument
from tests.support import CHARACTERS, count_calls, documents, make_document, make_index

QUERIES = st.text(CHARACTERS, min_size=1, max_size=6)


@contextmanager
def both(found: list[AnalyzedDocument]) -> Iterator[tuple[Index, Index]]:
    """The definition and Whoosh over the same documents."""
    with (
        tempfile.TemporaryDirectory() as folder,
        make_index("memory", Path(folder) / "memory", found) as memory,
        make_index("whoosh", Path(folder) / "whoosh", found) as whoosh,
    ):
        yield memory, whoosh


def listed(index: Index, query: str, **options: object) -> list[tuple[str, float, str]]:
    """What is found, in order."""
    hits = index.search(query, limit=3, **options).hits  # type: ignore[arg-type]
    return [(hit.passage.id, hit.score, hit.tier.value) for hit in hits]


@pytest.mark.parametrize("few", [0, 10**6])
@pytest.mark.parametrize("scope", ["passage", "section"])
@given(found=st.lists(documents(), min_size=1, max_size=4), query=QUERIES)
def test_bounds_and_ways_to_count_change_no_answer(
    few: int, scope: str, found: list[AnalyzedDocument], query: str
) -> None:
    """All terms counted between the ends of members, or all by their lists; whatever can be left out left out."""
    with pytest.MonkeyPatch.context() as patch, both(found) as (memory, whoosh):
        patch.setattr(term_scores, "FEW", few)
        patch.setattr(leading_rows, "_MANY", 0)
        patch.setattr(scoring, "RESCORED", 1)
        assert listed(whoosh, query, scope=scope) == listed(memory, query, scope=scope)
        assert listed(whoosh, query, without=("kind",)) == listed(memory, query, without=("kind",))


def test_rows_that_cannot_lead_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A heading that says it lifts some above all that the characters of others could add."""
    monkeypatch.setattr(leading_rows, "_MANY", 0)
    texts = [("渔船入港", ("渔船",)), *[(f"渔船 第{at}", (f"其他{at}",)) for at in range(30)]]
    with make_index("whoosh", tmp_path, [make_document("a", texts)]) as index:
        scored = count_calls(monkeypatch, SegmentScores, "first_stage")
        monkeypatch.setattr(scoring, "RESCORED", 1)
        assert index.search("渔船", limit=1).hits[0].passage.ordinal == 0
    assert [len(rows) for _, rows in scored if isinstance(rows, np.ndarray)][-1] < len(texts)
