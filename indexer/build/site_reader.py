"""A built site → a document for each of its pages that is to be searched, and why the others are not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from indexer import documents
from indexer.build.failures import as_read_error
from indexer.build.reader import document_of
from indexer.documents import passages
from indexer.errors import BadParameter
from indexer.model import Document, Failure, Passage
from indexer.model.ids import content_digest, document_id
from indexer.sources.filenames import readable_path
from indexer.sources.site import Addresses, addresses, page_files, rule_of
from indexer.sources.source_file import MAX_FILE_BYTES, SourceFile

if TYPE_CHECKING:
    from indexer.documents.formats.html.site_page import SitePage

# Path → page, and digest of its file.
Pages: TypeAlias = "dict[str, tuple[SitePage, str]]"


@dataclass(frozen=True, slots=True)
class SiteDocument:
    """A page of a site, read.

    Attributes:
        passages: each with the nearest id of the page as its anchor.
        address: below the root of the site, not quoted.
        text: all that the page shows, ``squeezed``.
    """

    document: Document
    passages: tuple[Passage, ...]
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class SiteReading:
    """What a built site was read as.

    Attributes:
        pages: by path.
        left_out: paths of pages that are not searched, and why.
        failed: those that could not be read.
    """

    pages: tuple[SiteDocument, ...]
    left_out: tuple[Failure, ...]
    failed: tuple[Failure, ...]


def read_site(site: Path, own: str, leave_out: Collection[str] = (), remembered: Pages | None = None) -> SiteReading:
    """Read the pages of a built site.

    Args:
        site: the folder that a generator wrote.
        own: the name of the file by which folders that hold an export are told, see ``page_files``.
        leave_out: paths of pages that are not to be searched, whatever they are.
        remembered: what the last reading found, which this one need not read again; it is brought up to date.

    Raises:
        BadParameter: it is no folder, or there is no page in it that can be searched.
    """
    if not site.is_dir():
        raise BadParameter(
            f"{readable_path(site)} 不是目录。", "请给出网站生成器写出的目录，例如 site、public、build。"
        )
    failed: list[Failure] = []
    read: Pages = {}
    before = remembered or {}
    for path, file in page_files(site, own):
        try:
            read[path] = _read(file, path, before.get(path))
        except Exception as error:
            failed.append(Failure(path, str(as_read_error(error))))
    if remembered is not None:
        remembered.clear()
        remembered.update(read)
    pages = {path: page for path, (page, _) in read.items()}
    where = addresses({path: page.canonical for path, page in pages.items()})
    left_out = dict(_reasons(pages, where, leave_out))
    kept = sorted(path for path in pages if path not in left_out)
    if not kept:
        raise BadParameter(f"{readable_path(site)} 里没有能检索的网页。", "请先让生成器写出网站，再给出它写出的目录。")
    return SiteReading(
        pages=tuple(_document(path, *read[path], where.below[path]) for path in kept),
        left_out=tuple(Failure(path, left_out[path]) for path in sorted(left_out)),
        failed=tuple(failed),
    )


def _read(file: Path, path: str, before: tuple[SitePage, str] | None) -> tuple[SitePage, str]:
    """Return a page and the digest of its file; ``before`` where that is the same as then."""
    content = SourceFile(file, path, MAX_FILE_BYTES).content()
    digest = content_digest(content)
    return before if before and before[1] == digest else (documents.read_site_page(content, file.name), digest)


def _reasons(pages: Mapping[str, SitePage], where: Addresses, leave_out: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the pages that are not searched, each with the first reason that holds."""
    generators = {page.generator for page in pages.values()} - {""}
    any_marked = any(page.is_marked for page in pages.values())
    checks: tuple[Callable[[str, SitePage], str | None], ...] = (
        lambda path, _: "作者写明不检索。" if path in leave_out else None,
        lambda _, page: None if page.is_page else "不是一个完整的网页。",
        lambda _, page: "只是转到别的页。" if page.redirects else None,
        lambda _, page: "网页写明不让检索收录（robots noindex）。" if page.is_unlisted else None,
        lambda _, page: "没有标出正文，而别的页标了。" if any_marked and not page.is_marked else None,
        lambda path, page: None if page.is_marked else rule_of(path, page.classes, generators),
        lambda path, _: f"规范网址是另一页：{where.copies[path]}。" if path in where.copies else None,
        lambda _, page: None if page.parsed.blocks else "没有正文。",
    )
    for path, page in pages.items():
        if reason := next(filter(None, (check(path, page) for check in checks)), None):
            yield path, reason


def _document(path: str, page: SitePage, digest: str, address: str) -> SiteDocument:
    key = document_id(path)
    title, made = passages.build(key, _name(path), page.parsed)
    document = document_of(key, path, title, digest, page.parsed.metadata)
    return SiteDocument(document, made, address, page.text)


def _name(path: str) -> str:
    """Return what a page without a title is called: its folder, where its file is only the index of that."""
    whole = PurePosixPath(path)
    return whole.parent.name or whole.stem if whole.stem == "index" else whole.stem
