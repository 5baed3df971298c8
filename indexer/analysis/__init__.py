"""Text in, tokens out: folding, segmentation, and what both make of passages and queries.

Holds ``fold`` and ``segmenter``, which know nothing of passages, the ``analyzer`` that puts them together, what serves
queries only (``spellings``, ``numerals``, ``synonyms``, ``confusables``, ``pinyin``), and their tables in ``data``.
Never a query's tree or an engine. To add what changes tokens, make it part of ``Analyzer.fingerprint``, so that an
index made without it is refused.
"""

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.fold import Folded, fold
from indexer.analysis.segmenter import Segmenter, UserDictionary, load_segmenter
from indexer.analysis.spellings import expand
from indexer.analysis.synonyms import SynonymFile, Synonyms

__all__ = [
    "Analyzer",
    "Folded",
    "Segmenter",
    "SynonymFile",
    "Synonyms",
    "UserDictionary",
    "expand",
    "fold",
    "load_segmenter",
]
