"""Holds one segment: what its arrays mean, how they are written, compressed, mapped back and decoded.

Never knows of other segments, of requests or scores. To add an array, describe it in ``layout``, write it in
``writer`` and read it in ``segment_rows`` (numbers of rows), ``segment_terms`` (where terms are) or ``reader`` (texts).
"""
