"""Engines store tokens and passages and answer query trees. ``base`` is the contract, ``memory`` its definition."""

from __future__ import annotations

from indexer.engines.contract import Engine
from indexer.errors import EngineMissing

DEFAULT = "whoosh"
NAMES = ("whoosh", "memory")
# Those whose indexes outlive the process.
PERSISTENT = ("whoosh",)


def load(name: str) -> type[Engine]:
    """The engine class called ``name``; its library is imported only now.

    Raises:
        EngineMissing: no such engine, or its library is not installed.
    """
    try:
        if name == "whoosh":
            from indexer.engines.whoosh import WhooshEngine

            return WhooshEngine
        if name == "memory":
            from indexer.engines.memory import MemoryEngine

            return MemoryEngine
    except ImportError as error:
        raise EngineMissing(f"引擎“{name}”缺少依赖：{error.name}。", f"请安装：pip install {error.name}") from error
    raise EngineMissing(f"没有名为“{name}”的引擎。", f"可用的引擎：{'、'.join(NAMES)}。")
