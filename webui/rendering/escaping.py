"""Values → what a template writes of them: as ``markupsafe`` escapes, without an object that says it has been done."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from jinja2 import Environment, Template


def escaped(value: object) -> str:
    """Escape a value for a place in HTML: what is Markup stays. A page does it 1,400 times and is put together at once,
    so that a ``Markup`` of each piece, which takes ten times as long as the escaping, would be for nobody.
    """
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return (
        str(value)
        .replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace('"', "&#34;")
    )


class EscapingTemplate(Template):
    """A template whose code escapes by ``escaped``."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: Any,
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's name
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Make a template of its code, whose names are its module's."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = escaped
        return template
