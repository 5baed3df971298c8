"""PDF: pages → glyphs → lines (``lines``, ``columns``) → paragraphs, with pages; bookmarks give levels.

Holds what puts together what a PDF takes apart. Never holds what a Chinese heading looks like. What is drawn twice,
bold or scaled is settled in ``glyphs``, which characters are meant in ``characters``, which way lines run in
``frames``, ruled tables in ``tables`` and, where all rules lie, ``open_tables``, what every page repeats in
``running_heads``, tables of contents in ``contents``, words in drawings in ``figures``. Where the text of a line may
go to is in ``text_columns`` and ``margins``, what opens an item of a list in ``list_items``. Text on images is
recognised by ``recognition``, where that is asked for; what sizes say of such text is in ``recognized``, whether text
is any in ``legibility``. To add a sign of where a paragraph begins, give it to ``paragraphs``. pdfium may end the
process and knows no threads, so the registry has the format read in a process of its own.
"""

from indexer.documents.formats.pdf.reader import read
from indexer.documents.formats.pdf.recognition import require

SUFFIXES = (".pdf",)

__all__ = ["SUFFIXES", "read", "require"]
