"""What is summed of rows, against live rows one by one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.contract import Removal
from indexer.engines.whoosh.commits import merge_policy
from indexer.engines.whoosh.segments import layout, segment_rows
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.model import AnalyzedDocument
from tests.support import MANIFEST, documents, make_engine


def totals_by_rows(reader: SegmentReader) -> dict[str, list[int]]:
    """Passages, words and characters under each heading, live rows one by one."""
    totals = {name: [0] * len(reader.sections) for name in (layout.PASSAGES, layout.WORDS, layout.CHARS)}
    for row in np.flatnonzero(reader.live).tolist():
        node = int(reader.nodes[row])
        totals[layout.PASSAGES][node] += 1
        totals[layout.WORDS][node] += int(reader.word_counts[row])
        totals[layout.CHARS][node] += len(reader.chars(row))
    return totals


@pytest.mark.parametrize(("width", "are_stored"), [(6, True), (2, True), (6, False)])
@given(first=st.lists(documents(), min_size=1, max_size=3), changed=documents(), gone=st.integers(0, 2))
def test_totals_of_sections_are_those_of_live_rows(
    width: int, are_stored: bool, first: list[AnalyzedDocument], changed: AnalyzedDocument, gone: int
) -> None:
    """After an update and a removal, with segments merged (``width`` 2) and not; stored, and in files without them."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(merge_policy, "TIER_WIDTH", width)
        if not are_stored:
            patch.setattr(segment_rows, "TOTALS", dict.fromkeys(segment_rows.TOTALS, "none"))
        engine = make_engine("whoosh", Path(folder) / "index")
        engine.apply(first, MANIFEST)
        engine.apply([changed, Removal(first[min(gone, len(first) - 1)].document.id)], MANIFEST)
        for reader in engine._snapshot.readers:  # type: ignore[attr-defined]
            for name, totals in totals_by_rows(reader).items():
                assert reader.section_totals(name).tolist() == totals
        engine.close()
