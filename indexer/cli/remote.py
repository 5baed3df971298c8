"""What commands that make an index are told of other machines: where they are, and what an index is made with there.

Who logs in is never an option, as others see those of a process: it stands in ``XUNZHANG_USER`` and
``XUNZHANG_PASSWORD``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from indexer import engines
from indexer.cli.localized_click import option
from indexer.engines.connection import Connection
from indexer.engines.contract import RemoteEngine

F = TypeVar("F", bound=Callable[..., Any])

_DEFAULTS = Connection(())
# Parameter of a command → attribute of the connection.
_ATTRIBUTES = {
    "url": "urls",
    "ca": "ca",
    "prefix": "prefix",
    "shards": "shards",
    "replicas": "replicas",
    "timeout": "timeout_s",
}
_OPTIONS = (
    option("--url", multiple=True, help="option_cluster_url"),
    option("--ca", type=click.Path(path_type=Path), help="option_cluster_ca"),
    option("--prefix", default=_DEFAULTS.prefix, show_default=True, help="option_cluster_prefix"),
    option(
        "--shards",
        type=click.IntRange(1, 1024),
        default=_DEFAULTS.shards,
        show_default=True,
        help="option_cluster_shards",
    ),
    option(
        "--replicas",
        type=click.IntRange(0, 10),
        default=_DEFAULTS.replicas,
        show_default=True,
        help="option_cluster_replicas",
    ),
    option(
        "--timeout",
        type=click.FloatRange(0.1, 3600),
        default=_DEFAULTS.timeout_s,
        show_default=True,
        help="option_cluster_timeout",
    ),
)


def remote_options(command: F) -> F:
    """Give a command these options; they reach it together, as what ``connection_of`` takes."""
    for each in reversed(_OPTIONS):
        command = each(command)
    return command


def connection_of(engine: str, told: Mapping[str, Any]) -> Connection | None:
    """The connection that options, settings and the environment tell of; None where there are none.

    Settings are passed over by an engine that keeps everything here; an address on the command line is not, so that it
    is refused.
    """
    urls = told["url"]
    if not issubclass(engines.load(engine), RemoteEngine) and not _is_typed("url"):
        return None
    if not urls:
        return None
    settings = {name: told[key] for key, name in _ATTRIBUTES.items()}
    return Connection.from_environment(**settings | {"urls": tuple(urls), "ca": _absolute(told["ca"])})


def _is_typed(name: str) -> bool:
    """Whether an option stands on the command line."""
    return click.get_current_context().get_parameter_source(name) is ParameterSource.COMMANDLINE


def _absolute(path: Path | None) -> Path | None:
    """A path that means the same from everywhere."""
    return path.absolute() if path else None
