"""The default engine: Whoosh's folder, lock, TOC, segments and deletions; what is in a segment is arrays of our own.

layout.py     what a row is, which arrays a segment has
arrays.py     named arrays in one file, mapped back
postings.py   posting lists, coded and decoded
inversion.py  tokens → posting lists of a whole segment
texts.py      passages, compressed in blocks
sections.py   heading paths as trees
segment.py    writing one segment
writer.py     one commit: documents → segments → TOC
merge.py      which segments are put together
storage.py    the folder as Whoosh sees it
columns.py    types, topics, the bounded cache of decoded arrays
reader.py     one segment, read
units.py      sections, chapters and documents as units that terms are counted in
snapshot.py   the segments of a commit together: statistics, orders of documents
leaves.py     a leaf of a tree → the rows of a segment for which it is true
scores.py     the formulas of ``scoring`` on arrays
closeness.py  its second stage, from positions
joined.py     many short texts searched at once
facets.py     values of facets, counted
ranking.py    order, filters and facet counts over the segments of a snapshot
engine.py     the contract
"""

from indexer.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
