"""How rightly and how fast PDF files are read: ``python -m bench.formats_pdf FOLDER``.

The folder has files ``NAME.pdf``, each with ``NAME.pdf.truth.md``: bookmarks ``- heading (p. 3)`` indented by depth,
``Articles: … 88 in number`` with ``article n begins on page: 1→1, …``, divisions, and sentences ``- p. 2: …`` each of
which stands inside one passage. Measured are those found (right), those that are not (missing), sections that open with
the number of an article or division and are not in the truth (invented), and MB read in a second.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from indexer import documents
from indexer.analysis.numerals import parse_numeral
from indexer.errors import ReadError
from indexer.model import ParsedFile

_BOOKMARK = re.compile(r"^ *- (.+) \(p\. (\d+)\)$", re.MULTILINE)
_SENTENCE = re.compile(r"^- p\. (\d+): (.+)$", re.MULTILINE)
_ARTICLES = re.compile(r"^Articles: .*?, (\d+) in number", re.MULTILINE)
_ARTICLE_PAGE = re.compile(r"(\d+)→(\d+)")
