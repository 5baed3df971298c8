"""What a person has set once for all commands: in ``xunzhang.toml``, and in variables that begin with ``XUNZHANG_``.

A setting is an option of a command under its long name; relative paths in a file are meant from its folder. What stands
on the command line comes first, then the environment, then the file that is found from a folder upward, then the one in
the user's configuration folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import platformdirs

from indexer.cli import messages
from indexer.cli.strings import LANGUAGES, VARIABLE, say
from indexer.engines.connection import Connection
from indexer.errors import BadParameter, reason
from indexer.model.records import record

if TYPE_CHECKING:
    import tomllib

FILE = "xunzhang.toml"
_PREFIX = "XUNZHANG_"
# The paths that ``index`` reads where it is given none; the language, which all commands speak.
PATHS, LANGUAGE = "paths", "lang"
# Options that may be set; a command takes those that it has. What decides who can ask is never taken from the folder
# that ``open`` is given, which may be somebody else's: it has none of those options.
NAMES = (
    "index",
    PATHS,
    LANGUAGE,
    "userdict",
    "synonyms",
    "engine",
    "embedder",
    "url",
    "ca",
    "prefix",
    "shards",
    "replicas",
    "timeout",
    "prune",
    "memory",
    "follow-links",
    "max-file-mb",
    "max-seconds",
    "ocr",
    "ocr-language",
    "host",
    "port",
    "allow-origin",
    "allow-host",
    "token-file",
    "behind-proxy",
    "trusted-proxy",
    "originals",
    "pictures",
    "cache-mb",
    "query-log",
)
_EMBEDDER = "embedder"
# Options of commands that have the name of a setting and mean another thing.
_OF_THEIR_OWN = {"mcp": ("host", "port", "allow-host"), "show": ("url",)}


@record
class Setting:
    """A value and where it is from.

    Attributes:
        source: a file, or the name of a variable.
        folder: what a relative path is meant from.
    """

    name: str
    value: Any
    source: str
    folder: Path


def files(start: Path) -> list[Path]:
    """The files that hold for a folder, the one that comes first first."""
    start = start.absolute()
    found = next((folder / FILE for folder in (start, *start.parents) if (folder / FILE).is_file()), None)
    own = own_file()
    return [*([found] if found else []), *([own] if own.is_file() and own != found else [])]


def own_file() -> Path:
    """Where the settings of this user are, whether there are any or not."""
    return platformdirs.user_config_path("xunzhang", appauthor=False) / FILE


def load(start: Path, environment: Mapping[str, str]) -> dict[str, Setting]:
    """The settings that hold in a folder, by name.

    Raises:
        BadParameter: a file cannot be read, or holds what is no setting.
    """
    settings: dict[str, Setting] = {}
    for file in reversed(files(start)):
        settings |= {each.name: each for each in _of_file(file)}
    return settings | {each.name: each for each in _of_environment(environment)}


def _of_file(file: Path) -> Iterator[Setting]:
    import tomllib  # which most people have no file for
    from difflib import get_close_matches

    try:
        held = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeError) as error:
        raise _unreadable(file, messages.translated(reason(error))) from error
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(file, say("settings_not_toml", line=_line(error))) from error
    for name, value in held.items():
        if name not in NAMES:
            close = get_close_matches(name, NAMES, n=1)
            meant = say("did_you_mean", names=close[0]) if close else ""
            unknown = say("setting_unknown", source=file, name=name, meant=meant)
            raise BadParameter(unknown, say("setting_unknown_hint"))
        yield Setting(name, _embedder(value, file) if name == _EMBEDDER else value, str(file), file.parent)


def _embedder(value: Any, file: Path) -> Any:
    """What a file names as embedder, its folder meant from the file's.

    Raises:
        BadParameter: a function, in a file that may be somebody else's: whoever opens a folder would run it.
    """
    kind, _, where = str(value).partition(":")
    if kind == "python" and file != own_file():
        raise BadParameter(say("setting_runs", source=file), say("setting_runs_hint", file=own_file()))
    return f"{kind}:{file.parent / where}" if kind == "onnx" and where else value


def _line(error: tomllib.TOMLDecodeError) -> str:
    """Where a file is no TOML, as its message says; the last line where it ends too early."""
    found = re.search(r"line (\d+)", str(error))
    return say("settings_line", line=found[1]) if found else say("settings_last_line")


def _unreadable(file: Path, problem: str) -> BadParameter:
    return BadParameter(say("settings_bad", file=file, problem=problem), say("settings_bad_hint"))


def _of_environment(environment: Mapping[str, str]) -> Iterator[Setting]:
    for name in NAMES:
        variable = variable_of(name)
        if value := environment.get(variable):
            yield Setting(name, value, variable, Path.cwd())


def variable_of(name: str) -> str:
    """The variable of a setting."""
    return VARIABLE if name == LANGUAGE else _PREFIX + name.upper().replace("-", "_")


def defaults(command: click.Command, settings: Mapping[str, Setting]) -> dict[str, Any]:
    """What a command takes from the settings: the name of its parameter → value.

    Raises:
        BadParameter: a value that its parameter cannot have.
    """
    found = {}
    for name, parameter in _of_command(command):
        if name in settings and parameter.name:
            found[parameter.name] = _checked(settings[name], parameter)
    return found


def _of_command(command: click.Command) -> Iterator[tuple[str, click.Parameter]]:
    """The parameters of a command that may be set, each with the name of the setting."""
    for parameter in command.params:
        is_option = isinstance(parameter, click.Option)
        name = parameter.opts[0].removeprefix("--") if is_option else parameter.name or ""
        if name in NAMES and name not in _OF_THEIR_OWN.get(command.name or "", ()):
            yield name, parameter


def _checked(setting: Setting, parameter: click.Parameter) -> Any:
    """The value of a setting as its parameter wants it.

    Raises:
        BadParameter: it cannot have it.
    """
    is_flag = isinstance(parameter, click.Option) and parameter.is_flag
    is_list = parameter.multiple or parameter.nargs == -1
    is_path = isinstance(parameter.type, click.Path)
    value = _typed(setting, is_flag=is_flag, is_list=is_list, is_path=is_path)
    if value is None or not _fits(value, parameter, is_list=is_list):
        raise BadParameter(
            say("setting_bad", source=setting.source, name=setting.name, value=_shown(setting)),
            say("setting_bad_hint", name=setting.name, wanted=_wanted(parameter, is_flag=is_flag, is_list=is_list)),
        )
    if is_path:
        return [str(setting.folder / each) for each in value] if is_list else str(setting.folder / value)
    return value


def _typed(setting: Setting, *, is_flag: bool, is_list: bool, is_path: bool) -> Any:
    """The value in its type, a variable's taken apart; None where it has another one."""
    value = setting.value
    if setting.source == variable_of(setting.name):
        if is_flag:
            return {"1": True, "true": True, "0": False, "false": False}.get(value.lower())
        return [each for each in value.split(os.pathsep if is_path else ",") if each] if is_list else value
    if is_flag:
        return value if isinstance(value, bool) else None
    if is_list:
        return value if isinstance(value, list) and all(isinstance(each, str) for each in value) else None
    return None if isinstance(value, bool | list | dict) else value


