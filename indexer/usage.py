"""What click says of a command that was typed wrongly, in the language of its users."""

from __future__ import annotations

from collections.abc import Sequence

import click


def sentence(error: click.UsageError) -> str:
    """One sentence on what is wrong, and one with the way out."""
    command = error.ctx.command_path if error.ctx else "xunzhang"
    return f"{_fault(error)}用法见 {command} --help。"


def _fault(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}{_meant(error.possibilities)}。"
        case click.exceptions.NoSuchCommand():
            return f"没有命令 {error.command_name}{_meant(error.possibilities)}。"
        case click.MissingParameter():
            return f"缺少{_name(error.param)}。"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 要带一个值。"
        case click.BadParameter():
            return f"{_name(error.param)}{_wanted(error.param)}。"
    return f"参数不对：{error.format_message()} "


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
