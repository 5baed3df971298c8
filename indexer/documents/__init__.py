"""Files → classified blocks: the registry of formats, and the analysis that all of them go through.

Holds what turns the bytes of a file into blocks and passages: ``formats`` (bytes → blocks), ``structure`` (which block
is a heading, and of what depth), ``boilerplate``, ``encoding``, and what the formats share (``text_files``, ``blocks``,
``lines``, ``table_rows``, ``drawn_tables``, ``page_numbers``, ``zip_package``, ``xml_parts``, ``ooxml``, ``formulas``,
``graphics``, ``libreoffice``, ``mime_parts``, ``frontmatter``, ``dates``, ``promulgation``, ``dating``, ``addresses``,
``pictures``, ``site_names``, ``squeezing``, ``vertical_words``).
Never a path, a token or an index. To add a format, copy ``formats/_template.py`` and give it a line in ``FORMATS``;
nothing else needs to know.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePath
from types import ModuleType
from typing import TYPE_CHECKING

from indexer.errors import ReadError
from indexer.model import Metadata, ParsedFile, Recognition

if TYPE_CHECKING:
    from indexer.documents.formats.html.site_page import SitePage

# Bumped whenever the same bytes may give other passages, so that indexes know to read unchanged files again.
VERSION = "14"


@dataclass(frozen=True, slots=True)
class Format:
    """A line of the registry; the module and its libraries load with the first file of the format.

    Attributes:
        name: of its module in ``indexer.documents.formats``.
        suffixes: the endings of its files, in lower case; the same as ``SUFFIXES`` of the module.
        extra: the extra of the package that brings its libraries; empty where every installation has them.
        binary: whether a file is no text, so that one of text with such a name is refused.
        isolated: its library may crash the process, so that it is never read in that of the program, not even where
            the system gives no other.
        recognizes: whether it recognises text on images where that is asked for, as the module's ``read`` takes it.
    """

    name: str
    suffixes: tuple[str, ...]
    extra: str = ""
    binary: bool = False
    isolated: bool = False
    recognizes: bool = False


FORMATS = (
    Format("html", (".html", ".htm", ".xhtml", ".shtml")),
    Format("markdown", (".md", ".markdown", ".mdx")),
    Format("pdf", (".pdf",), extra="pdf", binary=True, isolated=True, recognizes=True),
    Format("text", (".txt", ".text")),
    Format("docx", (".docx", ".docm", ".dotx", ".dotm"), binary=True),
    Format("doc", (".doc", ".wps")),
    Format("rtf", (".rtf",), binary=True),
    Format("odt", (".odt", ".ott"), binary=True),
    Format("pptx", (".pptx", ".pptm", ".ppsx", ".potx", ".ppt", ".pps"), binary=True),
    Format("epub", (".epub",), binary=True),
    Format("mail", (".eml", ".mhtml", ".mht")),
    Format("csv", (".csv", ".tsv")),
    Format("sheets", (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb"), extra="office", binary=True, isolated=True),
)
_BY_SUFFIX = {suffix: entry for entry in FORMATS for suffix in entry.suffixes}
SUFFIXES = frozenset(_BY_SUFFIX)


def is_isolated(content: bytes, name: str) -> bool:
    """Whether a file may never be read in the process of the program, by its name or by what it is."""
    from indexer.documents.true_format import true_name

    entry = _BY_SUFFIX.get(PurePath(true_name(content, name)).suffix.lower())
    return entry is not None and entry.isolated


def is_binary(name: str) -> bool:
    """Whether a file of this name is no text."""
    entry = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    return entry is not None and entry.binary


def recognizes(name: str) -> bool:
    """Whether text is recognised on the images of a file of this name where that is asked for."""
    entry = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    return entry is not None and entry.recognizes


def require_recognition(recognition: Recognition) -> None:
    """Check that text can be recognised in these languages on this machine.

    Raises:
        BadParameter: the program for it, or one of the languages, is not installed.
        ReadError: the library of the format is not installed.
    """
    for entry in FORMATS:
        if entry.recognizes:
            _load(entry).require(recognition)


def load(name: str) -> None:
    """Load what reads files of this name, for who has time before the first of them comes. A library that may crash the
    process is left until a file needs it, which is then to blame.
    """
    from indexer.documents.true_format import true_name

    entry = _BY_SUFFIX.get(PurePath(true_name(b"", name)).suffix.lower())
    if entry is not None and not entry.isolated:
        _load(entry)
    _understood(ParsedFile(Metadata(), ()), name)


def read(content: bytes, name: str, recognition: Recognition | None = None) -> ParsedFile:
    """Read the bytes of one file into classified blocks.

    An empty file is a document without blocks.

    Args:
        content: the whole file.
        name: its name, whose ending tells the format, unless its first bytes leave no doubt that it is another one.
        recognition: how to recognise text on images, where the format does; None for not at all.

    Raises:
        ReadError: the file is of an unknown format, of one whose library is not installed, or not what its ending says;
            message and hint are sentences for the user.
    """
    from indexer.documents.true_format import true_name

    suffix = PurePath(name).suffix
    if suffix.lower() not in SUFFIXES:
        raise ReadError(f"不认识的文件类型“{suffix or name}”。", f"能读的文件类型：{' '.join(sorted(SUFFIXES))}。")
    actual = true_name(content, name)
    entry = _BY_SUFFIX[PurePath(actual).suffix.lower()]
    module = _load(entry)
    parsed: ParsedFile = module.read(content, actual, recognition) if entry.recognizes else module.read(content, actual)
    return _understood(parsed, name)


def read_site_page(content: bytes, name: str) -> SitePage:
    """Read a page of a built site: its text into classified blocks, and what it says about itself as a page.

    Raises:
        ReadError: it is no text, or in no encoding that can be told.
    """
    from indexer.documents.formats.html.site_page import read_site_page

    page = read_site_page(content)
    return replace(page, parsed=_understood(page.parsed, name))


def _understood(parsed: ParsedFile, name: str) -> ParsedFile:
    from indexer.documents.addresses import followable
    from indexer.documents.dating import dated

    about = replace(parsed.metadata, url=followable(parsed.metadata.url))
    return _classify(replace(parsed, metadata=dated(about, name, parsed.blocks)))


def _load(entry: Format) -> ModuleType:
    try:
        return import_module(f"indexer.documents.formats.{entry.name}")
    except ModuleNotFoundError as error:
        if not entry.extra:
            raise
        message = f"读 {entry.suffixes[0]} 文件要用到 {error.name}，还没有安装。"
        raise ReadError(message, f"请在项目目录里运行：pip install '.[{entry.extra}]'") from error


def _classify(parsed: ParsedFile) -> ParsedFile:
    """Give the blocks of a format what they are in a Chinese document, whatever the format was."""
    from indexer.documents.boilerplate.filter import remove_boilerplate
    from indexer.documents.drawn_tables import with_rows
    from indexer.documents.long_passages import bounded
    from indexer.documents.parts import work_above
    from indexer.documents.structure.classifier import classify
    from indexer.documents.structure.titles import without_site, without_site_name
    from indexer.documents.vertical_words import with_words_whole

    metadata = parsed.metadata
    metadata = replace(metadata, work=metadata.work or work_above(parsed.blocks))
    kept, dropped = remove_boilerplate(with_words_whole(with_rows(parsed.blocks)))
    metadata = without_site_name(metadata, kept)
    blocks = classify(kept, metadata)
    if metadata.head_title:
        metadata = replace(metadata, head_title=without_site(metadata.head_title, blocks))
    pieces, cuts = bounded(blocks)
    return replace(parsed, metadata=metadata, blocks=pieces, cuts=cuts, dropped=(*parsed.dropped, *dropped))
