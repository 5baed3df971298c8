"""Answers to a query: hits, warnings, and why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from indexer.cli.messages import translated
from indexer.cli.stdio import one_line
from indexer.cli.strings import say
from indexer.cli.terminal.console import LISTED, MARK, in_line, plain
from indexer.model import Hit, Passage, QueryWarning, Range, Results, Snippet, Tier

if TYPE_CHECKING:
    from indexer.model import Diagnosis, Explanation

# Other matches of a hit's section that are shown.
_OTHERS = 5


def print_results(console: Console, results: Results, offset: int) -> None:
    """Hits with path, date, id and highlighted text, under the name of their tier, and how to see those that follow."""
    console.print(plain(say("hits", counted=_counted(results), ms=results.took_ms)))
    for document in results.named:
        console.print(plain(say("named_document", title=document.title, path=document.path)), soft_wrap=True)
    tier: Tier | None = None
    for number, hit in enumerate(results.hits, offset + 1):
        if hit.tier is not tier and not results.like:
            tier = hit.tier
            console.print(Text(f"── {say(f'tier_{tier}')} ──", style="dim"))
        _print_hit(console, hit, number)
    following = offset + len(results.hits)
    if results.hits and following < results.entries:
        console.print(plain(say("hits_follow", count=results.entries - following, offset=following)))
    if results.suggestions:
        console.print(plain(say("suggestions", names="　".join(results.suggestions))))
    if not results.entries and not results.like:
        console.print(plain(say("nothing_found")))


def _counted(results: Results) -> str:
    """What there is; of partial matches alone it is said that they are no more than near."""
    if not results.entries:
        return say("no_similar" if results.like else "no_hits")
    lower_bound = say("at_least") if results.at_least else ""
    if results.like:
        return say("hits_similar", count=results.entries)
    if not results.total:
        return say("hits_near", lower_bound=lower_bound, count=results.partial)
    listed = {tier: count for tier, count in results.tiers.items() if tier != Tier.NEAR or results.lists_near}
    tiers = say("between_counts").join(
        say("count_tier", tier=say(f"tier_{tier}"), count=count) for tier, count in listed.items() if count
    )
    return say("hits_found", lower_bound=lower_bound or say("altogether"), count=results.entries, tiers=tiers)


def _print_hit(console: Console, hit: Hit, number: int) -> None:
    first, *others = _path(hit)
    heading = Text.assemble((f"{number}. ", "dim"), first)
    for name in others:
        heading = Text.assemble(heading, (" › ", "dim"), name)
    kind = "" if hit.passage.kind == "body" else f"  {say(f'kind_{hit.passage.kind}')}"
    role = "" if hit.passage.role == "body" else f"  {say(f'role_{hit.passage.role}')}"
    console.print(heading, soft_wrap=True)
    page = f"  {say('pages', pages=hit.passage.pages)}" if hit.passage.page else ""
    page += say("recognized") if hit.document.is_recognized(hit.passage) else ""
    about = f"   {hit.document.path}{page}  {hit.document.date or say('no_date')}{kind}{role}  {hit.passage.id}"
    console.print(in_line((about, "dim")), soft_wrap=True)
    console.print(Text.assemble("   ", _shown(hit.snippet, hit.passage)), soft_wrap=True)
    if hit.copy_count:
        titles = say("comma").join(dict.fromkeys(copy.document.title for copy in hit.copies[:_OTHERS]))
        console.print(in_line((say("copies", count=hit.copy_count, titles=titles), "dim")), soft_wrap=True)
    if hit.others:
        console.print(Text(say("others", count=len(hit.others)), style="dim"))
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
        position = say("warning_position", position=warning.start + 1) if warning.end else ""
        console.print(in_line((say("warning", message=translated(warning.message), position=position), "yellow")))
    if len(warnings) > LISTED:
        console.print(Text(say("more_warnings", count=len(warnings) - LISTED), style="yellow"))


def print_diagnosis(console: Console, diagnosis: Diagnosis | None) -> None:
    """Why nothing holds all of a query; nothing is said of None."""
    if diagnosis is None:
        return
    has = say("has_at_least" if diagnosis.at_least else "has")
    if diagnosis.words:
        counts = say("between_counts").join(f"{each.word} {each.count}" for each in diagnosis.words)
        console.print(plain(say("word_counts", counts=counts)))
    for each in diagnosis.filters:
        if each.total:
            name = say(f"filter_{each.name}")
            console.print(plain(say("without_filter", name=name, has=has, count=each.total)))
    if diagnosis.shorter:
        words = {"query": diagnosis.shorter, "count": diagnosis.shorter_total}
        console.print(plain(say("shorter", has=has, **words)))


def print_explanation(console: Console, explained: Explanation) -> None:
    """How a query is understood."""
    rows = [
        (say("explain_folded"), explained.folded),
        (say("explain_runs"), "  ".join(explained.runs) or say("none")),
        (say("explain_words"), "  ".join(explained.words) or say("none")),
        (say("explain_uninformative"), "  ".join(explained.uninformative) or say("none")),
        *((say("explain_expansion", run=run), "  ".join(others)) for run, others in explained.expansions.items()),
        *((say("explain_regional", word=word), "  ".join(others)) for word, others in explained.regional.items()),
        *(
            (say("explain_synonyms", word=word, weight=explained.synonym_weight), "  ".join(others))
            for word, others in explained.synonyms.items()
        ),
    ]
    for name, value in rows:
        console.print(Text.assemble((say("label", name=name), "dim"), value))
    console.print(Text(say("explain_tree"), style="dim"))
    console.print(plain(explained.tree))
