"""Filter values that no passage has, so that a mistyped one is not taken for an empty answer."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engines.base import Engine, Request
from indexer.model import EVERYTHING, Filters, QueryWarning, Tier
from indexer.model.choices import FILTER_NAMES
from indexer.outline import section_value

_HINTS = {
    "section": "要写出从上到下的完整标题；只按标题里的字找，在查询里写 章节:总则。",
    "document": "要写文档的路径或编号；只按题名里的字找，在查询里写 标题:数据安全法。",
}
# Answers kept at most; they are let go of at the next commit anyway.
_KEPT = 10_000


class FilterCheck:
    """Asks an engine whether anything has a filter's value, once for each value and commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: tuple[str, dict[Filters, bool]] = ("", {})

    def warnings(self, filters: Filters) -> Iterator[QueryWarning]:
        """One for each value that no passage has."""
        for name, label in FILTER_NAMES.items():
            for value in getattr(filters, name):
                if not self._is_known(Filters(**{name: (value,)})):
                    shown = section_value(value) if isinstance(value, tuple) else value
                    message = f"索引里没有{label}“{shown}”，按它筛选找不到任何段落。{_HINTS.get(name, '')}"
                    yield QueryWarning("unknown_filter_value", message)

    def _is_known(self, one: Filters) -> bool:
        generation = self._engine.generation
        if self._known[0] != generation or len(self._known[1]) >= _KEPT:
            self._known = generation, {}
        known = self._known[1]
        if one not in known:
            request = Request(tiers=((Tier.EXACT, EVERYTHING),), filters=one, sort="order", limit=0)
            known[one] = self._engine.search(request).counts[Tier.EXACT] > 0
        return known[one]
