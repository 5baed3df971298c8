"""The default engine: Whoosh's storage, segments, TOC, lock and term dictionary; postings and columns read as arrays.

layout.py    what a row is, the columns it has, how postings and values are coded
files.py     files as memory maps
writer.py    one commit: documents → rows and postings → segments → TOC
merge.py     which segments are put together, and how
reader.py    one segment, read
leaves.py    a leaf of a tree → the rows of a segment for which it is true
ranking.py   scores, order and facet counts over the segments of a snapshot
engine.py    the contract
"""

from indexer.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
