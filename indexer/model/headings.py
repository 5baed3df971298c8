"""Passages → the tree of their headings, and heading paths ↔ the text that stands for them in filters and URLs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indexer.model import OutlineNode, Passage

_SEPARATOR = re.compile(r"(?<!\\)(?:\\\\)*/")


def outline_of(passages: Iterable[Passage]) -> tuple[OutlineNode, ...]:
    """The headings of a document in reading order; a path that comes back later is the same node."""
    root = _Growing("", 0, 0)
    for passage in passages:
        node = root
        for heading in passage.section:
            node = node.child(heading, passage.ordinal)
            node.passages += 1
    return root.frozen().children


def section_value(path: Sequence[str]) -> str:
    r"""Headings joined by ``/``; a ``/`` or ``\`` inside a heading is preceded by ``\``."""
    value = "/".join(path)
    if "\\" not in value and value.count("/") < max(1, len(path)):  # as of nearly all, and an answer lists hundreds
        return value
    return "/".join(heading.replace("\\", r"\\").replace("/", r"\/") for heading in path)


def section_path(value: str) -> tuple[str, ...]:
    """The inverse of ``section_value``; of an empty string, no headings."""
    if not value:
        return ()
    headings, start = [], 0
    for match in _SEPARATOR.finditer(value):
        headings.append(value[start : match.end() - 1])
        start = match.end()
    return tuple(re.sub(r"\\(.)", r"\1", heading) for heading in [*headings, value[start:]])


@dataclass(slots=True, eq=False, repr=False)
class _Growing:
    heading: str
    level: int
    first: int
    passages: int = 0
    children: dict[str, _Growing] = field(default_factory=dict)

    def child(self, heading: str, ordinal: int) -> _Growing:
        return self.children.setdefault(heading, _Growing(heading, self.level + 1, ordinal))

    def frozen(self) -> OutlineNode:
        children = tuple(child.frozen() for child in self.children.values())
        return OutlineNode(self.heading, self.level, self.passages, self.first, children)
