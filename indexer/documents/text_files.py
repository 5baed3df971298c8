"""What the formats that are text share: bytes → text, the front matter parted from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

from indexer.documents import frontmatter
from indexer.documents.encoding.decoder import decode
from indexer.model import Metadata, ParsedFile


def read_text_file(
    content: bytes, parse: Callable[[str], ParsedFile], *, declares_encoding: bool = False
) -> ParsedFile:
    """Read a file that is text: decode it, set its front matter apart, and parse what follows.

    Args:
        content: the whole file.
        parse: reads the text below the front matter, all of whose line ends are line feeds.
        declares_encoding: whether the format may name its encoding in itself (HTML's ``<meta charset>``).

    Returns:
        The blocks, and the metadata of the front matter, completed by what the text says about itself.

    Raises:
        ReadError: the bytes are no text, or in no encoding that can be told.
    """
    text = decode(content, declares=declares_encoding).replace("\r\n", "\n").replace("\r", "\n")
    metadata, body = frontmatter.split(text)
    parsed = parse(body)
    return replace(parsed, metadata=_completed(metadata, parsed.metadata))


def _completed(metadata: Metadata, other: Metadata) -> Metadata:
    missing = {one.name: getattr(other, one.name) for one in fields(Metadata) if not getattr(metadata, one.name)}
    return replace(metadata, **missing)
