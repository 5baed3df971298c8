"""What was done: progress, updates, failures, exports, evaluations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from indexer.cli.stdio import one_line
from indexer.model import ExportReport, Failure, Progress, UpdateReport

if TYPE_CHECKING:
    from indexer.evaluation.compare import Row
from indexer.cli.terminal.console import LISTED, in_line, plain

# Endings of files passed over that are named.
_ENDINGS = 6
# What a reason says where a library or program is missing, and files that are named with it.
_INSTALLS, _NAMED = ("pip install", "apt install"), 3


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[Progress], None] | None]:
    """A bar by file with the count of passages; None where there is no terminal to draw it on."""
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("建索引"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("")

        def show(progress: Progress) -> None:
            description = escape(one_line(f"{progress.passages} 段  {progress.path}"))
            bar.update(task, completed=progress.files, total=progress.total, description=description)

        yield show


def print_report(console: Console, report: UpdateReport) -> None:
    """What an update did."""
    counts = {
        "新增": len(report.added),
        "更新": len(report.updated),
        "改名": len(report.renamed),
        "移除": len(report.removed),
        "未变": len(report.unchanged),
        "失败": len(report.failed),
    }
    done = "，".join(f"{name} {count}" for name, count in counts.items() if count) or "没有找到可以建索引的文件"
    if report.skipped:
        done += f"，略过 {sum(report.skipped.values())}（{_by_ending(report.skipped)}）"
    console.print(plain(f"{done}；索引里现有 {report.passages} 段，用时 {report.seconds:.1f} 秒"))
    if report.cuts:
        console.print(plain(f"有的段落太长，切开了 {report.cuts} 处，跨过切口的原样查询找不到它。"))
    if report.dropped:
        console.print(plain(f"略去页面杂物 {report.dropped} 处；要看是哪些，运行 xunzhang outline --dropped。"))
    if report.gone:
        console.print(
            plain(f"有 {len(report.gone)} 份文档的文件已经不在，仍留在索引里；要移除，加 --prune 再运行一次。")
        )


def _by_ending(skipped: Mapping[str, int]) -> str:
    """The most frequent endings of files passed over, with their numbers."""
    named = [f"{one_line(ending) or '无后缀'} {count}" for ending, count in skipped.items()]
    return "、".join(named[:_ENDINGS]) + ("等" if len(named) > _ENDINGS else "")


def print_failures(console: Console, failures: Sequence[Failure]) -> None:
    """Each file that could not be read, with the reason; a library that is missing is named once, not for each file."""
    uninstalled: dict[str, list[str]] = {}
    for failure in failures:
        if any(command in failure.reason for command in _INSTALLS):
            uninstalled.setdefault(failure.reason, []).append(failure.path)
    for reason, paths in uninstalled.items():
        named = "、".join(paths[:_NAMED]) + (f"等 {len(paths)} 个文件" if len(paths) > _NAMED else "")
        console.print(in_line((f"读不了：{named}：{reason}", "red")))
    others = [failure for failure in failures if failure.reason not in uninstalled]
    for failure in others[:LISTED]:
        console.print(in_line((f"读不了：{failure.path}：{failure.reason}", "red")))
    if len(others) > LISTED:
        console.print(Text(f"……另有 {len(others) - LISTED} 个文件读不了", style="red"))


def print_export(console: Console, folder: Path, report: ExportReport) -> None:
    """What a static export wrote."""
    size = f"{report.files} 个文件，{report.bytes / 1e6:.1f} MB；打开网页先读 {report.core / 1e3:.0f} kB"
    console.print(in_line(f"已导出到 {folder}：{report.documents} 份文档，{report.passages} 段，{size}"))


def print_evaluation(console: Console, rows: Sequence[Row], lost: int) -> None:
    """A table of settings, and the first ``lost`` questions whose answer the first of them does not put first."""
    from rich.table import Table

    from indexer.evaluation.measures import MEASURES

    table = Table(box=None, pad_edge=False)
    for heading in ("", "问题", *MEASURES, "中位毫秒"):
        table.add_column(heading, justify="left" if not heading else "right")
    for row in rows:
        measured = row.evaluation
        means = [f"{measured.means[name]:.4f}{_stars(row.p_values.get(name))}" for name in MEASURES]
        table.add_row(in_line(row.name), str(len(measured.answered)), *means, f"{measured.median_ms:.1f}")
    console.print(table)
    if len(rows) > 1:
        console.print(plain("与第一行相比（成对置换检验）：* p<0.05，** p<0.01"))
    if missing := sum(each.missing for each in rows[0].evaluation.answered):
        console.print(plain(f"有 {missing} 个问题的答案不在索引里，按没找到算；请核对答案里的文件名。"))
    for each in [each for each in rows[0].evaluation.answered if each.rank != 1][:lost]:
        rank = f"第 {each.rank}" if each.rank else "未找到"
        console.print(in_line(f"{rank}  {each.question.text}  答案：{'，'.join(sorted(each.gold))}"))


def _stars(p_value: float | None) -> str:
    return "" if p_value is None or p_value >= 0.05 else "*" if p_value >= 0.01 else "**"
