"""Sets of rows against Python's sets, in whatever form their members are known."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments.row_sets import RowSet, difference, intersection, marked, union

SIZES = st.sampled_from([1, 63, 64, 65, 1_000, 5_000])


def known_by(form: str, size: int, members: set[int]) -> RowSet:
    """The set, known by one form alone, or by its list and its bits."""
    listed = RowSet(size, rows=np.array(sorted(members), dtype=np.int64))
    match form:
        case "mask":
            return RowSet(size, mask=listed.mask)
        case "bits":
            return RowSet(size, bits=RowSet(size, mask=listed.mask).bits)
        case "both":
            return RowSet(size, rows=listed.rows, bits=RowSet(size, mask=listed.mask).bits)
    return listed


@st.composite
def several(draw: st.DrawFn) -> tuple[int, list[set[int]], list[RowSet]]:
    """Some sets below one size, few members or many, as Python has them and as they are tested."""
    size = draw(SIZES)
    made = []
    for _ in range(draw(st.integers(1, 4))):
        few = draw(st.sets(st.integers(0, size - 1), max_size=20))
        made.append(set(range(size)) - few if draw(st.booleans()) else few)
    forms = st.sampled_from(["rows", "mask", "bits", "both"])
    return size, made, [known_by(draw(forms), size, members) for members in made]


def has(found: RowSet, members: set[int]) -> bool:
    """Whether a set tells the same of itself in every form."""
    numbers = np.arange(found.size)
    told = [len(found) == len(members), found.is_empty == (not members)]
    told += [set(found.rows.tolist()) == members, set(np.flatnonzero(found.mask).tolist()) == members]
    told += [set(numbers[found.holding(numbers)].tolist()) == members, found.rows.tolist() == sorted(members)]
    return all(told) and RowSet(found.size, bits=found.bits).rows.tolist() == sorted(members)


@given(several())
def test_few_numbers_are_told_apart_in_every_form(made: tuple[int, list[set[int]], list[RowSet]]) -> None:
    size, members, sets = made
    numbers = np.array(sorted({0, size // 2, size - 1}))
    for each, own in zip(sets, members, strict=True):
        assert each.holding(numbers).tolist() == [number in own for number in numbers.tolist()]


@given(several())
def test_what_is_in_all_and_in_any_is_as_of_sets(made: tuple[int, list[set[int]], list[RowSet]]) -> None:
    size, members, sets = made
    assert has(intersection(sets), reduce(set.__and__, members))
    assert has(union(sets, size), reduce(set.__or__, members))


@given(several())
def test_what_is_left_is_as_of_sets_and_nothing_is_changed(made: tuple[int, list[set[int]], list[RowSet]]) -> None:
    size, members, sets = made
    assert has(difference(sets[0], sets[-1]), members[0] - members[-1])
    union(sets, size)
    assert all(map(has, sets, members))


@given(several())
def test_a_set_comes_back_from_its_array(made: tuple[int, list[set[int]], list[RowSet]]) -> None:
    size, members, sets = made
    for each, wanted in zip(sets, members, strict=True):
        assert has(RowSet.of_array(size, each.as_array()), wanted)


def test_of_no_sets_nothing_is_in_any() -> None:
    assert union([], 70).is_empty
    assert not union([RowSet(70, rows=np.array([69]))], 70).is_empty


@given(
    SIZES.flatmap(lambda size: st.tuples(st.just(size), st.lists(st.integers(0, size - 1), max_size=30))), st.booleans()
)
def test_rows_that_are_there_several_times_are_members_once(asked: tuple[int, list[int]], many: bool) -> None:
    size, numbers = asked
    occurrences = np.sort(np.array(numbers * (100 if many else 1), dtype=np.int64))
    assert has(RowSet.of_occurrences(size, occurrences), set(numbers))


@pytest.mark.parametrize("size", [10, 20_000, 20_001, 20_007])
@pytest.mark.parametrize("apart", [1, 2, 9, 11, 17, 150, 170, 5_000, 30_000])
def test_what_is_marked_thickly_or_thinly_is_found_in_order(size: int, apart: int) -> None:
    wanted = [*range(size - 1, -1, -apart)][::-1]
    mask = np.zeros(size, dtype=bool)
    mask[wanted] = True
    assert marked(mask).tolist() == RowSet(size, bits=RowSet(size, mask=mask).bits).rows.tolist() == wanted


@given(
    st.lists(st.integers(0, 9_999), unique=True, max_size=9), st.lists(st.integers(0, 9_999), unique=True, max_size=9)
)
def test_a_few_members_are_added_to_many_and_both_stay_as_they_were(few: list[int], more: list[int]) -> None:
    many = set(range(0, 10_000, 3))
    dense = RowSet(10_000, bits=known_by("bits", 10_000, many).bits)
    sparse = [RowSet(10_000, rows=np.array(sorted(each), dtype=np.int32)) for each in (few, more)]
    assert has(union([dense, *sparse], 10_000), many | {*few, *more})
    assert has(dense, many)
    assert np.flatnonzero(np.unpackbits(sparse[0].bits.view(np.uint8))).tolist() == sorted(few)
