"""Filter values that no passage has, so that a mistyped one is not taken for an empty answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from indexer.engines.contract import Engine, count_matching
from indexer.engines.per_commit import PerCommit
from indexer.model import EVERYTHING, Filters, QueryWarning
from indexer.model.choices import FILTER_NAMES
from indexer.model.headings import section_value

_HINTS = {
    "section": "要写出从上到下的完整标题；只按标题里的字找，在查询里写 章节:总则。",
    "document": "要写编号，或从建索引的文件夹写起的路径；只按题名里的字找，在查询里写 标题:数据安全法。",
    "path": "要从建索引的文件夹写起，例如 法规/地方。",
}
# Values of one filter that are looked at, the first ones.
_CHECKED = 20
# Answers kept at most; they are let go of at the next commit anyway.
_KEPT = 10_000


class FilterCheck:
    """Asks an engine whether anything has a filter's value, once for each value and commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._is_known = PerCommit(engine, self._remembering)

    def warnings(self, filters: Filters, *, found: bool) -> Iterator[QueryWarning]:
        """One for each value that no passage has; ``found`` tells whether any has passed all filters."""
        for name, label in FILTER_NAMES.items():
            values = getattr(filters, name)
            for value in () if found and len(values) == 1 else values[:_CHECKED]:
                if not self._is_known()(Filters(**{name: (value,)})):
                    shown = section_value(value) if isinstance(value, tuple) else value
                    message = f"索引里没有{label}“{shown}”，按它筛选找不到任何段落。{_HINTS.get(name, '')}"
                    yield QueryWarning("unknown_filter_value", message)

    def _remembering(self) -> Callable[[Filters], bool]:
        """Whether anything passes a filter, counted once for each."""
        return lru_cache(maxsize=_KEPT)(lambda one: count_matching(self._engine, EVERYTHING, one) > 0)
