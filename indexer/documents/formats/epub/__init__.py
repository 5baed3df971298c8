"""Electronic books in EPUB 2 and 3.

Holds the ``reader`` (pages in the order of the spine), the ``package`` (what the book says of itself, and its pages),
the ``outline`` (its table of contents, the only headings that many books have) and the ``stylesheet`` (what its classes
look like). Never how a page is read, which is ``formats.html``'s. To add what a book says of itself, add it to
``package``.
"""

from indexer.documents.formats.epub.reader import read_book
from indexer.model import ParsedFile

SUFFIXES = (".epub",)


def read(content: bytes, name: str) -> ParsedFile:
    """Read a book, see ``documents.read``."""
    return read_book(content)
