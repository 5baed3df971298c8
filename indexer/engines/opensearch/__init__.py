"""Holds the engine of many machines: an index in an OpenSearch cluster, asked by its own queries.

Never keeps more in the index's folder than where the index is. What the cluster cannot answer exactly is worked out by
``definition`` over rows that it names, up to a bound. To add a leaf, lower it in ``lowering``.
"""

from indexer.engines.opensearch.engine import OpenSearchEngine

__all__ = ["OpenSearchEngine"]
