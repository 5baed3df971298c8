"""Word documents: docx, and what is called ``.doc`` but is one.

Holds what reads them: ``reader`` (the walk, body → blocks), ``runs`` (what of a paragraph is visible), ``styles`` (what
a paragraph inherits), ``numbering`` (numbers that stand nowhere in the text), ``fields`` (which text fields hide),
``symbols`` (characters of picture fonts). Never a rule of Chinese structure. To add an element, give it a case in the
walk that meets it: ``reader`` for what holds paragraphs, ``runs`` for what stands in one.
"""

from indexer.documents.formats.docx.reader import parse_docx
from indexer.model import Metadata, ParsedFile

SUFFIXES = (".docx", ".docm", ".dotx", ".doc")


def read(content: bytes, name: str) -> ParsedFile:
    """Read a Word document, see ``documents.read``; the binary ``.doc`` of Word 97–2003 is refused with a way out."""
    return parse_docx(content) if content else ParsedFile(Metadata(), ())
