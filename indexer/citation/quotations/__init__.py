"""Quotations checked: is this literally in the corpus, where, and if not, what comes nearest.

``reading`` says how a quotation may be written, ``running`` puts passages together, ``stretch`` finds it in them,
``alignment`` tells two texts apart, ``verify`` asks the engine where to look.
"""

from indexer.citation.quotations.verifier import Verifier

__all__ = ["Verifier"]
