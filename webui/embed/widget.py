"""The search box for other people's pages: one script, made of the page's own modules and those of the widget."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path, PurePosixPath

from flask import Blueprint, Response, jsonify, request

STATIC = Path(__file__).parent.parent / "static"
ENTRANCE = PurePosixPath("widget/element.js")

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "(\.\.?/[\w./-]+\.js)";$', re.M)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.M)
_STATEMENT = re.compile(r"^(?:import|export)\b.*", re.M)
_COMMENT = re.compile(r"^\s*(?:/\*\*.*?\*/|//[^\n]*)\n", re.M | re.S)


def add_routes(routes: Blueprint, *, is_for_others: bool) -> None:
    """Add ``/widget.js`` and ``/index.json``, the file in which a static export says what it is.

    Args:
        routes: of the site.
        is_for_others: whether pages of other origins may search here. Then all of them may learn that there is a
            server, so that the widget can tell one that does not allow its page from one that is away.
    """

    @routes.get("/widget.js")
    def widget() -> Response:
        """Send the script; asked for anew each time and sent only when it changed, so that it fits its server."""
        response = Response(script(), mimetype="text/javascript")
        response.cache_control.no_cache = True
        response.add_etag()
        response.make_conditional(request)
        return response

    @routes.get("/index.json")
    def marker() -> Response:
        """Say what is here: a server and no export."""
        response = jsonify(api="api/v1")
        if is_for_others:
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


@cache
def script() -> str:
    """Bundle the widget with all that it imports, as one module without comments and indentation.

    Each module becomes a function that is called once, so that their names do not meet.

    Raises:
        ValueError: a module imports or exports in a way that is not foreseen here.
    """
    numbers: dict[PurePosixPath, int] = {}
    parts: list[str] = []
    _add(ENTRANCE, numbers, parts)
    return "".join(parts)


def modules() -> list[str]:
    """List the files in ``static`` that the script is made of, in the order in which they run."""
    numbers: dict[PurePosixPath, int] = {}
    _add(ENTRANCE, numbers, [])
    return [str(path) for path in numbers]


def _add(path: PurePosixPath, numbers: dict[PurePosixPath, int], parts: list[str]) -> None:
    """Add a module after those that it imports."""
    source = _COMMENT.sub("", (STATIC / path).read_text("utf-8"))
    used: list[str] = []
    for names, target in _IMPORT.findall(source):
        imported = _resolve(path.parent / target)
        if imported not in numbers:
            _add(imported, numbers, parts)
        used.append(f"const {{ {names} }} = m{numbers[imported]};")
    exported = _EXPORT.findall(source)
    body = _EXPORT.sub("", _IMPORT.sub("", source))
    if statement := _STATEMENT.search(body):
        raise ValueError(f"{path}: {statement[0]}")
    numbers[path] = len(numbers)
    lines = [line.lstrip() for line in (*used, *body.splitlines()) if line.strip()]
    parts.append(
        "\n".join((f"const m{numbers[path]} = (() => {{", *lines, f"return {{ {', '.join(exported)} }};", "})();\n"))
    )


def _resolve(path: PurePosixPath) -> PurePosixPath:
    """Resolve ``.`` and ``..`` in a path."""
    found: list[str] = []
    for part in path.parts:
        if part == "..":
            found.pop()
        else:
            found.append(part)
    return PurePosixPath(*found)
