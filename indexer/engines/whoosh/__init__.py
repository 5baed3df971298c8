"""Holds the default engine: Whoosh's lock, records of segments and deletions; what is in the files is our own.

library      all that is Whoosh's
segments     one file: what stands in it, written and read
commits      documents → segments → TOC
snapshot     the segments of a commit together: statistics, levels, tables of facets
matching     a tree → the rows of a segment for which it is true
collecting   matches → scores, order, entries, facets
engine       the contract

Never knows another engine, nor folds, segments or parses text. To add an array to segments, describe it in
``segments.layout`` and give the engine a new format in the registry.
"""
