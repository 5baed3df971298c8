"""What may be asked for is written once; where a signature or a type has to repeat it, both are held equal."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import indexer
from indexer.engines.requests import Request
from indexer.engines.scoring import PARTS
from indexer.errors import BadParameter
from indexer.index.index import Index
from indexer.model import Filters, Kind, Tier, Weights, choices
from indexer.model.weights import SCORE_PARTS
from indexer.model.years import YEAR_PATTERN, parse_years
from indexer.query.options import Options, make_filters
from indexer.serialize import shapes
from tests.support import ROOT


def test_every_filter_has_a_name_and_a_facet() -> None:
    assert tuple(choices.FILTER_NAMES) == choices.FILTERS
    assert set(choices.FACETS) == set(choices.FILTERS)
    assert set(choices.DEFAULT_FACETS) < set(choices.FACETS)
    assert set(choices.DOCUMENT_FILTERS) < set(choices.FILTERS)
    assert set(choices.CONDITIONS) < set(choices.CHOICES)


def test_names_of_the_api_are_those_of_the_model() -> None:
    assert get_args(shapes.TierName) == tuple(Tier)
    assert get_args(shapes.KindName) == tuple(Kind)


def test_the_index_takes_all_that_there_is() -> None:
    searching = inspect.signature(Index.search).parameters
    assert {*choices.FILTERS, *choices.CHOICES, *choices.BOUNDS} < set(searching)
    diagnosing = set(inspect.signature(Index.diagnose).parameters)
    assert diagnosing == {"self", "query", *choices.FILTERS, *choices.CONDITIONS}
    verifying = set(inspect.signature(Index.verify).parameters)
    assert verifying == {"self", "quote", *choices.DOCUMENT_FILTERS, "limit"}


@pytest.mark.parametrize("made", [Options, Request])
def test_options_and_requests_have_the_defaults(made: type) -> None:
    defaults = {each.name: each.default for each in fields(made)}
    common = {**choices.DEFAULTS, **{name: bounds.default for name, bounds in choices.BOUNDS.items()}}
    assert {name: defaults[name] for name in common if name in defaults}.items() <= common.items()
    assert {"scope", "sort", "collapse", "group", *choices.BOUNDS} <= set(defaults)


def test_every_part_of_the_score_has_a_weight() -> None:
    assert (*PARTS, "kind") == SCORE_PARTS
    assert Weights().without("lead").lead == 0
    with pytest.raises(BadParameter):
        Weights().without("leads")


@pytest.mark.parametrize("name", choices.BOUNDS)
def test_numbers_have_both_ends(name: str) -> None:
    bounds = choices.BOUNDS[name]
    for value in (bounds.least, bounds.default, bounds.most):
        assert getattr(Options(**{name: value}), name) == value  # type: ignore[arg-type]
    for value in (bounds.least - 1, bounds.most + 1):
        with pytest.raises(BadParameter):
            Options(**{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "year"),
    [("2020", "2020"), ("２０２０", "2020"), ("２０１９．．２０２０", "2019..2020"), ("无", "none"), ("none", "none")],
)
def test_years_of_filters_may_be_typed_in_full_width(typed: str, year: str) -> None:
    assert make_filters(year=[typed]) == Filters(year=(year,))


@pytest.mark.parametrize("typed", ["None", "２０", "2020..2019", "..", "二〇二〇", "2020年", ""])
def test_years_of_filters_are_refused(typed: str) -> None:
    with pytest.raises(BadParameter, match="年份"):
        make_filters(year=[typed])


@given(st.from_regex(YEAR_PATTERN, fullmatch=True))
def test_the_pattern_says_what_is_read_but_for_the_order(text: str) -> None:
    first, dots, last = text.partition("..")
    assert (parse_years(text) is None) == bool(dots and first and last and first > last)


def test_the_widget_knows_the_filters() -> None:
    source = (ROOT / "webui" / "static" / "widget" / "element.js").read_text("utf-8")
    found = re.search(r"^const FILTERS = \[(.*)\];$", source, re.M)
    assert found
    assert re.findall(r'"(\w+)"', found[1]) == [*indexer.FILTERS, "match"]
