"""Holds the engine that defines the others: it scans every passage by ``definition``, it is slow, it is right.

Never keeps anything on disk, and never takes a shortcut. To add a part of the score, write it out in ``scores``.
"""

from indexer.engines.memory.engine import MemoryEngine

__all__ = ["MemoryEngine"]
