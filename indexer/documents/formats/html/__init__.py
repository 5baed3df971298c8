"""HTML pages and fragments.

Holds what reads a page: ``reader`` walks over its tree, the others tell what it meets (``element_state``,
``appearance``, ``tables``, ``visible_text``, ``surroundings``, ``head``). Never a rule of boilerplate or of Chinese
structure; and nobody else uses BeautifulSoup. To add what an element means, give ``reader`` a case for it, in a module
of its own where that takes more than a few lines.
"""

from indexer.documents.formats.html.reader import parse_page
from indexer.documents.text_files import read_text_file
from indexer.model import ParsedFile

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")


def read(content: bytes, name: str) -> ParsedFile:
    """Read an HTML file, see ``documents.read``."""
    return read_text_file(content, parse_page, declares_encoding=True)
