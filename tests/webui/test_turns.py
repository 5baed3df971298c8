"""One computes at a time, and nobody waits for long ones."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import pytest

from webui.turns import Turns, by_turns

NEVER = 3600.0


class Entrant(threading.Thread):
    """Takes a turn, says so, and leaves at once."""

    def __init__(self, turns: Turns) -> None:
        super().__init__(daemon=True)
        self._turns = turns
        self.has_entered = threading.Event()

    def run(self) -> None:
        with self._turns.turn():
            self.has_entered.set()


def wait_for(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    while not condition():
        pause.wait(0.001)


@pytest.mark.parametrize("others", [1, 3])
def test_the_others_wait_for_the_end_of_a_turn(others: int) -> None:
    turns = Turns(patience=NEVER)
    entrants = [Entrant(turns) for _ in range(others)]
    with turns.turn():
        for each in entrants:
            each.start()
        wait_for(lambda: turns.waiting == others)
        assert not any(each.has_entered.is_set() for each in entrants)
    for each in entrants:
        each.join(60)
        assert each.has_entered.is_set()
    assert turns.waiting == 0


def test_nobody_waits_for_a_long_turn() -> None:
    turns = Turns(patience=0.0)
    with turns.turn(), turns.turn():
        beside = Entrant(turns)
        beside.start()
        beside.join(60)
        assert beside.has_entered.is_set()


def test_a_turn_that_fails_ends() -> None:
    turns = Turns(patience=NEVER)
    with suppress(ValueError), turns.turn():
        raise ValueError
    with turns.turn():
        assert turns.waiting == 0


def test_answers_are_made_by_turns_and_sent_outside_of_them() -> None:
    turns = Turns(patience=NEVER)

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return (b"bit" for _ in range(2))

    answer = by_turns(application, turns)({}, None)  # type: ignore[arg-type]
    with turns.turn():  # which would wait for ever, were the answer still at its turn
        assert list(answer) == [b"bit", b"bit"]
