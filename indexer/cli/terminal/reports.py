"""What was done: progress, updates, failures, exports, evaluations."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from indexer.cli.messages import translated
from indexer.cli.stdio import one_line
from indexer.cli.strings import say
from indexer.model import ExportReport, Failure, Progress, SiteReport, UpdateReport

if TYPE_CHECKING:
    from rich.table import Column

    from indexer.evaluation.compare import Row
from indexer.cli.terminal.lines import LISTED
from indexer.cli.terminal.safe_console import in_line, plain

# Columns of the bar.
_BAR = 12
# What a report counts, by the names of its lists.
_COUNTED = ("added", "updated", "renamed", "removed", "unchanged", "failed")
# Endings of files passed over that are named.
_ENDINGS = 6
# What a reason says where a library or program is missing, and files that are named with it.
_INSTALLS, _NAMED = ("pip install", "apt install"), 3


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[Progress], None] | None]:
    """A bar by bytes with files, bytes and passages read so far; None where there is no terminal to draw it on."""
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar
    from rich.table import Column

    columns = (
        TextColumn(say("indexing"), table_column=_whole()),
        BarColumn(_BAR, table_column=_whole()),
        TextColumn("{task.fields[files]}  {task.fields[size]}", table_column=_whole()),
        TextColumn("{task.fields[passages]}", table_column=_whole()),
        TimeElapsedColumn(table_column=_whole()),
        TextColumn("{task.description}", table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1)),
    )
    with Bar(*columns, console=console, transient=True, expand=True) as bar:
        task = bar.add_task("", files="", size="", passages="")
        started = time.monotonic()

        def show(progress: Progress) -> None:
            bar.update(
                task,
                completed=progress.bytes,
                total=progress.total_bytes,
                description=escape(one_line(progress.path)),
                files=f"{progress.files}/{progress.total}",
                size=f"{progress.bytes / 1e6:.1f}/{progress.total_bytes / 1e6:.1f} MB",
                passages=_counted(progress, time.monotonic() - started),
            )

        yield show


def _counted(progress: Progress, seconds: float) -> str:
    """The passages read so far; and the vectors, of which making one takes longer than all else."""
    if not progress.embedded:
        return say("progress", passages=progress.passages)
    rate = round(progress.embedded / max(seconds, 0.1))
    return say("progress_embedded", passages=progress.passages, embedded=progress.embedded, rate=rate)


@contextmanager
def copying_bar(console: Console) -> Iterator[Callable[[int, int], None] | None]:
    """A bar by documents; None where there is no terminal to draw it on."""
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn(say("copying")), BarColumn(_BAR), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("")
        yield lambda copied, documents: bar.update(task, completed=copied, total=documents)


def _whole() -> Column:
    """A column that is shown whole: the path is cut before it."""
    from rich.table import Column

    return Column(no_wrap=True)


def print_report(console: Console, report: UpdateReport) -> None:
    """What an update did."""
    counts = {name: len(getattr(report, name)) for name in _COUNTED}
    done = say("between_counts").join(say(f"count_{name}", count=count) for name, count in counts.items() if count)
    done = done or say("nothing_to_index")
    if report.skipped:
        done += say("count_skipped", count=sum(report.skipped.values()), endings=_by_ending(report.skipped))
    if report.ignored:
        done += say("count_ignored", count=len(report.ignored))
    console.print(plain(say("report", done=done, passages=report.passages, seconds=report.seconds)))
    if report.embedded:
        console.print(plain(say("count_embedded", count=report.embedded)))
    if report.cuts:
        console.print(plain(say("cuts", count=report.cuts)))
    if report.dropped:
        console.print(plain(say("dropped", count=report.dropped)))
    if report.gone:
        console.print(plain(say("gone", count=len(report.gone))))


def print_skipped(console: Console, report: UpdateReport) -> None:
    """Each file that was passed over, with the reason."""
    for key, paths in (("skipped_format", report.skipped_paths), ("skipped_ignored", report.ignored)):
        for path in paths:
            console.print(in_line(say(key, path=path)), soft_wrap=True)


def _by_ending(skipped: Mapping[str, int]) -> str:
    """The most frequent endings of files passed over, with their numbers."""
    named = [f"{one_line(ending) or say('no_ending')} {count}" for ending, count in skipped.items()]
    return say("comma").join(named[:_ENDINGS]) + (say("and_more_endings") if len(named) > _ENDINGS else "")


def print_incomplete(console: Console, incomplete: Sequence[Failure]) -> None:
    """Each file of which a part was not read, with the reason."""
    for one in incomplete[:LISTED]:
        console.print(in_line((say("incomplete", path=one.path, reason=translated(one.reason)), "yellow")))
    if len(incomplete) > LISTED:
        console.print(plain(say("more_incomplete", count=len(incomplete) - LISTED)))


def print_failures(console: Console, failures: Sequence[Failure]) -> None:
    """The files that could not be read under the reason, which is said once; of a missing library few are named."""
    by_reason: dict[str, list[str]] = {}
    for failure in failures:
        by_reason.setdefault(failure.reason, []).append(failure.path)
    left = LISTED
    for reason, paths in by_reason.items():
        if any(command in reason for command in _INSTALLS):
            named = say("comma").join(paths[:_NAMED])
            named += say("files_altogether", count=len(paths)) if len(paths) > _NAMED else ""
            console.print(_unreadable(named, reason))
            continue
        if left > 0:
            _print_unreadable(console, paths[:left], len(paths), reason)
        left -= len(paths)
    if left < 0:
        console.print(Text(say("more_failures", count=-left), style="red"))


def _print_unreadable(console: Console, paths: Sequence[str], count: int, reason: str) -> None:
    if count == 1:
        console.print(_unreadable(paths[0], reason))
        return
    console.print(in_line((say("unreadable_files", count=count, reason=translated(reason)), "red")))
    for path in paths:
        console.print(in_line(("  " + path, "red")))


def _unreadable(paths: str, reason: str) -> Text:
    return in_line((say("unreadable", paths=paths, reason=translated(reason)), "red"))


def print_export(console: Console, folder: Path, report: ExportReport) -> None:
    """What a static export wrote."""
    _print_written(console, folder, report)
    console.print(in_line(say("exported_pages" if report.pages else "exported_no_pages", folder=folder)))


def print_site_export(console: Console, folder: Path, report: SiteReport) -> None:
    """What was written for a built site, and which of its pages are not searched, with the reason."""
    _print_written(console, folder, report.export)
    console.print(in_line(say("exported_site")))
    for one in report.left_out:
        console.print(in_line(say("site_left_out", path=one.path, reason=translated(one.reason))), soft_wrap=True)
    print_failures(console, report.failed)


def _print_written(console: Console, folder: Path, report: ExportReport) -> None:
    counts = {"documents": report.documents, "passages": report.passages, "files": report.files}
    sizes = {"mb": report.bytes / 1e6, "kb": report.core / 1e3}
    console.print(in_line(say("exported", folder=folder, **counts, **sizes)))


def print_evaluation(console: Console, rows: Sequence[Row], lost: int) -> None:
    """A table of settings, and the first ``lost`` questions whose answer the first of them does not put first."""
    from rich.table import Table

    from indexer.evaluation.measures import MEASURES

    table = Table(box=None, pad_edge=False)
    for heading in ("", say("eval_questions"), *MEASURES, say("eval_ms")):
        table.add_column(heading, justify="left" if not heading else "right")
    for row in rows:
        measured = row.evaluation
        means = [f"{measured.means[name]:.4f}{_stars(row.p_values.get(name))}" for name in MEASURES]
        table.add_row(in_line(row.name), str(len(measured.answered)), *means, f"{measured.median_ms:.1f}")
    console.print(table)
    if len(rows) > 1:
        console.print(plain(say("eval_compared")))
    if missing := sum(each.missing for each in rows[0].evaluation.answered):
        console.print(plain(say("eval_missing", count=missing)))
    for each in [each for each in rows[0].evaluation.answered if each.rank != 1][:lost]:
        rank = say("eval_rank", rank=each.rank) if each.rank else say("eval_not_found")
        answers = say("between_counts").join(sorted(each.gold))
        console.print(in_line(say("eval_lost", rank=rank, question=each.question.text, answers=answers)))


def _stars(p_value: float | None) -> str:
    return "" if p_value is None or p_value >= 0.05 else "*" if p_value >= 0.01 else "**"
