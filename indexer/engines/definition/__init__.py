"""Holds what the contract means, written out one passage after the other: trees, tiers, order, entries, facets.

Never stores or scores: an engine hands over rows with their scores. To add a part of the contract, define it here
first, where it can be read; ``memory`` runs it over every passage, and the others are held against that. An engine
whose library names candidates, whole sections of them, may run it over those.
"""
