"""A hit as text and metadata, as retrievers of other libraries hand it on."""

from __future__ import annotations

from typing import Any, TypeAlias

import indexer

Metadata: TypeAlias = dict[str, Any]

# What a language model needs to cite; the rest is for programs.
FOR_READERS = ("citation", "date", "permalink")


def metadata(hit: indexer.Hit) -> Metadata:
    """All that names, ranks and cites a hit, of types that JSON has; ``source`` is what LangChain calls the path."""
    return {
        "id": hit.passage.id,
        "permalink": indexer.permalink(hit.passage),
        "citation": indexer.cite(hit.document, hit.passage, "plain"),
        "source": hit.document.path,
        "document_id": hit.document.id,
        "title": hit.document.title,
        "url": hit.document.url,
        "date": hit.document.date,
        "author": hit.document.author,
        "tags": list(hit.document.tags),
        "section": list(hit.passage.section),
        "topics": list(hit.passage.topics),
        "kind": hit.passage.kind.value,
        "page": hit.passage.page,
        "score": hit.score,
        "tier": hit.tier.value,
        "highlights": [list(span) for span in hit.highlights],
    }
