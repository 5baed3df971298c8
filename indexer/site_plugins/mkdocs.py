"""The plugin of MkDocs: ``plugins: [xunzhang]`` puts our search in the place of the theme's."""

from __future__ import annotations

import logging
import re
from fnmatch import fnmatchcase
from html import escape
from importlib import resources
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from indexer.errors import XunzhangError
from indexer.static_export import FOLDER, Pages, export_site
from webui.embed import widget

_log = logging.getLogger("mkdocs.plugins.xunzhang")
# What the theme's own search is called, as a plugin of MkDocs and of Material.
_OTHERS = ("search", "material/search")
_ELEMENT = "<xunzhang-search"
_STYLE = "mkdocs.css"
# The header of Material, where the box stands before what leads to the repository, else at the end.
_HEADER = re.compile(r'(<nav class="md-header__inner.*?)(?=<div class="md-header__source">|</nav>)', re.S)
_BODY = re.compile(r"<body\b[^>]*>")


class XunzhangConfig(Config):
    """The options of the plugin, described in the handbook."""

    enabled = config_options.Type(bool, default=True)
    folder = config_options.Type(str, default=FOLDER)
    placeholder = config_options.Optional(config_options.Type(str))
    limit = config_options.Type(int, default=8)
    exclude = config_options.ListOfItems(config_options.Type(str), default=[])


class XunzhangPlugin(BasePlugin[XunzhangConfig]):
    """Takes out the theme's search, gives every page our box, and exports the search when the site is built."""

    def __init__(self) -> None:
        self._pages: Pages = {}
        self._left_out: set[str] = set()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Stay the same object over all the builds of ``mkdocs serve``: pages that are the same are read once."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Take out the theme's own search."""
        for name in _OTHERS if self.config.enabled else ():
            plugin = config.plugins.pop(name, None)
            for event, methods in config.plugins.events.items() if plugin else ():
                if event != "config":  # which is going on
                    methods[:] = [method for method in methods if getattr(method, "__self__", None) is not plugin]
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Begin a build: no page is left out yet."""
        self._left_out.clear()
        return files

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Give a page the box."""
        if not self.config.enabled:
            return output
        if self._is_excluded(page):
            self._left_out.add(page.file.dest_uri)
        return self._with_box(output, get_relative_url(f"{self.config.folder}/", page.url))

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Give a page that is no document the box, such as what is shown where there is no page, at any address."""
        if not self.config.enabled or not template_name.endswith(".html"):
            return output_content
        root = urlsplit(config.site_url or "/").path.rstrip("/")
        return self._with_box(output_content, f"{root}/{self.config.folder}/")

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search into the site."""
        if not self.config.enabled:
            return
        site = Path(config.site_dir)
        style = resources.files("indexer.site_plugins").joinpath(_STYLE).read_text("utf-8")
        scripts = {"widget.js": widget.script(), _STYLE: style}
        try:
            report = export_site(
                site, site / self.config.folder, scripts, leave_out=self._left_out, remembered=self._pages
            )
        except XunzhangError as error:
            raise PluginError(f"寻章：{error}") from error
        for one in report.left_out:
            _log.debug("寻章：不检索 %s：%s", one.path, one.reason)
        for one in report.failed:
            _log.warning("寻章：读不了 %s：%s", one.path, one.reason)
        export = report.export
        _log.info("寻章：%d 页，%d 段，打开网页先读 %.0f kB", export.documents, export.passages, export.core / 1e3)

    def _is_excluded(self, page: Page) -> bool:
        """Tell whether the author says that a page is not to be searched: in its head, as for Material, or here."""
        said = page.meta.get("search")
        if isinstance(said, dict) and said.get("exclude"):
            return True
        return any(fnmatchcase(page.file.src_uri, pattern) for pattern in self.config.exclude)

    def _with_box(self, output: str, folder: str) -> str:
        """Return a page with the box; a page that has one keeps it where it is.

        Args:
            output: the page.
            folder: the way from it to the export, with a slash at its end.
        """
        folder = escape(folder)
        head = f'<link rel="stylesheet" href="{folder}{_STYLE}"><script type="module" src="{folder}widget.js"></script>'
        output = output.replace("</head>", f"{head}</head>", 1)
        if _ELEMENT in output:
            return output
        box = self._box(folder)
        placed, count = _HEADER.subn(lambda match: match[1] + box, output, count=1)
        corner = f'<div class="xunzhang-corner">{box}</div>'
        return placed if count else _BODY.sub(lambda match: match[0] + corner, output, count=1)

    def _box(self, folder: str) -> str:
        placeholder = self.config.placeholder
        asked = f' placeholder="{escape(placeholder)}"' if placeholder else ""
        return f'{_ELEMENT} mode="dialog" src="{folder}" limit="{self.config.limit}"{asked}></xunzhang-search>'
