"""Quotations checked: is this literally in the corpus, where, and if not, what comes nearest.

Holds how a quotation may be written (``fragments``), texts joined and folded (``folded_text``), the passages in which
it may stand (``passage_window``), how two texts differ (``alignment``), and what asks the engine (``verifier``). Never
prints or cites. To add a way to write a quotation, add it to ``fragments.readings``.
"""

from indexer.citation.quotations.verifier import Verifier

__all__ = ["Verifier"]
