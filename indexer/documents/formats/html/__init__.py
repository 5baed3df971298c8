"""HTML."""

from indexer.documents.formats.html.reader import read

__all__ = ["read"]
