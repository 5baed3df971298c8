"""The short form of ``make faults``: every row of its table, a few trials of each, other ones every time but in CI."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from random import Random

import pytest

import bench.faults
from bench.faults import HUNG, Fault, Tally, all_faults, attempt

SEED = "1" if os.environ.get("CI") else secrets.token_hex(4)


@pytest.mark.parametrize("row", all_faults(), ids=lambda row: row.name)
def test_nothing_is_lost_or_wrong(row: Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.faults, "judge_time", False)
    with row.prepare(tmp_path) as trial:
        said = {number: attempt(trial, SEED, row.name, number) for number in range(row.counts["short"])}
    assert {number: each for number, each in said.items() if each and not each.startswith(HUNG)} == {}, f"seed {SEED}"


def test_what_a_trial_says_or_raises_is_counted() -> None:
    def raises(_: Random) -> str:
        raise KeyError("lost")

    assert attempt(lambda _: "", "1", "row", 0) == ""
    assert attempt(lambda _: "one hit too many", "1", "row", 0) == "one hit too many"
    assert attempt(raises, "1", "row", 0) == "KeyError: 'lost'"
    assert Tally(3, {1: "gone"}).survived == 2
    assert Tally(3, {1: "gone"}, hung=1).survived == 1


def test_a_trial_can_be_had_again_alone() -> None:
    drawn = {attempt(lambda random: str(random.random()), "1", "row", number) for number in (0, 1, 1, 2)}
    assert len(drawn) == 3
