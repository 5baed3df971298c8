"""PDF: glyphs → lines (``lines``, ``columns``) → paragraphs, with pages; bookmarks give levels.

Holds what puts together what a PDF takes apart. Never holds what a Chinese heading looks like. What is drawn twice, bold
or scaled is settled in ``glyphs``, which characters are meant in ``characters``, ruled tables in ``tables``, what every
page repeats in ``running_heads``. A sign of where a paragraph begins goes into ``paragraphs``. pdfium may end the
process and knows no threads, so the registry says that the format is read in a process of its own.
"""

from indexer.documents.formats.pdf.reader import read

SUFFIXES = (".pdf",)

__all__ = ["SUFFIXES", "read"]
