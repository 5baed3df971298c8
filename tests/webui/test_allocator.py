"""The garbage collector passes over what stays, and nothing stays for good."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from webui import allocator


class _Commit:
    """Something that refers to itself, so that only the garbage collector frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def thawed() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("thawed")
def test_what_stays_is_passed_over_until_it_is_no_longer_needed() -> None:
    commits, gone = [_Commit()], []
    for _ in range(3):
        commits.append(_Commit())
        allocator.settle()
        gone.append(weakref.ref(commits.pop(0)))
        gc.collect()
        assert [each() is None for each in gone] == [True] * (len(gone) - 1) + [False]  # nobody looks at the last
    allocator.settle()
    assert gone[-1]() is None
    assert commits


@pytest.mark.usefixtures("thawed")
@pytest.mark.parametrize(("objects", "is_looked_at"), [(5_000, False), (20_000, True)])
def test_what_is_left_is_looked_at_less_often_but_it_is(objects: int, is_looked_at: bool) -> None:
    allocator.settle()
    gc.collect()
    gone = weakref.ref(_Commit())
    kept: list[list[int]] = [[] for _ in range(objects)]
    assert (gone() is None) is is_looked_at
    assert kept


@pytest.mark.usefixtures("thawed")
def test_no_garbage_is_looked_for_while_an_index_is_warmed_and_all_of_it_then() -> None:
    with pytest.raises(ValueError, match="broken"), allocator.settling():
        gone = weakref.ref(_Commit())
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled()
    assert gone() is None
