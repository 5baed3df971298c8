"""The definition of the contract: it scans every passage, it is slow, it is right.

engine.py   documents in a dict, matching, filters, order
facets.py   facets counted
rows.py     a passage with its document
scores.py   the formulas of ``scoring`` written out, one passage after the other
"""

from indexer.engines.memory.engine import MemoryEngine

__all__ = ["MemoryEngine"]
