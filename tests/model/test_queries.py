"""Walks over trees: which leaves are asked for, and which must be true by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import (
    EVERYTHING,
    NOTHING,
    And,
    Field,
    FieldName,
    Glob,
    Literal,
    Near,
    Not,
    Or,
    QueryNode,
    Run,
    SyntaxNode,
    Wild,
    Wildcard,
    Within,
    Years,
    leaves,
    required_leaves,
    text_runs,
)
from indexer.query.syntax import parse

A, B, C = Run("甲"), Run("乙"), Run("丙")
NEAR = Near(A, B, 3)
WILD = Wildcard(("甲", Wild.MANY), "甲*")
IN_TITLE = Field(FieldName.TITLE, A)


@pytest.mark.parametrize("operator", [And, Or])
def test_leaves_come_in_order_from_any_depth(operator: type[And | Or]) -> None:
    tree = operator((B, And((A, Or((C, NEAR)))), IN_TITLE, Years(2020)))
    assert list(leaves(tree)) == [B, A, C, NEAR, IN_TITLE, Years(2020)]


def test_what_is_negated_is_not_asked_for_not_even_by_a_negation_in_it() -> None:
    assert list(leaves(And((A, Not(Or((B, Not(C)))))))) == [A]


def test_a_tree_of_the_other_kind_is_walked_alike() -> None:
    literal, glob = Literal(("甲",)), Glob(("乙",), starts_word=True)
    tree: QueryNode = Or((literal, And((glob, Not(literal), Within(literal, literal, 2)))))
    assert list(leaves(tree)) == [literal, glob, Within(literal, literal, 2)]


@pytest.mark.parametrize("tree", [EVERYTHING, NOTHING, Not(A), Or((And(()), Not(NEAR)))])
def test_some_trees_ask_for_no_leaf(tree: SyntaxNode) -> None:
    assert list(leaves(tree)) == list(required_leaves(tree)) == list(text_runs(tree)) == []


def test_an_alternative_is_not_required_though_it_is_asked_for() -> None:
    tree = And((A, And((NEAR, Not(C))), Or((B, C))))
    assert list(required_leaves(tree)) == [A, NEAR]
    assert list(leaves(tree)) == [A, NEAR, B, C]


def test_runs_of_the_text_are_both_sides_of_a_near_and_nothing_in_a_field() -> None:
    tree = And((NEAR, IN_TITLE, Years(2020), Or((WILD, C)), Not(C)))
    assert list(text_runs(tree)) == [A, B, WILD, C]


@given(st.text(st.sampled_from('甲乙丙 *?()|-"标题:年份2020'), max_size=40))
def test_required_leaves_are_some_of_the_leaves_and_a_negation_has_none(query: str) -> None:
    tree, _ = parse(query)
    asked, required = list(leaves(tree)), list(required_leaves(tree))
    rest = iter(asked)
    assert all(leaf in rest for leaf in required)
    assert list(leaves(Not(tree))) == []
    assert list(leaves(And((tree, tree)))) == asked + asked
    assert list(required_leaves(Or((tree, tree)))) == []
