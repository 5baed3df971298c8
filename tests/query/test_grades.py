"""The order within the tier ``exact``."""

from __future__ import annotations

from indexer.model import And, Literal, Not
from indexer.query.grades import grades

NUMBER = Literal(("五年",), whole=("5年",))


def test_as_typed_then_other_spellings_then_parts_of_numbers() -> None:
    assert grades(NUMBER) == (Literal((), whole=("五年",)), Literal((), whole=("五年", "5年")), NUMBER)


def test_what_is_no_number_and_has_one_spelling_has_one_grade() -> None:
    plain = Literal(("数据",))
    assert grades(plain) == (plain,)
    assert grades(Literal(("万元",))) == (Literal(("万元",)),)


def test_negations_are_the_same_in_every_grade() -> None:
    left_out = Not(NUMBER)
    assert all(tree == left_out or left_out in tree.children for tree in grades(And((NUMBER, left_out))))


def test_what_is_better_comes_first() -> None:
    joined, exact = Literal(("gb 18030",)), And((Literal(("gb",)), Literal(("180",))))
    assert grades(exact, joined)[0] == Literal((), whole=("gb 18030",))
    assert grades(exact, joined)[-1] == exact
