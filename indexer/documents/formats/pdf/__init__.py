"""PDF: glyphs → lines (``lines``, ``columns``) → paragraphs, with pages; bookmarks give levels.

Holds what puts together what a PDF takes apart. Never holds what a Chinese heading looks like. What is drawn twice,
bold or scaled is settled in ``glyphs``, which characters are meant in ``characters``, ruled tables in ``tables``, what
every page repeats in ``running_heads``, tables of contents in ``contents``. To add a sign of where a paragraph begins,
give it to ``paragraphs``. pdfium may end the process and knows no threads, so the registry has the format read in a
process of its own.
"""

from indexer.documents.formats.pdf.reader import read

SUFFIXES = (".pdf",)

__all__ = ["SUFFIXES", "read"]
