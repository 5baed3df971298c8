"""What the command line prints: answers, trees, reports, progress. Colour and movement only on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.markup import escape
from rich.segment import Segment
from rich.text import Text

from indexer.cli.stdio import harmless
from indexer.model import (
    KIND_NAMES,
    TIER_NAMES,
    Diagnosis,
    DifferenceKind,
    Document,
    Explanation,
    ExportReport,
    Failure,
    Hit,
    IndexStats,
    Kind,
    OutlineNode,
    Passage,
    Progress,
    QueryWarning,
    QuotedPassage,
    Range,
    Results,
    Snippet,
    Tier,
    UpdateReport,
    Verification,
)
from indexer.model.choices import FILTER_NAMES
from indexer.model.headings import outline_of

if TYPE_CHECKING:
    from rich.tree import Tree

    from indexer.evaluation.compare import Row

_MARK = "bold yellow"
# Failures and warnings named one by one; beyond it their number is said.
_LISTED = 20
# Other matches of a hit's section that are shown.
_OTHERS = 5
# Endings of files passed over that are named.
_ENDINGS = 6


def console(*, stderr: bool = False) -> Console:
    """Where to print; lines are wrapped only where a terminal has an edge to wrap them at."""
    made = Console(stderr=stderr)
    if not made.is_terminal:
        made = Console(stderr=stderr, width=10_000, soft_wrap=True)
    made.push_render_hook(_Harmless())
    return made


class _Harmless(RenderHook):
    """Keeps control characters of documents and paths from the terminal, which would obey them."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Shown(renderable) for renderable in renderables]


class _Shown:
    def __init__(self, renderable: ConsoleRenderable) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._renderable, options):
            yield segment if segment.control else Segment(harmless(segment.text), segment.style)


def plain(text: str) -> Text:
    """Text as it is; what looks like markup is not."""
    return Text(text, overflow="fold")


def print_results(console: Console, results: Results, offset: int) -> None:
    """Hits with path, date, id and highlighted text, under the name of their tier, and how to see those that follow."""
    counts = "，".join(f"{TIER_NAMES[Tier(tier)]} {count}" for tier, count in results.tiers.items() if count)
    console.print(plain(f"共 {results.total} 段（{counts or '没有命中'}），{results.took_ms:.1f} 毫秒"))
    tier: Tier | None = None
    for number, hit in enumerate(results.hits, offset + 1):
        if hit.tier is not tier:
            tier = hit.tier
            console.print(Text(f"── {TIER_NAMES[tier]} ──", style="dim"))
        _print_hit(console, hit, number)
    following = offset + len(results.hits)
    if results.hits and following < results.entries:
        console.print(plain(f"后面还有 {results.entries - following} 段，接着看：加上 --offset {following}"))
    if results.suggestions:
        console.print(plain(f"是不是要找：{'　'.join(results.suggestions)}"))
    if not results.hits and results.total == 0:
        console.print(plain("换个说法、少写几个字，或用 xunzhang explain 看看查询是怎样理解的。"))


def print_diagnosis(console: Console, diagnosis: Diagnosis | None) -> None:
    """Why nothing holds all of a query, where that was asked."""
    if diagnosis is None:
        return
    if diagnosis.words:
        console.print(plain("各词所在的段数：" + "，".join(f"{each.word} {each.count}" for each in diagnosis.words)))
    for each in diagnosis.filters:
        if each.total:
            console.print(plain(f"不限{FILTER_NAMES[each.name]}，有 {each.total} 段。"))
    if diagnosis.shorter:
        console.print(plain(f"只找“{diagnosis.shorter}”，有 {diagnosis.shorter_total} 段。"))


def print_context(console: Console, document: Document, passages: Sequence[Passage]) -> None:
    """Passages that follow each other, whole, under the document and the headings they stand under."""
    console.print(Text.assemble((document.title, "bold"), (f"  {document.path}", "dim")), soft_wrap=True)
    section: tuple[str, ...] = ()
    for passage in passages:
        if passage.section != section:
            section = passage.section
            console.print(Text(" › ".join(section), style="dim"), soft_wrap=True)
        console.print(Text.assemble((f"{passage.id}  ", "dim"), passage.text), soft_wrap=True)


def print_warnings(console: Console, warnings: Sequence[QueryWarning]) -> None:
    """What was read otherwise than typed."""
    for warning in warnings[:_LISTED]:
        place = f"（第 {warning.start + 1} 个字）" if warning.end else ""
        console.print(Text(f"提示：{warning.message}{place}", style="yellow"))
    if len(warnings) > _LISTED:
        console.print(Text(f"……另有 {len(warnings) - _LISTED} 条提示", style="yellow"))


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
    if report.gone:
        console.print(
            plain(f"有 {len(report.gone)} 份文档的文件已经不在，仍留在索引里；要移除，加 --prune 再运行一次。")
        )


