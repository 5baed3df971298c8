"""Rich Text Format: rtf, read directly, since whoever has no LibreOffice has such files too.

Holds what reads them: ``tokens`` (bytes → control words and text), ``charsets`` (which bytes are which characters),
``destinations`` (which groups are shown), ``stylesheet`` (fonts and styles by their numbers), ``parser`` (tokens →
paragraphs and rows, which ``story`` defines), ``reader`` (these → blocks). Numbers of lists are those that the file
itself holds (``listtext``). Never a rule of Chinese structure. To add a control word, give it a line in the table of
``parser``, a group one in ``destinations``.
"""

from indexer.documents.formats.rtf.reader import parse_rtf
from indexer.model import Metadata, ParsedFile

SUFFIXES = (".rtf",)


def read(content: bytes, name: str) -> ParsedFile:
    """Read an RTF document, see ``documents.read``."""
    return parse_rtf(content) if content else ParsedFile(Metadata(), ())
