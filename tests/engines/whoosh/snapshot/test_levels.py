"""Frequencies of terms at each level."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.snapshot import levels as module
from indexer.engines.whoosh.snapshot.levels import CHAPTERS, DOCUMENTS, SECTIONS
from tests.support import count_calls, make_document, make_index

DOCUMENTS_OF_INDEX = [
    make_document("a", [("渔船渔港", ("一", "甲")), ("渔船", ("一", "乙")), ("港口", ("二",))]),
    make_document("b", [("渔业", ("一",)), ("渔船", ("一",))]),
]


@pytest.mark.parametrize(("level", "members"), [(SECTIONS, 3), (CHAPTERS, 2), (DOCUMENTS, 2)])
def test_how_many_hold_a_term_is_known_once_its_postings_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: str, members: int
) -> None:
    with make_index("whoosh", tmp_path, DOCUMENTS_OF_INDEX) as index:
        snapshot = index._engine._snapshot  # type: ignore[attr-defined]
        levels = snapshot.levels_of(snapshot.readers[0])
        counted = count_calls(monkeypatch, module, "_distinct")
        assert levels.frequency(level, layout.PAIRS, "渔") == members
        assert len(counted) == 1
        assert len(levels.posting(level, layout.PAIRS, "渔")[0]) == members
        assert levels.frequency(level, layout.PAIRS, "渔") == members
        assert len(counted) == 1
