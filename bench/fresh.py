"""What is measured in fresh processes, as people's are: the first answer of the command; and, by ``python -m
bench.fresh INDEX``, how long answers take that a warm index is asked for once, and the memory that it holds then.

The process of the other benchmarks would not do: what the peers leave in its heap makes such answers a third slower.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import indexer
from bench import ROOT
from bench.asking import in_our_terms, once_each, timed
from webui.allocator import settle

if TYPE_CHECKING:
    from bench.peers import Query

# What is asked of a search besides the query, by the kind of answer.
_OPTIONS: Mapping[str, Mapping[str, Any]] = {"ten": {"facets": ()}, "whole": {}}


def once_in_a_process(path: Path, **queries: Sequence[Query]) -> dict[str, Any]:
    """Ask a warm index in a process of its own.

    Args:
        path: of the index.
        queries: what to ask for the ``ten`` best, and then for the ``whole`` answer.

    Returns:
        ``once_each`` of either kind, and as ``anonymous MB`` what the process holds in the end, mapped files aside.
    """
    asked = json.dumps({kind: list(map(in_our_terms, each)) for kind, each in queries.items()})
    command = [sys.executable, "-m", "bench.fresh", str(path)]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, cwd=ROOT)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def first_answer(path: Path) -> float:
    """Seconds that the command takes for one answer, the least of three."""
    command = [sys.executable, "-m", "indexer", "search", "数据安全 监督管理", "--index", str(path)]
    quiet = partial(subprocess.run, command, check=True, capture_output=True, cwd=ROOT, env=compiling())
    return min(timed(quiet) for _ in range(3))


def compiling() -> dict[str, str]:
    """An environment in which modules are compiled once, as those of an installed program are."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _ask(index: indexer.Index, options: Mapping[str, Any], terms: Mapping[str, Any]) -> object:
    return index.search(**terms, **options)


def _anonymous() -> float:
    status = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("RssAnon")) / 1e3


def main() -> None:
    """Ask what the standard input has, as JSON by kind of answer; write the figures as JSON."""
    asked = json.load(sys.stdin)
    with indexer.open_index(sys.argv[1]) as index:
        index.warm()
        settle()
        figures: dict[str, Any] = {
            kind: once_each(partial(_ask, index, _OPTIONS[kind]), queries) for kind, queries in asked.items()
        }
        print(json.dumps(figures | {"anonymous MB": _anonymous()}))


if __name__ == "__main__":
    main()
