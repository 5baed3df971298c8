"""``python -m tools.opensearch start|stop``: a cluster that goes on when this process has ended.

``start`` prints the addresses of the nodes, a comma between two, and nothing else: what XUNZHANG_TEST_OPENSEARCH takes.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tools.opensearch.cluster import Cluster, load
from tools.opensearch.problems import CannotStart
from tools.opensearch.program import prepare

_FOLDER = Path(".cache/opensearch")


def main() -> int:
    """Do what is asked for, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.opensearch")
    parser.add_argument("command", choices=("start", "stop"))
    parser.add_argument("--nodes", type=int, choices=range(1, 10), default=3)
    parser.add_argument("--folder", type=Path, default=_FOLDER)
    parser.add_argument("--heap", type=int, default=512, help="megabytes of each node")
    asked = parser.parse_args()
    folder = asked.folder.absolute()
    try:
        if asked.command == "stop":
            stop(folder)
        else:
            print(",".join(start(folder, asked.nodes, asked.heap)))
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def start(folder: Path, nodes: int, heap: int) -> list[str]:
    """Start a cluster in a folder, unless it is there already; the addresses of its nodes."""
    folder.mkdir(parents=True, exist_ok=True)
    before = load(folder)
    if before and len(before.nodes) == nodes and all(node.is_running for node in before.nodes):
        before.wait()
        return before.urls
    stop(folder)
    cluster = Cluster(folder, prepare(folder, os.environ, heap))
    cluster.start(nodes)
    return cluster.urls


def stop(folder: Path) -> None:
    """Stop the cluster of a folder, if there is one."""
    cluster = load(folder)
    if cluster:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
