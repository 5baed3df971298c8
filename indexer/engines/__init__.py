"""Holds what stores tokens and passages and answers query trees: the contract, the engines, and the table of them.

Never analyses text or parses a query; no engine knows another one. To add an engine, copy ``_template.py`` to a file
or folder beside it and give it an entry in ``ENTRIES``; the suite in ``tests/engines`` then holds it to the contract.
"""

from __future__ import annotations

from importlib import import_module

from indexer.engines.contract import Capabilities, Engine
from indexer.errors import EngineMissing
from indexer.model.records import record


@record
class Entry:
    """An engine as the program knows it before its library is imported.

    Attributes:
        location: ``module:class``.
        extra: what pip installs its library by in the checkout, as in ``.[extra]``; None if it comes with the program.
        capabilities: what it can do.
        format: number of what it writes on the disk, raised whenever that changes shape; an index of another number
            is refused.
    """

    location: str
    extra: str | None
    capabilities: Capabilities
    format: int


ENTRIES: dict[str, Entry] = {
    "whoosh": Entry(
        location="indexer.engines.whoosh.engine:WhooshEngine",
        extra=None,
        capabilities=Capabilities(persistent=True, concurrent_readers=True, exact_scores=True, vectors=True),
        format=7,
    ),
    "memory": Entry(
        location="indexer.engines.memory:MemoryEngine",
        extra=None,
        capabilities=Capabilities(persistent=False, concurrent_readers=False, exact_scores=True, vectors=True),
        format=1,
    ),
    "opensearch": Entry(
        location="indexer.engines.opensearch:OpenSearchEngine",
        extra="opensearch",
        capabilities=Capabilities(persistent=True, concurrent_readers=True, exact_scores=False),
        format=1,
    ),
}
NAMES = tuple(ENTRIES)
DEFAULT = NAMES[0]


def persistent() -> tuple[str, ...]:
    """The names of the engines whose indexes outlive the process."""
    return tuple(name for name, entry in ENTRIES.items() if entry.capabilities.persistent)


def load(name: str) -> type[Engine]:
    """The engine class called ``name``; its library is imported only now.

    Raises:
        EngineMissing: no such engine, or its library is not installed.
    """
    entry = ENTRIES.get(name)
    if entry is None:
        raise EngineMissing(f"没有名为“{name}”的引擎。", f"可用的引擎：{'、'.join(ENTRIES)}。")
    module, _, class_name = entry.location.partition(":")
    try:
        found: type[Engine] = getattr(import_module(module), class_name)
    except ImportError as error:
        hint = f"请安装：pip install {error.name}"
        if entry.extra:
            hint = f"请在项目目录里运行：pip install '.[{entry.extra}]'"
        raise EngineMissing(f"引擎“{name}”缺少依赖：{error.name}。", hint) from error
    return found
