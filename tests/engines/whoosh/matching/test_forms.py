"""The form of a tree is true where the tree is, and of trees that ask for the same it is the same."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.matching.forms import AllOf, AnyOf, Forms, Other, Spelled, numbers_of
from indexer.model import EVERYTHING, NOTHING, And, Glob, Literal, Not, Or, QueryNode, Wild, Within, Years, Zone

ANYWHERE = (Zone.TEXT, Zone.SECTION, Zone.TITLE)
FISH, SHIP, PORT = (Literal((chars,)) for chars in ("渔", "船", "港"))
FISH_ANYWHERE, SHIP_ANYWHERE = (Literal((chars,), ANYWHERE) for chars in ("渔", "船"))
LEAVES: tuple[QueryNode, ...] = (FISH, SHIP, PORT, FISH_ANYWHERE, SHIP_ANYWHERE, Years(2020, 2021), NOTHING, EVERYTHING)
TREES = st.recursive(
    st.sampled_from(LEAVES),
    lambda nodes: st.one_of(
        st.lists(nodes, max_size=4).map(lambda children: And(tuple(children))),
        st.lists(nodes, max_size=4).map(lambda children: Or(tuple(children))),
        nodes.map(Not),
    ),
    max_leaves=12,
)


def is_true(forms: Forms, form: AnyOf, found: Collection[object]) -> bool:
    return any(forms.atoms[number] in found for number in numbers_of(form.atoms)) or any(
        all(is_true(forms, part, found) for part in each.parts)
        and not any(is_true(forms, part, found) for part in each.without)
        for each in form.conjunctions
    )


def tree_is_true(node: QueryNode, found: Collection[object]) -> bool:
    match node:
        case And(children):
            return all(tree_is_true(child, found) for child in children)
        case Or(children):
            return any(tree_is_true(child, found) for child in children)
        case Not(child):
            return not tree_is_true(child, found)
        case Literal(zones=zones):
            return any(Spelled(zone, chars, whole=False) in found for zone in zones for chars in node.alternatives)
        case leaf:
            return Other(leaf, negated=False) in found


ATOMS = [
    *(Spelled(zone, chars, whole=False) for zone in ANYWHERE for chars in "渔船港"),
    Other(Years(2020, 2021), negated=False),
]


@given(TREES, st.sets(st.sampled_from(ATOMS)))
def test_a_form_is_true_where_its_tree_is(tree: QueryNode, found: set[object]) -> None:
    forms = Forms()
    assert is_true(forms, forms.of(tree), found) == tree_is_true(tree, found)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Or((FISH, And((FISH_ANYWHERE, FISH)))), FISH, True),
        (And((Or((FISH, FISH_ANYWHERE)), SHIP)), And((SHIP_ANYWHERE, SHIP, FISH_ANYWHERE)), True),
        (And((FISH_ANYWHERE, Or((SHIP, SHIP_ANYWHERE)))), And((Or((FISH, FISH_ANYWHERE)), SHIP_ANYWHERE)), True),
        (And((And((FISH, SHIP)), PORT)), And((FISH, And((SHIP, PORT)), FISH)), True),
        (And((Or((FISH, SHIP)), Or((FISH, SHIP, PORT)))), Or((SHIP, FISH)), True),
        (And((Or((FISH, SHIP)), Or((SHIP, PORT)))), Or((FISH, SHIP)), False),
        (Not(Not(FISH)), FISH, False),
        (Literal(("渔",), whole=("船",)), Or((FISH, SHIP)), False),
        (Literal((), whole=("渔",)), FISH, False),
    ],
)
def test_what_asks_for_the_same_is_the_same(one: QueryNode, other: QueryNode, same: bool) -> None:
    forms = Forms()
    assert (forms.of(one) == forms.of(other)) is same


def test_text_comes_before_what_stands_above_it() -> None:
    forms = Forms()
    forms.of(Literal(("渔", "船"), (Zone.TITLE, Zone.TEXT)))
    assert [(atom.zone, atom.chars) for atom in forms.atoms if isinstance(atom, Spelled)] == [
        (Zone.TEXT, "渔"),
        (Zone.TEXT, "船"),
        (Zone.TITLE, "渔"),
        (Zone.TITLE, "船"),
    ]


def test_what_a_budget_bounds_is_another_atom_where_it_is_negated() -> None:
    glob, near = Glob(("渔", Wild.MANY, "船"), zones=(Zone.TEXT, Zone.TITLE)), Within(FISH, SHIP, 3)
    forms = Forms()
    asked, negated = forms.of(And((glob, near, FISH))), forms.of(Not(And((glob, near, FISH))))
    bounded = [atom for atom in forms.atoms if isinstance(atom, Other) and atom.negated]
    assert [atom.leaf for atom in bounded] == [Glob(glob.pieces, zones=(Zone.TEXT,)), near]
    assert negated != AnyOf(0, (AllOf((), (asked,)),))
