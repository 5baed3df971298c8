"""Slides printed as PDF, each page of which stands by itself."""

from __future__ import annotations

import pytest

from tests.documents.formats.pdf.test_reader import FOURTH, FULL, SECOND, THIRD, texts
from tests.documents.formats.pdf.writer import Page


def pages(width: float, height: float) -> list[Page]:
    """Two pages, each with lines as long as the others, of which the last is in the middle of a sentence."""
    made = [Page(size=(0, 0, width, height)) for _ in range(2)]
    for page, lines in zip(made, ((FULL, SECOND), (THIRD, FOURTH)), strict=True):
        for number, line in enumerate(lines):
            page.text(60, height - 150 - 20 * number, line)
    return made


@pytest.mark.parametrize(("width", "height"), [(720, 540), (960, 540), (720, 450)])
def test_a_sentence_does_not_go_on_over_a_slide(width: float, height: float) -> None:
    assert texts(*pages(width, height)) == [FULL + SECOND, THIRD + FOURTH]


@pytest.mark.parametrize(("width", "height"), [(842, 595), (792, 612), (595, 842)])
def test_it_goes_on_over_a_sheet_of_paper(width: float, height: float) -> None:
    assert texts(*pages(width, height)) == [FULL + SECOND + THIRD + FOURTH]
