"""Ids and permalinks as people hand them on."""

from __future__ import annotations

import pytest

from indexer.model.ids import without_marks


@pytest.mark.parametrize("mark", ["", "。", "）", "）。", "，见下文", ".", ">", "” ", "、a-4.0f3a5c"])
@pytest.mark.parametrize("link", ["0f3a-12.0f3a5c", "0f3a-12"])
def test_marks_that_are_glued_to_a_permalink_are_no_part_of_it(link: str, mark: str) -> None:
    assert without_marks(f"{link}{mark}") == link


@pytest.mark.parametrize("other", ["0f3a-12.0f3a5c7", "0f3a-x", "甲", "", "0f3a-12b"])
def test_what_is_no_permalink_stays(other: str) -> None:
    assert without_marks(other) == other
