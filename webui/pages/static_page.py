"""The pages of a static export: the search, the documents and one to read, as files that need no server.

They look like those that are served, and share their style sheets, sentences and scripts. What a server renders from
``templates`` the modules of ``static/page`` make in the browser; each says which template it is the twin of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from posixpath import normpath

from jinja2 import Environment, PackageLoader

import indexer
from webui import strings
from webui.pages.examples import example_queries

STATIC = Path(__file__).parent.parent / "static"
# Page → its script and its style sheets. The first is what a host shows for the folder.
PAGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "index.html": ("main.js", ("base.css", "search.css", "static.css")),
    "read.html": ("read.js", ("base.css", "reading.css", "static.css")),
    "documents.html": ("documents_page.js", ("base.css", "search.css", "static.css")),
}
# As the server's, but for ``frame-ancestors``, which no page can say of itself.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
# Beginnings of sentences that only a server says.
_NEVER_SAID = ("api_", "bad_", "compare_", "export_", "feed_", "given_", "indexing_", "not_", "sign_in", "too_")

_IMPORT = re.compile(r'^(?:import|export|\}).* from "(\.\.?/[\w./-]+\.js)";$', re.M)
_LATE_IMPORT = re.compile(r'import\("(\.\.?/[\w./-]+\.js)"\)')
_COMMENT = re.compile(r"^\s*(?:/\*\*.*?\*/|//[^\n]*)\n", re.M | re.S)


def files(index: indexer.Index) -> dict[str, str]:
    """Make the files of the pages of an index: path in the export → text; those of the engine are not among them."""
    modules = {name for script, _ in PAGES.values() for name in _modules(f"page/{script}", late=True)}
    styles = {name for _, sheets in PAGES.values() for name in sheets}
    found = {name: _page(*about) for name, about in PAGES.items()}
    found |= {name: _script(name) for name in (*modules, "js/theme.js") if not name.startswith("engine/")}
    found |= {f"page/{name}": (STATIC / name).read_text("utf-8") for name in (*styles, "icon.svg")}
    found |= {f"page/{language}.json": _json(_said(language)) for language in strings.LANGUAGES}
    return found | {"page/examples.json": _json([asdict(each) for each in example_queries(index)])}


def _page(script: str, styles: tuple[str, ...]) -> str:
    """Render a page; what its script imports is named, so that a browser need not read one to hear of the next."""
    environment = Environment(loader=PackageLoader("webui"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    modules = sorted(_modules(f"page/{script}") - {f"page/{script}"})
    return environment.get_template("static_page.html").render(
        policy=POLICY, script=script, styles=styles, modules=modules
    )


def _modules(name: str, *, late: bool = False) -> set[str]:
    """Name a module and all it imports, below ``static``; ``late`` those too that it imports when they are wanted."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += _imported(module, late=late)
    return found


def _imported(module: str, *, late: bool) -> Iterator[str]:
    source, folder = (STATIC / module).read_text("utf-8"), PurePosixPath(module).parent
    for target in (*_IMPORT.findall(source), *(_LATE_IMPORT.findall(source) if late else ())):
        yield normpath(folder / target)


def _script(name: str) -> str:
    """Read a script without its comments and indentation."""
    lines = _COMMENT.sub("", (STATIC / name).read_text("utf-8")).splitlines()
    return "\n".join(line.lstrip() for line in lines if line.strip()) + "\n"


def _said(language: str) -> dict[str, str]:
    """Choose the sentences that a page without a server may say."""
    return {key: text for key, text in strings.table(language).items() if not key.startswith(_NEVER_SAID)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
