"""``indexer.model.choices`` as a module of the browser's search.

    python -m tools.engine_choices

writes ``webui/static/engine/model/choices.js`` anew; ``tests/static_export/test_twins.py`` fails while it is stale.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer.model import Kind, Tier, Weights, choices, years
from indexer.model.weights import SYNONYM_WEIGHT

MODULE = Path(__file__).parent.parent / "webui" / "static" / "engine" / "model" / "choices.js"
COMMAND = "python -m tools.engine_choices"
WIDTH = 120

_HEADER = f"""\
// Twin of indexer/model/choices.py, indexer/model/weights.py, indexer/model/years.py.
// What may be asked for: names, values, defaults and limits. Written by `{COMMAND}`, never by hand.
"""
_NAMES = (
    "FILTERS",
    "FILTER_NAMES",
    "FACETS",
    "DEFAULT_FACETS",
    "MATCHES",
    "CHOICES",
    "DEFAULTS",
    "BOUNDS",
    "MAX_QUERY",
    "FIELD_NAMES",
    "MAX_DEPTH",
    "MAX_NEAR",
    "MAX_WILDCARDS",
    "MAX_COPIES",
    "MAX_NEARS",
    "MAX_RANKED",
    "MAX_CANDIDATES",
    "GLOB_GAP",
)


# What only a program can do: it has an embedder.
_NOT_IN_BROWSER = "near"


def constants() -> Iterator[tuple[str, Any]]:
    """Name and value of everything that the browser's search has to know."""
    yield "TIERS", list(Tier)
    yield "KINDS", list(Kind)
    for name in _NAMES:
        yield name, _of_browser(getattr(choices, name))
    yield "YEAR_PATTERN", years.YEAR_PATTERN
    yield "UNDATED", years.UNDATED
    yield "WEIGHTS", asdict(Weights())
    yield "SYNONYM_WEIGHT", SYNONYM_WEIGHT


def _of_browser(value: Any) -> Any:
    """A value without what the browser's search cannot do."""
    match value:
        case dict():
            return {key: _of_browser(each) for key, each in value.items() if key != _NOT_IN_BROWSER}
        case tuple():
            return tuple(each for each in value if each != _NOT_IN_BROWSER)
    return value


def module_text() -> str:
    """The whole module."""
    statements = (_statement(name, value) for name, value in constants())
    return f"{_HEADER}\n{''.join(statements)}"


def _statement(name: str, value: Any) -> str:
    text = f"export const {name} = {to_json(value)};\n"
    if len(text) <= WIDTH or not isinstance(value, dict):
        return text
    items = "".join(f"  {to_json(key)}: {to_json(each)},\n" for key, each in value.items())
    return f"export const {name} = {{\n{items}}};\n"


def to_json(value: Any) -> str:
    """A value as JSON, which is JavaScript too."""
    return json.dumps(value, ensure_ascii=False, default=asdict)


if __name__ == "__main__":
    MODULE.write_text(module_text(), "utf-8")