def print_export(console: Console, folder: Path, report: ExportReport) -> None:
    """What a static export wrote."""
    size = f"{report.files} 个文件，{report.bytes / 1e6:.1f} MB；打开网页先读 {report.core / 1e3:.0f} kB"
    console.print(plain(f"已导出到 {folder}：{report.documents} 份文档，{report.passages} 段，{size}"))


def _by_ending(skipped: Mapping[str, int]) -> str:
    """The most frequent endings of files passed over, with their numbers."""
    named = [f"{ending or '无后缀'} {count}" for ending, count in skipped.items()]
    return "、".join(named[:_ENDINGS]) + ("等" if len(named) > _ENDINGS else "")


def print_failures(console: Console, failures: Sequence[Failure]) -> None:
    """Each file that could not be read, with the reason."""
    for failure in failures[:_LISTED]:
        console.print(Text(f"读不了：{failure.path}：{failure.reason}", style="red"))
    if len(failures) > _LISTED:
        console.print(Text(f"……另有 {len(failures) - _LISTED} 个文件读不了", style="red"))


def print_outline(console: Console, document: Document, passages: Sequence[Passage]) -> None:
    """A document's headings as a tree."""
    from rich.tree import Tree

    about = "，".join(filter(None, (document.path, document.date, document.author)))
    tree = Tree(Text.assemble((document.title, "bold"), f"  （{about}，{len(passages)} 段）"))
    _grow(tree, outline_of(passages))
    console.print(tree)


def print_documents(console: Console, documents: Sequence[Document]) -> None:
    """One line for each document: date, id, title, path, in columns."""
    cells = _columns([(document.date or "无日期", document.id, document.title) for document in documents])
    for (date, number, title), document in zip(cells, documents, strict=True):
        console.print(Text.assemble((f"{date}  {number}  ", "dim"), (title, "bold"), f"  {document.path}"))
    console.print(plain(f"共 {len(documents)} 篇"))


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Rows whose cells are padded to the same width in a terminal."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]


def print_stats(console: Console, stats: IndexStats) -> None:
    """Figures of an index."""
    kinds = "，".join(f"{KIND_NAMES[Kind(kind)]} {count}" for kind, count in stats.kinds.items())
    rows = [
        ("引擎", stats.engine),
        ("文档", f"{stats.documents} 篇"),
        ("段落", f"{stats.passages} 段（{kinds}）" if kinds else "0 段"),
        ("字数", str(stats.characters)),
        ("占用", f"{stats.bytes / 1e6:.1f} MB" if stats.bytes >= 1e6 else f"{stats.bytes / 1e3:.1f} kB"),
        ("提交", stats.generation),
        *((f"指纹 {name}", value or "无") for name, value in stats.fingerprint.items()),
    ]
    for name, value in rows:
        console.print(Text.assemble((f"{name}：", "dim"), value))


def print_explanation(console: Console, explained: Explanation) -> None:
    """How a query is understood."""
    rows = [
        ("整条折叠后", explained.folded),
        ("查找的字串", "  ".join(explained.runs) or "无"),
        ("切出的词", "  ".join(explained.words) or "无"),
        ("不单独算数的词", "  ".join(explained.uninformative) or "无"),
        *((f"“{run}”的其他写法", "  ".join(others)) for run, others in explained.expansions.items()),
    ]
    for name, value in rows:
        console.print(Text.assemble((f"{name}：", "dim"), value))
    console.print(Text("各层条件：", style="dim"))
    console.print(plain(explained.tree))


def print_verification(console: Console, verification: Verification) -> None:
    """Where a quotation stands, else what is nearest, with the differences between brackets."""
    shown = len(verification.places)
    counted = f"{verification.total}{' 处以上' if verification.truncated else ' 处'}"
    if verification.found:
        how = "与原文一字不差" if verification.exact else "只有折叠以后相同（繁简、全半角、大小写）"
        console.print(plain(f"找到 {counted}，{how}{f'；列出 {shown} 处' if shown < verification.total else ''}"))
    for number, place in enumerate(verification.places, 1):
        _print_quoted(console, f"{number}. ", place.document, place.passages)
        if place.differences:
            others = "，".join(f"{each.quoted}→{each.text}" for each in place.differences[:_LISTED])
            console.print(plain(f"   原文的字形：{others}"))
    nearest = verification.nearest
    if nearest:
        console.print(plain(f"没有找到。最接近的（相似度 {nearest.similarity:.0%}）："))
        _print_quoted(console, "", nearest.document, nearest.passages)
        console.print(Text("   ") + _compared(verification))
        console.print(Text("   [-引文的字-]{+原文的字+}", style="dim"))
        if not nearest.differences:
            console.print(plain("   各部分原文里都有，但次序不同或相隔太远。"))
    elif not verification.found:
        console.print(plain("没有找到，也没有相近的段落。"))


