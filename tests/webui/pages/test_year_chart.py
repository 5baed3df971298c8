"""The years with hits, for the slider: what is drawn, and which of it is chosen."""

from __future__ import annotations

import pytest

from webui.pages.year_chart import HEIGHT, LOWEST, MOST, year_chart

YEARS = [("2020", 4), ("none", 9), ("2012", 1), ("2015", 400)]


def test_a_bar_for_each_year_as_high_as_it_has_hits() -> None:
    drawn = year_chart(YEARS, ())
    assert drawn is not None
    assert (drawn.first, drawn.last, drawn.width) == (2012, 2020, 9)
    assert [(bar.x, bar.height) for bar in drawn.bars] == [(0, LOWEST), (3, HEIGHT), (8, LOWEST)]
    assert all(bar.is_chosen for bar in drawn.bars)


@pytest.mark.parametrize(
    ("chosen", "begin", "end"),
    [
        (("2013..2018",), 2013, 2018),
        (("2015",), 2015, 2015),
        (("2014..",), 2014, 2020),
        (("..2014",), 2012, 2014),
        (("1990..2050",), 2012, 2020),
        (("none",), 2012, 2020),
        (("2012", "2020"), 2012, 2020),  # no range
    ],
)
def test_what_is_chosen_is_marked(chosen: tuple[str, ...], begin: int, end: int) -> None:
    drawn = year_chart(YEARS, chosen)
    assert drawn is not None
    assert (drawn.begin, drawn.end) == (begin, end)
    assert [bar.is_chosen for bar in drawn.bars] == [begin <= 2012 + bar.x <= end for bar in drawn.bars]


def test_there_must_be_something_to_choose() -> None:
    assert year_chart([("2020", 4), ("none", 9)], ()) is None


def test_a_stray_year_does_not_make_it_endless() -> None:
    drawn = year_chart([*YEARS, ("0012", 1)], ())
    assert drawn is not None
    assert drawn.first > drawn.last - MOST
