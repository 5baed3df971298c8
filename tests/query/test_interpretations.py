"""What interpretations of laws are called, and what only looks like that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.interpretations import Interpretations
from indexer.query.short_names import is_short_for

TITLES = {
    "voyage": "海事局关于适用中华人民共和国远洋航行法的解释",
    "port-1": "海事局关于适用中华人民共和国港务法若干问题的规定(一)",
    "port-2": "海事局关于适用中华人民共和国港务法若干问题的规定(二)",
    "pledge": "海事局关于适用中华人民共和国船舶法典有关船舶抵押的解释",
    "rescue": "海事局关于审理海难救助纠纷案件适用法律若干问题的规定",
    "theft": "海事局、渔政局关于办理偷捕刑事案件具体应用法律若干问题的解释",
    "notice": "海事局关于废止部分文件的决定",
}
KEYS = {title: key for key, title in TITLES.items()}


def meant(name: str) -> list[str]:
    """The titles that the whole of a name stands for."""
    found = Interpretations(TITLES.values(), is_short_for).at(name, 0)
    return [KEYS[title] for end, titles in found if end == len(name) for title in titles]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("远航法解释", ["voyage"]),
        ("远航解释", ["voyage"]),
        ("远洋航行法司法解释", ["voyage"]),
        ("港务法解释二", ["port-2"]),
        ("港务法司法解释(一)", ["port-1"]),
        ("港务法规定之2", ["port-2"]),
        ("港务法解释", ["port-1", "port-2"]),
        ("船舶法典船舶抵押解释", ["pledge"]),
        ("船舶抵押司法解释", ["pledge"]),
        ("海难救助规定", ["rescue"]),
        ("海难救助司法解释", ["rescue"]),
        ("偷捕解释", ["theft"]),
    ],
)
def test_an_interpretation_is_called_by_what_it_is_about(name: str, titles: list[str]) -> None:
    assert meant(name) == titles


@pytest.mark.parametrize(
    "name",
    [
        *("远洋解释", "港务法解释三", "港务法", "解释", "司法解释", "废止解释", "抵押解释"),
        "偷捕规定",  # it calls itself an interpretation
        "远航法规定",  # likewise
    ],
)
def test_what_is_no_name_of_an_interpretation(name: str) -> None:
    assert meant(name) == []


def test_a_number_that_counts_something_else_is_none_of_the_name() -> None:
    (found,) = Interpretations(TITLES.values(), is_short_for).at("海难救助规定三十条", 0)
    assert found == (len("海难救助规定"), [TITLES["rescue"]])


@given(st.text("远洋航法港务海难救助解释规定司(一二)第三条", max_size=20), st.integers(0, 20))
def test_names_end_in_the_text(text: str, start: int) -> None:
    found = list(Interpretations(TITLES.values(), is_short_for).at(text, start)) if start < len(text) else []
    assert all(start < end <= len(text) and titles for end, titles in found)
