"""``python -m bench.faults``: run the trials of all rows and print the table; exit 1 if anything was lost or wrong."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bench.faults import HUNG, SIZES, Fault, Tally, all_faults, attempt
from indexer.build.isolation import keep_process

# Of a long run the state is written so often, in trials.
_SAVED_EVERY = 10


def run(row: Fault, wanted: range, seed: str, tally: Tally, save: Callable[[], None]) -> None:
    """Carry out the trials of those numbers; what came of them is added to ``tally``."""
    with (
        tempfile.TemporaryDirectory(prefix="xunzhang-faults-") as folder,
        keep_process(),
        row.prepare(Path(folder)) as trial,
    ):
        for number in wanted:
            started = time.perf_counter()
            said = attempt(trial, seed, row.name, number)
            if said.startswith(HUNG):
                tally.hung += 1
            elif said:
                tally.wrong = {**(tally.wrong or {}), number: said}
            if said:
                print(f"    {row.name}, trial {number}: {said}", file=sys.stderr, flush=True)
            tally.tried += 1
            tally.seconds += time.perf_counter() - started
            if tally.tried % _SAVED_EVERY == 0:
                save()
    save()


def show(row: Fault, tally: Tally) -> None:
    """Print a row of the table."""
    lost = len(tally.wrong or ())
    tried = tally.tried * row.each
    print(
        f"| {row.name} | {tried:,} | {tried - lost - tally.hung:,} | {tally.hung} | {lost} | {tally.seconds:.0f} |",
        flush=True,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="faults")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", default="", help="rows whose name holds this")
    parser.add_argument("--first", type=int, default=0, help="number of the first trial")
    parser.add_argument("--count", type=int, help="trials of each row, instead of what the size says")
    parser.add_argument("--state", type=Path, help="go on from what this file says was done, and keep it there")
    return parser.parse_args()


def main() -> int:
    """Run and print; 1 if anything was lost or wrong."""
    options = _options()
    stored = json.loads(options.state.read_text("utf-8")) if options.state and options.state.is_file() else {}
    tallies = {name: Tally(**{**each, "wrong": _numbered(each["wrong"])}) for name, each in stored.items()}

    def save() -> None:
        if options.state:
            text = json.dumps({name: asdict(each) for name, each in tallies.items()}, ensure_ascii=False, indent=1)
            beside = options.state.with_suffix(".new")
            beside.write_text(f"{text}\n", "utf-8")
            beside.replace(options.state)

    print(
        f"seed {options.seed}\n\n| what was done | tried | survived | hung | lost or wrong | s |\n| --- "
        + "| ---: " * 5
        + "|"
    )
    for row in all_faults():
        if options.only not in row.name:
            continue
        count = row.counts[options.size] if options.count is None else options.count
        tally = tallies.setdefault(row.name, Tally())
        run(row, range(options.first + tally.tried, options.first + count), options.seed, tally, save)
        show(row, tally)
    return int(any(tally.wrong for tally in tallies.values()))


def _numbered(wrong: dict[str, str] | None) -> dict[int, str] | None:
    return {int(number): said for number, said in wrong.items()} if wrong else None


if __name__ == "__main__":
    sys.exit(main())
