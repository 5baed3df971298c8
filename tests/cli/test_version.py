"""The version: said by the command, the same as that of the installed package."""

from __future__ import annotations

import re
from importlib import metadata

from click.testing import CliRunner

import indexer
from indexer.cli import cli


def test_the_version_is_the_package_s_own() -> None:
    result = CliRunner().invoke(cli, ["--version"])
    assert result.stdout == f"寻章 {indexer.__version__}\n"
    assert re.fullmatch(r"\d+\.\d+\.\d+", indexer.__version__)
    assert metadata.version("xunzhang") == indexer.__version__  # as hatch reads it; else the environment is an old one