def _fits(value: Any, parameter: click.Parameter, *, is_list: bool) -> bool:
    if isinstance(parameter.type, click.Path | click.types.StringParamType) and not isinstance(value, str | list):
        return False
    try:
        for each in value if is_list else [value]:
            parameter.type.convert(each, parameter, None)
    except click.BadParameter:
        return False
    return True


def _wanted(parameter: click.Parameter, *, is_flag: bool, is_list: bool) -> str:
    if is_flag:
        return say("setting_wants_bool")
    if is_list:
        return say("setting_wants_list")
    match parameter.type:
        case click.Choice(choices=choices):
            return say("setting_wants_choice", choices=say("comma").join(map(str, choices)))
        case click.IntRange(min=least, max=most):
            return say("setting_wants_integer", least=least, most=most)
        case click.FloatRange():
            return say("setting_wants_number")
    return say("setting_wants_text")


def language(settings: Mapping[str, Setting]) -> str | None:
    """The language that is set in a file; the environment's is known before."""
    chosen = settings.get(LANGUAGE)
    return chosen.value if chosen and chosen.value in LANGUAGES else None


def shown(commands: Sequence[click.Command], settings: Mapping[str, Setting]) -> Iterator[tuple[str, Any, str]]:
    """Each setting: name, value that holds, and where from; an empty source for what is so by default."""
    parameters = {name: parameter for command in commands for name, parameter in _of_command(command)}
    for name in NAMES:
        parameter = parameters[name]
        if name in settings:
            yield name, _without_login(name, _checked(settings[name], parameter)), settings[name].source
        else:
            yield name, _default(parameter), ""


def _shown(setting: Setting) -> Any:
    """The value of a setting that is wrong; of an address not even that."""
    return "……" if setting.name == "url" else setting.value


def _without_login(name: str, value: Any) -> Any:
    """A value that may be shown: who logs in, and with what, may stand in an address."""
    return list(Connection(tuple(value)).urls) if name == "url" else value


def _default(parameter: click.Parameter) -> Any:
    if isinstance(parameter, click.Option) and parameter.is_flag:
        return False
    if parameter.multiple or parameter.nargs == -1:
        return []
    default = parameter.default
    return default if isinstance(default, str | int | float) else None
