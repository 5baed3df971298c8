"""Measuring how well an index answers questions whose answers are known.

Holds the reading of question and corpus files, what counts as found, the measures, and settings side by side. Never
holds a ranking or a number of a benchmark's own (``bench``). To add a measure, name it in ``measures.MEASURES``.
"""