def _print_quoted(console: Console, before: str, document: Document, passages: Sequence[QuotedPassage]) -> None:
    """Title, section, path and text of what a quotation covers."""
    path = " › ".join((document.title, *passages[0].passage.section))
    console.print(Text.assemble((before, "dim"), path), soft_wrap=True)
    about = f"   {document.path}  {'、'.join(each.passage.id for each in passages)}"
    console.print(Text(about, style="dim"), soft_wrap=True)
    for each in passages:
        console.print(Text.assemble("   ", (each.text, _MARK)), soft_wrap=True)


def _compared(verification: Verification) -> Text:
    """The quotation with its differences as wdiff writes them."""
    text = Text()
    for kind, quoted, source in verification.compared:
        if kind is None:
            text.append(quoted)
            continue
        text.append(f"[-{quoted}-]" if quoted else "", "red")
        text.append(f"{{+{source}+}}" if kind is not DifferenceKind.ADDED else "", "green")
    return text


def print_evaluation(console: Console, rows: Sequence[Row], lost: int) -> None:
    """A table of settings, and the first ``lost`` questions whose answer the first of them does not put first."""
    from rich.table import Table

    from indexer.evaluation.compare import MEASURES

    table = Table(box=None, pad_edge=False)
    for heading in ("", "问题", *MEASURES, "中位毫秒"):
        table.add_column(heading, justify="left" if not heading else "right")
    for row in rows:
        measured = row.evaluation
        means = [f"{measured.means[name]:.4f}{_stars(row.p_values.get(name))}" for name in MEASURES]
        table.add_row(plain(row.name), str(len(measured.answered)), *means, f"{measured.median_ms:.1f}")
    console.print(table)
    if len(rows) > 1:
        console.print(plain("与第一行相比（成对置换检验）：* p<0.05，** p<0.01"))
    if missing := sum(each.missing for each in rows[0].evaluation.answered):
        console.print(plain(f"有 {missing} 个问题的答案不在索引里，按没找到算；请核对答案里的文件名。"))
    for each in [each for each in rows[0].evaluation.answered if each.rank != 1][:lost]:
        place = f"第 {each.rank}" if each.rank else "未找到"
        console.print(plain(f"{place}  {each.question.text}  答案：{'，'.join(sorted(each.gold))}"))


def _stars(p_value: float | None) -> str:
    return "" if p_value is None or p_value >= 0.05 else "*" if p_value >= 0.01 else "**"


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
            description = escape(harmless(f"{progress.passages} 段  {progress.path}"))
            bar.update(task, completed=progress.files, total=progress.total, description=description)

        yield show


def _print_hit(console: Console, hit: Hit, number: int) -> None:
    title = _marked(hit.document.title, hit.title_highlights)
    heading = Text.assemble((f"{number}. ", "dim"), title)
    for index, name in enumerate(hit.passage.section):
        spans = [(start, end) for at, start, end in hit.path_highlights if at == index]
        heading = Text.assemble(heading, (" › ", "dim"), _marked(name, spans))
    kind = "" if hit.passage.kind == "body" else f"  {KIND_NAMES[hit.passage.kind]}"
    console.print(heading, soft_wrap=True)
    about = f"   {hit.document.path}  {hit.document.date or '无日期'}{kind}  {hit.passage.id}"
    console.print(Text(about, style="dim"), soft_wrap=True)
    console.print(Text.assemble("   ", _shown(hit.snippet, hit.passage)), soft_wrap=True)
    if hit.copy_count:
        places = "、".join(dict.fromkeys(copy.document.title for copy in hit.copies[:_OTHERS]))
        console.print(Text(f"   文字相同的另有 {hit.copy_count} 处，见 {places}", style="dim"), soft_wrap=True)
    if hit.others:
        console.print(Text(f"   同一章节另有 {len(hit.others)} 段：", style="dim"))
    for other in hit.others[:_OTHERS]:
        console.print(Text.assemble("     ", _shown(other.snippet, other.passage)), soft_wrap=True)
    if len(hit.others) > _OTHERS:
        console.print(Text("     ……", style="dim"))


def _shown(snippet: Snippet, passage: Passage) -> Text:
    """A snippet with its matches marked, and dots where the passage goes on."""
    before = "…" if snippet.start else ""
    after = "…" if snippet.end < len(passage.text) else ""
    return Text.assemble(before, *((text, _MARK if marked else "") for text, marked in snippet.parts), after)


def _marked(text: str, spans: Sequence[Range]) -> Text:
    marked = Text(text)
    for start, end in spans:
        marked.stylize(_MARK, start, end)
    return marked


def _grow(tree: Tree, nodes: Sequence[OutlineNode]) -> None:
    for node in nodes:
        _grow(tree.add(Text.assemble(node.heading, (f"  {node.passages}", "dim"))), node.children)
