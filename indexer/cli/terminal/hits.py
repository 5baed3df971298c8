"""Answers to a query: hits, warnings, and why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from indexer.cli.messages import translated
from indexer.cli.strings import say
from indexer.cli.terminal.lines import DIM, LISTED, MARK, PLAIN, WARNING, Part, in_line, joined, marked, print_line
from indexer.model import Hit, Passage, QueryWarning, Results, Snippet, Tier

if TYPE_CHECKING:
    from indexer.model import Diagnosis, Explanation

# Other matches of a hit's section that are shown.
_OTHERS = 5


def print_results(results: Results, offset: int) -> None:
    """Hits with path, date, id and highlighted text, under the name of their tier, and how to see those that follow."""
    print_line(say("hits", counted=_counted(results), ms=results.took_ms))
    for document in results.named:
        print_line(say("named_document", title=document.title, path=document.path))
    tier: Tier | None = None
    for number, hit in enumerate(results.hits, offset + 1):
        if hit.tier is not tier and not results.like:
            tier = hit.tier
            print_line((f"── {say(f'tier_{tier}')} ──", DIM))
        _print_hit(hit, number)
    following = offset + len(results.hits)
    if results.hits and following < results.entries:
        print_line(say("hits_follow", count=results.entries - following, offset=following))
    if results.suggestions:
        print_line(say("suggestions", names="　".join(results.suggestions)))
    if not results.entries and not results.like:
        print_line(say("nothing_found"))


def _counted(results: Results) -> str:
    """What there is; of partial matches alone it is said that they are no more than near."""
    if not results.entries:
        return say("no_similar" if results.like else "no_hits")
    lower_bound = say("at_least") if results.at_least else ""
    if results.like:
        return say("hits_similar", count=results.entries)
    if not results.total:
        return say("hits_near", lower_bound=lower_bound, count=results.partial)
    tiers = _tiers(results, Tier.EXACT, Tier.ALL)
    found = say("hits_found", lower_bound=lower_bound or say("altogether"), count=results.total, tiers=tiers)
    besides = _tiers(results, Tier.SOME, *([Tier.NEAR] if results.lists_near else []))
    return found + (say("hits_besides", tiers=besides) if besides else "")


def _tiers(results: Results, *wanted: Tier) -> str:
    """How many there are of some tiers."""
    counts = ((tier, results.tiers[tier]) for tier in wanted)
    return say("between_counts").join(
        say("count_tier", tier=say(f"tier_{tier}"), count=count) for tier, count in counts if count
    )


def _print_hit(hit: Hit, number: int) -> None:
    print_line((f"{number}. ", DIM), *joined(_path(hit), (" › ", DIM)))
    kind = "" if hit.passage.kind == "body" else f"  {say(f'kind_{hit.passage.kind}')}"
    role = "" if hit.passage.role == "body" else f"  {say(f'role_{hit.passage.role}')}"
    page = f"  {say('pages', pages=hit.passage.pages)}" if hit.passage.page else ""
    page += say("recognized") if hit.document.is_recognized(hit.passage) else ""
    about = f"   {hit.document.path}{page}  {hit.document.date or say('no_date')}{kind}{role}  {hit.passage.id}"
    print_line(in_line(about, DIM))
    print_line("   ", *_shown(hit.snippet, hit.passage))
    if hit.copy_count:
        titles = say("comma").join(dict.fromkeys(copy.document.title for copy in hit.copies[:_OTHERS]))
        print_line(in_line(say("copies", count=hit.copy_count, titles=titles), DIM))
    if hit.others:
        print_line((say("others", count=len(hit.others)), DIM))
    for other in hit.others[:_OTHERS]:
        print_line("     ", *_shown(other.snippet, other.passage))
    if len(hit.others) > _OTHERS:
        print_line(("     ……", DIM))


def _path(hit: Hit) -> Iterator[Iterator[Part]]:
    """The titles above a hit and its headings, matches marked."""
    for title, ranges in hit.marked_titles:
        yield marked(title, ranges)
    for index, heading in enumerate(hit.passage.section):
        yield marked(heading, [(start, end) for at, start, end in hit.path_highlights if at == index])


def _shown(snippet: Snippet, passage: Passage) -> Iterator[str | Part]:
    """A snippet with its matches marked, and dots where the passage goes on."""
    yield "…" if snippet.start else ""
    yield from ((text, MARK if is_marked else PLAIN) for text, is_marked in snippet.parts)
    yield "…" if snippet.end < len(passage.text) else ""


def print_warnings(warnings: Sequence[QueryWarning]) -> None:
    """What was read otherwise than typed."""
    for warning in warnings[:LISTED]:
        position = say("warning_position", position=warning.start + 1) if warning.end else ""
        message = say("warning", message=translated(warning.message), position=position)
        print_line(in_line(message, WARNING), stderr=True)
    if len(warnings) > LISTED:
        print_line((say("more_warnings", count=len(warnings) - LISTED), WARNING), stderr=True)


def print_diagnosis(diagnosis: Diagnosis | None) -> None:
    """Why nothing holds all of a query; nothing is said of None."""
    if diagnosis is None:
        return
    has = say("has_at_least" if diagnosis.at_least else "has")
    if diagnosis.words:
        counts = say("between_counts").join(f"{each.word} {each.count}" for each in diagnosis.words)
        print_line(say("word_counts", counts=counts))
    for each in diagnosis.filters:
        if each.total:
            print_line(say("without_filter", name=say(f"filter_{each.name}"), has=has, count=each.total))
    if diagnosis.shorter:
        words = {"query": diagnosis.shorter, "count": diagnosis.shorter_total}
        print_line(say("shorter", has=has, **words))


def print_explanation(explained: Explanation) -> None:
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
        print_line((say("label", name=name), DIM), value)
    print_line((say("explain_tree"), DIM))
    print_line(explained.tree)
