"""What the mainland, Taiwan and Hong Kong call otherwise: 软件 and 软体, 网络 and 网路. Never used in the index.

Source: OpenCC's phrase tables (Apache License 2.0), folded by ``python -m tools.regional_words``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from indexer.analysis.tables import entries


@cache
def regional_words() -> Mapping[str, tuple[str, ...]]:
    """Return folded words and what other regions call them, in both directions."""
    return {word: tuple(others) for word, *others in (entry.split("\t") for entry in entries("regional.tsv"))}
