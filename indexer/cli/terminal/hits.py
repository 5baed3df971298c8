"""Answers to a query: hits, warnings, and why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from indexer.cli.stdio import one_line
from indexer.cli.terminal.console import LISTED, MARK, in_line, plain
from indexer.model import (
    KIND_NAMES,
    TIER_NAMES,
    Diagnosis,
    Explanation,
    Hit,
    Passage,
    QueryWarning,
    Range,
    Results,
    Snippet,
    Tier,
)
from indexer.model.choices import FILTER_NAMES

# Other matches of a hit's section that are shown.
_OTHERS = 5


def print_results(console: Console, results: Results, offset: int) -> None:
    """Hits with path, date, id and highlighted text, under the name of their tier, and how to see those that follow."""
    counts = "，".join(f"{TIER_NAMES[Tier(tier)]} {count}" for tier, count in results.tiers.items() if count)
    counted = "至少" if results.at_least else "共"
    console.print(plain(f"{counted} {results.entries} 段（{counts or '没有命中'}），{results.took_ms:.1f} 毫秒"))
    for document in results.named:
        console.print(plain(f"查询所指的文档：{document.title}  {document.path}"), soft_wrap=True)
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
    if not results.entries:
        console.print(plain("换个说法、少写几个字，或用 xunzhang explain 看看查询是怎样理解的。"))


def _print_hit(console: Console, hit: Hit, number: int) -> None:
    first, *others = _path(hit)
    heading = Text.assemble((f"{number}. ", "dim"), first)
    for name in others:
        heading = Text.assemble(heading, (" › ", "dim"), name)
    kind = "" if hit.passage.kind == "body" else f"  {KIND_NAMES[hit.passage.kind]}"
    console.print(heading, soft_wrap=True)
    page = f"  第 {hit.passage.pages} 页" if hit.passage.page else ""
    page += "（文字由图像识别）" if hit.document.is_recognized(hit.passage) else ""
    about = f"   {hit.document.path}{page}  {hit.document.date or '无日期'}{kind}  {hit.passage.id}"
    console.print(in_line((about, "dim")), soft_wrap=True)
    console.print(Text.assemble("   ", _shown(hit.snippet, hit.passage)), soft_wrap=True)
    if hit.copy_count:
        titles = "、".join(dict.fromkeys(copy.document.title for copy in hit.copies[:_OTHERS]))
        console.print(in_line((f"   文字相同的另有 {hit.copy_count} 处，见 {titles}", "dim")), soft_wrap=True)
    if hit.others:
        console.print(Text(f"   同一章节另有 {len(hit.others)} 段：", style="dim"))
    for other in hit.others[:_OTHERS]:
        console.print(Text.assemble("     ", _shown(other.snippet, other.passage)), soft_wrap=True)
    if len(hit.others) > _OTHERS:
        console.print(Text("     ……", style="dim"))


def _path(hit: Hit) -> Iterator[Text]:
    """The titles above a hit and its headings, matches marked."""
    for title, ranges in hit.marked_titles:
        yield _marked(title, ranges)
    for index, heading in enumerate(hit.passage.section):
        yield _marked(heading, [(start, end) for at, start, end in hit.path_highlights if at == index])


def _shown(snippet: Snippet, passage: Passage) -> Text:
    """A snippet with its matches marked, and dots where the passage goes on."""
    before = "…" if snippet.start else ""
    after = "…" if snippet.end < len(passage.text) else ""
    return Text.assemble(before, *((text, MARK if marked else "") for text, marked in snippet.parts), after)


def _marked(text: str, spans: Sequence[Range]) -> Text:
    marked = Text(one_line(text))  # as long as it was
    for start, end in spans:
        marked.stylize(MARK, start, end)
    return marked


def print_warnings(console: Console, warnings: Sequence[QueryWarning]) -> None:
    """What was read otherwise than typed."""
    for warning in warnings[:LISTED]:
        position = f"（第 {warning.start + 1} 个字）" if warning.end else ""
        console.print(in_line((f"提示：{warning.message}{position}", "yellow")))
    if len(warnings) > LISTED:
        console.print(Text(f"……另有 {len(warnings) - LISTED} 条提示", style="yellow"))


def print_diagnosis(console: Console, diagnosis: Diagnosis | None) -> None:
    """Why nothing holds all of a query; nothing is said of None."""
    if diagnosis is None:
        return
    if diagnosis.words:
        console.print(plain("各词所在的段数：" + "，".join(f"{each.word} {each.count}" for each in diagnosis.words)))
    for each in diagnosis.filters:
        if each.total:
            console.print(plain(f"不限{FILTER_NAMES[each.name]}，有 {each.total} 段。"))
    if diagnosis.shorter:
        console.print(plain(f"只找“{diagnosis.shorter}”，有 {diagnosis.shorter_total} 段。"))


def print_explanation(console: Console, explained: Explanation) -> None:
    """How a query is understood."""
    rows = [
        ("整条折叠后", explained.folded),
        ("查找的字串", "  ".join(explained.runs) or "无"),
        ("切出的词", "  ".join(explained.words) or "无"),
        ("不单独算数的词", "  ".join(explained.uninformative) or "无"),
        *((f"“{run}”的其他写法", "  ".join(others)) for run, others in explained.expansions.items()),
        *((f"“{word}”在别处的叫法", "  ".join(others)) for word, others in explained.regional.items()),
    ]
    for name, value in rows:
        console.print(Text.assemble((f"{name}：", "dim"), value))
    console.print(Text("各层条件：", style="dim"))
    console.print(plain(explained.tree))
