"""Regular expressions that are compiled when they are first used: one search uses few of some hundred."""

from __future__ import annotations

import re
from typing import Any, cast


class _LazyPattern:
    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(re.compile(*self._source), name)
        return found


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what has the attributes of ``re.compile(pattern, flags)``; to the functions of ``re`` it is no pattern."""
    return cast("re.Pattern[str]", _LazyPattern(pattern, flags))
