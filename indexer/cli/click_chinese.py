"""Click in the language of its users: its help, and what it says of a command that was typed wrongly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from indexer.model import Recognition
from indexer.sources.source_file import MAX_FILE_BYTES, MAX_SECONDS

# A Latin word or one other character, with the marks after it.
_UNBREAKABLE = re.compile(r"(?:[!-~]+|.)[ ，。；：、）]*")
_HEADINGS = {"Options": "选项", "Commands": "命令"}
_METAVARS = {"TEXT": "文字", "INTEGER": "整数", "INTEGER RANGE": "整数", "PATH": "路径"}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

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


class Option(click.Option):
    """An option whose help names its default in Chinese."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Names and help, the default in brackets."""
        record = super().get_help_record(ctx)
        default = self.get_help_extra(ctx).get("default")
        return record and (record[0], f"{self.help}（默认 {default}）" if default else self.help or "")

    def make_metavar(self, ctx: click.Context) -> str:
        """What stands for the value."""
        metavar = super().make_metavar(ctx)
        return _METAVARS.get(metavar, metavar)


class Command(click.Command):
    """A command whose help is in Chinese."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **kwargs})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示这个说明。"
        return option


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": "命令 …", **kwargs})


command = partial(click.command, cls=Command)
option = partial(click.option, cls=Option)
INDEX_OPTION = option(
    "--index", "folder", default="index", show_default=True, type=click.Path(path_type=Path), help="索引所在的目录。"
)
JSON_OPTION = option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取。")
FOLLOW_LINKS_OPTION = option("--follow-links", is_flag=True, help="目录里通到目录外面的链接也读；默认不读，只报出来。")
MAX_FILE_OPTION = option(
    "--max-file-mb",
    type=click.IntRange(1, 1 << 20),
    default=MAX_FILE_BYTES >> 20,
    show_default=True,
    help="一个文件最大多少 MB；更大的不读，只报出来。",
)

MAX_SECONDS_OPTION = option(
    "--max-seconds",
    type=click.FloatRange(0.1, 86400),
    default=MAX_SECONDS,
    show_default=True,
    help="读一个 PDF 最多用多少秒；更久的不读，只报出来。",
)
OCR_OPTION = option("--ocr", is_flag=True, help="PDF 里只有图像的页用 Tesseract 识别文字；要先安装它，比较慢。")
OCR_LANGUAGE_OPTION = option(
    "--ocr-language",
    default=Recognition().languages,
    show_default=True,
    help="识别哪种文字，Tesseract 的语言名，几种用 + 连起来，如 chi_tra+eng；和 --ocr 一起用。",
)


def recognition_of(*, ocr: bool, ocr_language: str) -> Recognition | None:
    """What the two options ask for."""
    return Recognition(ocr_language) if ocr else None


def sentence(error: click.UsageError) -> str:
    """One sentence on what is wrong, and one with the way out."""
    command = error.ctx.command_path if error.ctx else "xunzhang"
    return f"{_fault(error)}用法见 {command} --help。"


def _fault(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}{_meant(error.possibilities) or _minus(error.ctx)}。"
        case click.exceptions.NoSuchCommand():
            return f"没有命令 {error.command_name}{_meant(error.possibilities)}。"
        case click.MissingParameter():
            return f"缺少{_name(error.param)}。"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 要带一个值。"
        case click.BadParameter():
            return f"{_name(error.param)}{_wanted(error.param)}。"
    return "参数多了。"


def _minus(context: click.Context | None) -> str:
    """Where a query may have been meant: how one begins with a minus."""
    asks = context and any(parameter.name == "query" for parameter in context.command.params)
    return "；查询以 - 开头时，前面先写 --，例如 -- -附则" if asks else ""


def _meant(possibilities: Sequence[str] | None) -> str:
    return f"；是不是 {'、'.join(possibilities)}" if possibilities else ""


def _name(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return f"选项 {parameter.opts[-1]} "
    return f"参数 {parameter.make_metavar(click.Context(click.Command('')))} " if parameter else "参数"


def _wanted(parameter: click.Parameter | None) -> str:
    """What a parameter takes."""
    match parameter.type if parameter else None:
        case click.Choice(choices=choices):
            return f"的取值不对，可用：{'、'.join(map(str, choices))}"
        case click.IntRange(min=least, max=most):
            return f"要是 {least} 到 {most} 之间的整数"
        case click.types.IntParamType():
            return "要是整数"
        case click.Path():
            return "指的文件不存在，或者不能读"
    return "的取值不对"
