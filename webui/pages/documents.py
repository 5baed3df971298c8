"""The list of all documents, page by page: by folder or work, found by a word, sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict

import indexer
from indexer.errors import BadParameter
from webui.pages.document_order import Documents
from webui.pages.folder_tree import folder_tree, is_in_folder
from webui.pages.paging import page_links
from webui.rendering.templates import render
from webui.strings import say
from webui.urls.mount import root
from webui.urls.state import MAX_VALUE, read_number, require_known

# Documents of one page of the list, and works that are listed beside it.
PAGE_SIZE = 200
WORKS = 100
# Code points of what is looked for at most: it stands in each of the many addresses of the page.
MAX_FIND = 200
# The first is the order of folders and files.
SORTS: Mapping[str, tuple[Callable[[indexer.Document], str], bool] | None] = {
    "path": None,
    "title": (lambda document: document.full_title, False),
    "-date": (lambda document: document.date or "", True),
    "date": (lambda document: document.date or "9999", False),
}


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list of documents is asked for.

    Attributes:
        folder: only what is in it or below.
        work: only its documents.
        find: what title or path has to hold.
        sort: one of ``SORTS``.
        offset: documents before the page.
    """

    folder: str = ""
    work: str = ""
    find: str = ""
    sort: str = "path"
    offset: int = 0

    @classmethod
    def read(cls, values: MultiDict[str, str]) -> Listing:
        """Read the parameters of a request.

        Raises:
            BadParameter: an unknown name, a too long value, no number, or no such order.
        """
        require_known(values, [field.name for field in fields(cls)])
        longest = {"folder": MAX_VALUE, "work": MAX_VALUE, "find": MAX_FIND}
        given = {name: _clean(values.get(name, "")) for name in longest}
        if any(len(given[name]) > limit for name, limit in longest.items()):
            raise BadParameter(say("too_many"), say("too_many_hint"))
        sort = values.get("sort") or "path"
        if sort not in SORTS:
            raise BadParameter(
                say("bad_choice", name="sort", value=_clean(sort)), say("bad_choice_hint", names="、".join(SORTS))
            )
        return cls(**given, sort=sort, offset=read_number(values, "offset"))

    def url(self, **changes: Any) -> str:
        """Make the address of this list with other parameters, from its first page unless ``offset`` is among them."""
        other = replace(self, **{"offset": 0, **changes})
        pairs = {field.name: getattr(other, field.name) for field in fields(other)}
        query = urlencode({name: value for name, value in pairs.items() if value not in ("", "path", 0)})
        return f"{root()}/documents{'?' if query else ''}{query}"

    def chosen(self, documents: Documents) -> Sequence[indexer.Document]:
        """Return the documents that it is about, in its order."""
        sought = self.find.strip().casefold()
        found = [
            document
            for document in documents
            if is_in_folder(document.path, self.folder)
            and self.work in ("", document.work)
            and sought in f"{document.full_title}\n{document.path}".casefold()
        ]
        order = SORTS[self.sort]
        return sorted(found, key=order[0], reverse=order[1]) if order else found


def add_routes(routes: Blueprint, all_documents: Callable[[], Documents]) -> None:
    """Add ``/documents``."""

    @routes.get("/documents")
    def documents() -> str:
        """Show one page of the list."""
        listing, every = Listing.read(request.args), all_documents()
        found, offset = listing.chosen(every), listing.offset
        works = Counter(document.work for document in every if document.work)
        return render(
            "documents.html",
            listing=listing,
            longest_find=MAX_FIND,
            documents=found[offset : offset + PAGE_SIZE],
            total=len(found),
            every=len(every),
            first=offset + 1,
            folders=folder_tree(every, listing.folder),
            works=works.most_common(WORKS),
            sorts=tuple(SORTS),
            pages=page_links(offset, PAGE_SIZE, len(found), lambda offset: listing.url(offset=offset)),
        )


def _clean(value: str) -> str:
    """Replace lone surrogates in a value, which could not be sent back."""
    return value.encode("utf-8", "replace").decode()
