"""Markdown, as it is written for CommonMark and for the generators of sites.

Holds what reads it: ``reader`` (tokens → blocks; ``through_html`` where there is HTML), ``inline_rules`` and
``block_rules`` (what Chinese text and the sites add to CommonMark), ``site_tags`` (what a ``{% … %}`` or ``{{< … >}}``
shows). Never a rule of Chinese structure. To add a notation, write a rule that gives markdown-it's own tokens, so that
``reader`` and the way through HTML need not know.
"""

from indexer.documents.formats.markdown.reader import parse_markdown
from indexer.documents.text_files import read_text_file
from indexer.model import ParsedFile

SUFFIXES = (".md", ".markdown", ".mdx")


def read(content: bytes, name: str) -> ParsedFile:
    """Read a file of Markdown, see ``documents.read``."""
    return read_text_file(content, parse_markdown)
