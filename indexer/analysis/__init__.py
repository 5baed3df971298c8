"""Text in, tokens out: folding, segmentation, and what both make of passages and queries.

``fold`` and ``segment`` know nothing of passages; ``analyze`` puts them together; ``numerals`` and ``synonyms`` serve
queries only.
"""

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.fold import Folded, fold
from indexer.analysis.segmenter import Segmenter, UserDictionary, load_segmenter
from indexer.analysis.spellings import expand
from indexer.analysis.synonyms import Synonyms

__all__ = ["Analyzer", "Folded", "Segmenter", "Synonyms", "UserDictionary", "expand", "fold", "load_segmenter"]
