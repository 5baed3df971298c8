"""The definition of the contract: it scans every passage, it is slow, it is right.

engine.py   documents in a dict, matching, filters, facets, order
scores.py   the formulas of ``scoring`` written out, one passage after the other
"""

from indexer.engines.memory.engine import MemoryEngine

__all__ = ["MemoryEngine"]
