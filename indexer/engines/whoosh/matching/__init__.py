"""Holds what makes a tree the set of rows of a segment for which it is true.

Never scores or puts in order. To add a leaf, give ``evaluator`` a case for it, ``forms`` one if it is parted as
literals are, and ``positions`` what postings alone can tell of it.
"""
