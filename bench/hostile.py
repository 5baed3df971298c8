"""``python -m bench.hostile``: files made to do harm × what became of each, with seconds and the memory it took.

Each is read alone by a process with the default limits; what reads it is the same as in a build.
"""

from __future__ import annotations

import re
import resource
import sys
import tempfile
import time
from pathlib import Path

import indexer
from bench.faults._hostile_files import Hostile, every_hostile
from indexer.model import Failure


def outcome(hostile: Hostile, folder: Path) -> tuple[str, int, float]:
    """What became of a file, the bytes of it, and the seconds it took."""
    file = folder / f"x{hostile.suffix}"
    file.write_bytes(hostile.make())
    failures: list[Failure] = []
    started = time.perf_counter()
    read = [len(passages) for _, passages in indexer.read([file], failures.append)]
    seconds = time.perf_counter() - started
    size = file.stat().st_size
    file.unlink()
    said = "; ".join(sorted({failure.reason for failure in failures}))[:160]
    return ", ".join([*(f"read: {count:,} passages" for count in read), *([said] if said else [])]), size, seconds


def main() -> int:
    """Print the table; 1 if something became of a file that must not."""
    wrong = 0
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    print("| file | kB | outcome | s | most MB so far |\n| --- | ---: | --- | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for hostile in every_hostile():
            if wanted not in f"{hostile.suffix} {hostile.name}":
                continue
            said, size, seconds = outcome(hostile, Path(folder))
            right = re.search(hostile.refused, said) if hostile.refused else said.startswith("read")
            wrong += not right
            most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
            mark = "" if right else " **wrong**"
            print(
                f"| {hostile.suffix} {hostile.name} | {size >> 10:,} | {said}{mark} | {seconds:.1f} | {most >> 10} |",
                flush=True,
            )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
