"""Files → classified blocks: one module per format, all of them through the same analysis of structure.

To add a format, write ``indexer/parse/<format>.py`` with ``read(text) -> ParsedFile`` that gives blocks in reading
order, and enter it in ``_FORMATS``. Nothing else needs to know.
"""

from __future__ import annotations

from dataclasses import fields, replace
from importlib import import_module
from pathlib import Path

from indexer.errors import ReadError, reason
from indexer.model import Metadata, ParsedFile

# Bumped whenever the same bytes may give other passages, so that indexes know to read unchanged files again.
VERSION = "4"

# Ending → module of this package. Modules and their libraries load with the first file of their format.
_FORMATS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
# Formats whose files may name their encoding in themselves.
_DECLARING = frozenset({"html"})
SUFFIXES = frozenset(_FORMATS)


def parse_file(path: Path) -> ParsedFile:
    """Read one file into classified blocks.

    An empty file is a document without blocks.

    Raises:
        ReadError: the file is missing, not permitted, a directory, of an unknown format, no text, or in no encoding
            that can be told; message and hint are sentences for the user.
    """
    from indexer.documents.encoding import decoder

    chosen = _FORMATS.get(path.suffix.lower())
    if chosen is None:
        known = " ".join(sorted(SUFFIXES))
        raise ReadError(f"不认识的文件类型“{path.suffix or path.name}”。", f"能读的文件类型：{known}。")
    return _parse(decoder.decode(_bytes(path), declares=chosen in _DECLARING), chosen)


def _parse(content: str, chosen: str) -> ParsedFile:
    from indexer.documents import frontmatter
    from indexer.documents.boilerplate import filter as furniture
    from indexer.documents.structure import classifier, titles

    content = content.replace("\r\n", "\n").replace("\r", "\n")
    ahead, body = frontmatter.split(content)
    parsed: ParsedFile = import_module(f"indexer.documents.formats.{chosen}").read(body)
    about = _merged(ahead, parsed.metadata)
    blocks = classifier.classify(furniture.without(parsed.blocks), about.title or about.head_title)
    if about.head_title:
        about = replace(about, head_title=titles.without_site(about.head_title, blocks))
    return ParsedFile(about, blocks)


def _merged(ahead: Metadata, inside: Metadata) -> Metadata:
    """Front matter, completed by what the page says about itself."""
    return replace(ahead, **{f.name: getattr(ahead, f.name) or getattr(inside, f.name) for f in fields(Metadata)})


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError("文件不存在。", "它可能刚被移走或改名，请检查路径。") from None
    except PermissionError:
        raise ReadError("没有读取这个文件的权限。", "请检查文件权限，或换有权限的用户运行。") from None
    except IsADirectoryError:
        raise ReadError("这是一个目录，不是文件。", "请给出其中的文件，或把整个目录交给 index 命令。") from None
    except OSError as error:
        raise ReadError(f"读取文件时出错：{reason(error)}。", "请检查磁盘和路径。") from None
