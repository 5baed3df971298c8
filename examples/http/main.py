"""The three clients on a server: python main.py [索引目录 | http://127.0.0.1:8000] [查询]."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
# Name, program it needs, program that runs it, file.
CLIENTS = (
    ("Python", sys.executable, sys.executable, "client.py"),
    ("curl", "curl", "bash", "client.sh"),
    ("JavaScript", "node", "node", "client.mjs"),
)


@contextmanager
def served(where: str) -> Iterator[str]:
    """The address of a server: the one that is named, or one started on an index."""
    if where.startswith("http"):
        yield where
        return
    command = [sys.executable, "-m", "indexer", "serve", "--index", where, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        found = re.search(r"http://\S+", server.stdout.readline()) if server.stdout else None
        if found is None:
            sys.exit(server.wait())  # it has said why
        try:
            yield found[0]
        finally:
            server.kill()


def main() -> None:
    """Run each client that can be run here."""
    where, query = [*sys.argv[1:], *("index/demo", "段落")[len(sys.argv) - 1 :]][:2]
    with served(where) as server:
        for name, needed, program, file in CLIENTS:
            print(f"── {name}", flush=True)
            if shutil.which(needed) is None:
                print(f"没有安装 {needed}，这一段略过。", flush=True)
            elif subprocess.run([program, str(HERE / file), server, query], check=False).returncode:
                sys.exit(1)


if __name__ == "__main__":
    main()
