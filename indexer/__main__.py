"""``python -m indexer`` is the command ``xunzhang``."""

from indexer.cli import main

main()
