"""The pictures that documents show: files in the same indexed folder, or parts of the document's own file."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping

from indexer.documents.zip_package import ZipPackage
from indexer.errors import ReadError
from indexer.model import Document, Original
from indexer.sources.originals import source_of
from indexer.sources.source_file import SourceFile, require_size

# Bytes of a picture at most.
LARGEST = 32 << 20
# Types of documents that hold their pictures.
_PACKAGES = frozenset(("docx", "docm", "dotx", "dotm", "pptx", "pptm", "ppsx", "potx", "epub", "odt", "ott"))


def existing_pictures(
    document: Document, roots: Mapping[str, str], parents: Mapping[str, str], sources: Collection[str]
) -> frozenset[str]:
    """Return those of ``sources``, as ``Picture.source`` of a document's passages, that are there.

    Args:
        document: whose pictures they are.
        roots: name of each indexed folder → the folder it stands for.
        parents: the same of folders of which only single files were indexed; files beside these are nobody's business.
        sources: what is asked for.
    """
    if not sources:
        return frozenset()
    try:
        if document.type in _PACKAGES:
            package = _package(document, {**parents, **roots})
            return frozenset(each for each in sources if package is not None and each in package)
        return frozenset(each for each in sources if _beside(document, each, roots))
    except (OSError, ReadError):
        return frozenset()


def read_picture(
    document: Document, roots: Mapping[str, str], parents: Mapping[str, str], source: str
) -> Original | None:
    """Return the file of a picture, its name and its bytes; None where it is gone or too large.

    Args:
        document: whose picture it is.
        roots: as of ``existing_pictures``.
        parents: likewise.
        source: ``Picture.source`` of one of its passages.
    """
    try:
        if document.type in _PACKAGES:
            package = _package(document, {**parents, **roots})
            content = package.read(source, LARGEST) if package is not None and source in package else None
        else:
            content = _content(_beside(document, source, roots))
    except (OSError, ReadError):
        return None
    return None if content is None else Original(posixpath.basename(source), content)


def _package(document: Document, folders: Mapping[str, str]) -> ZipPackage | None:
    source = source_of(document.path, folders)
    return None if source is None else ZipPackage(source.content())


def _beside(document: Document, source: str, roots: Mapping[str, str]) -> SourceFile | None:
    """Return a file below the same root as its document."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), source))
    root = document.path.partition("/")[0]
    return source_of(path, roots) if path.startswith(f"{root}/") else None


def _content(source: SourceFile | None) -> bytes | None:
    content = source.content() if source is not None else None
    require_size(len(content or b""), LARGEST)
    return content
