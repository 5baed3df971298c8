"""Patterns that are compiled at first use are those that would have been compiled at once."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module

import pytest

import indexer.analysis
import indexer.query
import indexer.search
from indexer.analysis.patterns import _LazyPattern, lazy

MODULES = [
    import_module(found.name)
    for package in (indexer.analysis, indexer.query, indexer.search)
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]


def lazy_patterns(value: object) -> list[_LazyPattern]:
    """Those in a value, tables of them too."""
    if isinstance(value, _LazyPattern):
        return [value]
    return [each for part in value for each in lazy_patterns(part)] if isinstance(value, tuple) else []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_pattern_can_be_compiled(module: object) -> None:
    for pattern in [each for value in vars(module).values() for each in lazy_patterns(value)]:
        assert re.compile(pattern.pattern, pattern.flags) == re.compile(*pattern._source)


def test_there_are_such_patterns() -> None:
    assert sum(len(lazy_patterns(value)) for module in MODULES for value in vars(module).values()) > 30


def test_it_has_what_a_compiled_one_has() -> None:
    one, other = lazy("(?P<digits>A+)", re.IGNORECASE), re.compile("(?P<digits>A+)", re.IGNORECASE)
    assert one.sub("b", "xaay") == other.sub("b", "xaay") == "xby"
    assert (one.flags, one.groupindex, one.pattern) == (other.flags, other.groupindex, other.pattern)
    assert [match.span() for match in one.finditer("aba")] == [(0, 1), (2, 3)]


def test_what_is_no_pattern_is_told_at_its_first_use() -> None:
    wrong = lazy("(")
    with pytest.raises(re.error):
        wrong.search("")
