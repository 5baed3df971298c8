"""A built site → the export that searches it, written into the site."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path, PurePath

from indexer.analysis import Analyzer
from indexer.build.site_reader import Pages, SiteReading, read_site
from indexer.errors import BadParameter
from indexer.model import SiteReport
from indexer.static_export.columns import gather
from indexer.static_export.own_files import MANIFEST
from indexer.static_export.site_links import SiteLinks, spots_of
from indexer.static_export.writer import write_export

# Where the export is written in a site.
FOLDER = "xunzhang"


def export_site(
    site: Path,
    folder: Path | None = None,
    scripts: Mapping[str, str] | None = None,
    leave_out: Collection[str] = (),
    *,
    analyzer: Analyzer | None = None,
    remembered: Pages | None = None,
) -> SiteReport:
    """Read a built site, and write its search into it, as files that its host serves as they are.

    Args:
        site: the folder that a generator wrote: HTML files.
        folder: where in the site the search is written; None for ``xunzhang`` in it.
        scripts: name → text of what is written beside the engine, the widget for example.
        leave_out: paths of pages, in the site, that are not to be searched.
        analyzer: with the user's words and synonyms; None for one without.
        remembered: the pages of the last export, which are not read again where they are the same; it is brought up to
            date. None for none.

    Raises:
        BadParameter: the site is no folder, has no page to search, or the search would be outside of it; or its folder
            holds something that no export wrote.
        IndexUnavailable: the folder cannot be written.
    """
    target = folder or site / FOLDER
    root = _root(site, target)
    reading = read_site(site, MANIFEST, leave_out, remembered)
    used = analyzer or _default_analyzer()
    rows = gather(((page.document, page.passages) for page in reading.pages), used)
    # nothing to complete: what a box in a page is for are hits
    report = write_export(rows, used, target, scripts, links=_links(reading, root))
    return SiteReport(report, reading.left_out, reading.failed)


@cache
def _default_analyzer() -> Analyzer:
    """Return one for the whole process: what an export holds of it is worked out once."""
    return Analyzer()


def _root(site: Path, target: Path) -> str:
    """Return the way from the export to the root of the site."""
    way = PurePath(os.path.relpath(target.resolve(), site.resolve()))
    if not way.parts or ".." in way.parts or way.is_absolute():
        raise BadParameter(f"{target} 不在网站的目录 {site} 里面。", f"请写在它里面，例如 {site / FOLDER}。")
    return "../" * len(way.parts)


def _links(reading: SiteReading, root: str) -> SiteLinks:
    links = SiteLinks(root)
    for page in reading.pages:
        links.addresses.append(page.address)
        links.spots += spots_of(page.passages, page.text)
    return links
