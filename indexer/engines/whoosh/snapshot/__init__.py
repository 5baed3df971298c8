"""Holds what is known of all segments of a commit together: statistics, orders, levels, term scores, facet tables.

Never knows a request. To add a figure, derive it from the readers at first need and keep it with the snapshot.
"""
