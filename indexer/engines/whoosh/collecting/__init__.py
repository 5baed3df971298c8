"""Holds what makes an answer of a request: matches by segment, their scores and order, entries of the list, facets.

Never reads files. To add a way to list hits, group them in ``page``; a part of the score goes into ``segment_scores``.
"""
