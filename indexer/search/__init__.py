"""From a query to what a caller sees: hits with highlights and snippets, facet values, suggestions, explanations.

Holds what happens around one request to an engine, whichever engine it is. Never matches, scores or counts passages
itself, and never writes JSON or markup. To add something that an answer tells, make it here from the engine's answer
and give it a field in ``model.results``.
"""
