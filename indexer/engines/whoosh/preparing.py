"""``Engine.prepare`` by itself: processes that read are sent it by name, and load no more of the engine than needed."""

from __future__ import annotations

from indexer.engines.contract import Upsert
from indexer.model import AnalyzedDocument


def prepare(analyzed: AnalyzedDocument) -> Upsert:
    """See the contract."""
    from indexer.engines.whoosh.segments import prepared  # as all that writes, for who only reads

    return prepared.prepare(analyzed)
