"""Where the command line prints: a console that no document can command."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.segment import Segment
from rich.text import Text

from indexer.cli.stdio import harmless, one_line

MARK = "bold yellow"


def console(*, stderr: bool = False) -> Console:
    """Where to print; lines are wrapped only where a terminal has an edge to wrap them at."""
    made = Console(stderr=stderr)
    if not made.is_terminal:
        made = Console(stderr=stderr, width=10_000, soft_wrap=True)
    made.push_render_hook(_Harmless())
    return made


class _Harmless(RenderHook):
    """Keeps control characters of documents and paths from the terminal, which would obey them."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Shown(renderable) for renderable in renderables]


class _Shown:
    def __init__(self, renderable: ConsoleRenderable) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._renderable, options):
            yield segment if segment.control else Segment(harmless(segment.text), segment.style)


def plain(text: str) -> Text:
    """Text as it is; what looks like markup is not."""
    return Text(text, overflow="fold")


def in_line(*parts: str | tuple[str, str]) -> Text:
    """Names and titles, with their styles, put together in one line whatever stands in them."""
    texts = (part if isinstance(part, tuple) else (part, "") for part in parts)
    return Text.assemble(*((one_line(text), style) for text, style in texts))
