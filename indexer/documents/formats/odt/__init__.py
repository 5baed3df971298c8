"""OpenDocument texts: what LibreOffice writes, and WPS on request.

Holds what reads them: ``reader`` (the walk, body → blocks), ``styles`` (what a paragraph inherits), ``numbering``
(numbers of lists and headings that stand nowhere in the text), ``names`` (the namespaces). Never a rule of Chinese
structure. To add an element, give it a case in ``reader``.
"""

from indexer.documents.formats.odt.reader import parse_odt
from indexer.model import Metadata, ParsedFile

SUFFIXES = (".odt", ".ott")


def read(content: bytes, name: str) -> ParsedFile:
    """Read an OpenDocument text, see ``documents.read``."""
    return parse_odt(content) if content else ParsedFile(Metadata(), ())
