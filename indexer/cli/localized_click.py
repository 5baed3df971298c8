"""Click in the language of its users: its help, and what it says of a command that was typed wrongly.

``help=`` and ``metavar=`` of commands, options and arguments are keys of ``strings``: what they say is looked up when
it is shown, as the language is known only then.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from indexer.cli.strings import knows, say

# A Latin word or one other character, with the marks after it.
_UNBREAKABLE = re.compile(r"(?:[!-~]+|.)[ ，。；：、）]*")


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, say("usage"))

    def write_heading(self, heading: str) -> None:
        key = f"heading_{heading.lower()}"
        self.write(f"{'':>{self.current_indent}}{say(key) if knows(key) else heading}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        column = min(max(_columns(name) for name, _ in rows), col_max) + col_spacing
        for name, text in rows:
            first, *others = _wrapped(text, self.width - self.current_indent - column)
            gap = column - _columns(name)
            lines = [name + " " * gap + first] if gap >= col_spacing else [name, " " * column + first]
            for line in (*lines, *(" " * column + other for other in others)):
                self.write(f"{'':>{self.current_indent}}{line}\n")


def _columns(text: str) -> int:
    """Columns of a terminal that ``text`` takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most ``width`` columns; Latin words stay whole, marks do not begin a line."""
    line = ""
    for piece in _UNBREAKABLE.findall(text):
        if line and _columns(line + piece) > width:
            yield line.rstrip()
            line = ""
        line += piece
    yield line


class _Context(click.Context):
    formatter_class = _Formatter


class Argument(click.Argument):
    """An argument whose metavar is a key."""

    def make_metavar(self, ctx: click.Context) -> str:
        """What stands for the value."""
        return _metavar(super().make_metavar(ctx))


class Option(click.Option):
    """An option whose help is a key, filled in with ``values``, and names its default."""

    def __init__(self, *args: Any, values: dict[str, object] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._values = values or {}

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Names and help, the default in brackets."""
        record = super().get_help_record(ctx)
        text = say(self.help or "", **self._values)
        default = self.get_help_extra(ctx).get("default")
        return record and (record[0], text + say("default", value=default) if default else text)

    def make_metavar(self, ctx: click.Context) -> str:
        """What stands for the value."""
        return _metavar(super().make_metavar(ctx))


def _metavar(found: str) -> str:
    key = f"metavar_{found.lower().replace(' ', '_')}"
    return say(key) if knows(key) else found


class Command(click.Command):
    """A command whose help stands in ``strings`` below its name."""

    context_class = _Context

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What follows the command's name in its usage."""
        self.options_metavar = say("metavar_options")
        return super().collect_usage_pieces(ctx)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, with examples."""
        self.help = _help_of(self)
        super().format_help_text(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of that."""
        return re.split(r"(?<=。)|(?<=\.)\s", _help_of(self), maxsplit=1)[0].strip()

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        option = super().get_help_option(ctx)
        if option:
            shown = Option(option.opts, is_flag=True, help="option_help", expose_value=False, callback=option.callback)
            shown.is_eager = True
            return shown
        return None


def _help_of(command: click.Command) -> str:
    return say(f"help_{(command.name or '').replace('-', '_')}")


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What follows the program's name in its usage."""
        self.subcommand_metavar = say("metavar_command")
        return super().collect_usage_pieces(ctx)


command = partial(click.command, cls=Command)
option = partial(click.option, cls=Option)
argument = partial(click.argument, cls=Argument)
INDEX_OPTION = option(
    "--index", "folder", default="index", show_default=True, type=click.Path(path_type=Path), help="option_index"
)
JSON_OPTION = option("--json", "as_json", is_flag=True, help="option_json")
EMBEDDER_OPTION = option("--embedder", metavar="MODEL", help="option_embedder")
MEMORY_OPTION = option(
    "--memory", type=click.IntRange(256, 1 << 20), default=1024, show_default=True, help="option_memory"
)
SYNONYMS_OPTION = option("--synonyms", type=click.Path(path_type=Path), help="option_synonyms_now")


def sentence(error: click.UsageError) -> str:
    """One sentence on what is wrong, and one with the way out."""
    return _fault(error) + say("see_usage", command=error.ctx.command_path if error.ctx else "xunzhang")


def _fault(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            meant = _meant(error.possibilities) or _minus(error.ctx)
            return say("no_such_option", name=error.option_name, meant=meant)
        case click.exceptions.NoSuchCommand():
            return say("no_such_command", name=error.command_name, meant=_meant(error.possibilities))
        case click.MissingParameter():
            return say("missing_parameter", name=_name(error.param).rstrip())
        case click.BadOptionUsage():
            return say("option_wants_value", name=error.option_name)
        case click.BadParameter():
            return say("bad_value", name=_name(error.param), wanted=_wanted(error.param))
    return say("too_many_arguments")


def _minus(context: click.Context | None) -> str:
    """Where a query may have been meant: how one begins with a minus."""
    asks = context and any(parameter.name == "query" for parameter in context.command.params)
    return say("query_with_minus") if asks else ""


def _meant(possibilities: Sequence[str] | None) -> str:
    return say("did_you_mean", names=say("comma").join(possibilities)) if possibilities else ""


def _name(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return say("named_option", name=parameter.opts[-1])
    if parameter:
        return say("named_argument", name=parameter.make_metavar(click.Context(click.Command(""))).removesuffix("..."))
    return say("an_argument")


def _wanted(parameter: click.Parameter | None) -> str:
    """What a parameter takes."""
    match parameter.type if parameter else None:
        case click.Choice(choices=choices):
            return say("wants_choice", choices=say("comma").join(map(str, choices)))
        case click.IntRange(min=least, max=most):
            return say("wants_range", least=least, most=most)
        case click.types.IntParamType():
            return say("wants_integer")
        case click.Path():
            return say("wants_file")
    return say("wants_other")
