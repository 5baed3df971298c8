"""Values and their numbers."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

Value = TypeVar("Value", bound=Hashable)


class Numbering(dict[Value, int]):
    """Numbers values from 0 as they are first asked for; iterating gives them in that order."""

    def __missing__(self, value: Value) -> int:
        number = self[value] = len(self)
        return number
