"""``python -m indexer`` is the command ``xunzhang``."""

from indexer.cli import cli

cli(prog_name="xunzhang")
