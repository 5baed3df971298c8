"""Commands that ask an index: ``search``, ``explain``, ``verify``."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

import indexer
from indexer.cli import stdio
from indexer.cli.localized_click import (
    EMBEDDER_OPTION,
    INDEX_OPTION,
    JSON_OPTION,
    SYNONYMS_OPTION,
    argument,
    command,
    option,
)
from indexer.cli.strings import say
from indexer.errors import BadParameter, IndexBusy, UsageError
from indexer.model import Kind
from indexer.model.choices import (
    BOUNDS,
    CHOICES,
    CONDITIONS,
    DEFAULT_FACETS,
    DEFAULTS,
    FILTERS,
    MAX_LIMIT,
    MAX_OFFSET,
    PLACES,
)
from indexer.model.weights import SCORE_PARTS


def _print_results(results: indexer.Results, offset: int) -> None:
    from indexer.cli import terminal

    terminal.print_results(results, offset)


def _print_json_lines(results: indexer.Results) -> None:
    for hit in indexer.results_to_dict(results)["hits"]:
        stdio.print_json_line(hit)


# What hits are printed as; each is told how many hits were skipped.
_FORMATS: dict[str, Callable[[indexer.Results, int], None]] = {
    "text": _print_results,
    "json": lambda results, _: stdio.print_json(indexer.results_to_dict(results)),
    "csv": lambda results, offset: stdio.print_table(indexer.results_to_csv(results, offset + 1)),
    "jsonl": lambda results, _: _print_json_lines(results),
    "md": lambda results, offset: stdio.print_text(indexer.results_to_markdown(results)),
    "plain": lambda results, offset: stdio.print_text(indexer.results_to_lines(results)),
}


@command("search")
@argument("query", metavar="QUERY...", nargs=-1)
@INDEX_OPTION
@option("--like", help="option_like")
@EMBEDDER_OPTION
@option("--section", multiple=True, help="option_section")
@option("--topic", multiple=True, help="option_topic")
@option("--document", multiple=True, help="option_document")
@option("--tag", multiple=True, help="option_tag")
@option("--kind", multiple=True, type=click.Choice([kind.value for kind in Kind]), help="option_kind")
@option("--year", multiple=True, help="option_year")
@option("--work", multiple=True, help="option_work")
@option("--field", multiple=True, help="option_field")
@option("--path", multiple=True, help="option_path")
@option("--type", multiple=True, help="option_type")
@option(
    "--match",
    type=click.Choice(CHOICES["match"]),
    default=DEFAULTS["match"],
    show_default=True,
    help="option_match",
)
@option(
    "--scope",
    type=click.Choice(CHOICES["scope"]),
    default=DEFAULTS["scope"],
    show_default=True,
    help="option_scope",
)
@option(
    "--sort",
    type=click.Choice(CHOICES["sort"]),
    default=DEFAULTS["sort"],
    show_default=True,
    help="option_sort",
)
@option(
    "--script",
    type=click.Choice(CHOICES["script"]),
    default=DEFAULTS["script"],
    show_default=True,
    help="option_script",
)
@SYNONYMS_OPTION
@option("--no-synonyms", is_flag=True, help="option_no_synonyms")
@option("--without", multiple=True, type=click.Choice(SCORE_PARTS), help="option_without")
@option(
    "--collapse",
    type=click.Choice(CHOICES["collapse"]),
    default=DEFAULTS["collapse"],
    help="option_collapse",
)
@option("--offset", type=int, default=BOUNDS["offset"].default, show_default=True, help="option_offset")
@option(
    "--limit",
    type=int,
    default=BOUNDS["limit"].default,
    show_default=True,
    help="option_limit",
    values={"most": BOUNDS["limit"].most},
)
@option("--all", "everything", is_flag=True, help="option_all")
@option("--format", "form", type=click.Choice(list(_FORMATS)), default="text", show_default=True, help="option_format")
@option("--json", "form", flag_value="json", help="option_json_format")
@option("--plain", "form", flag_value="plain", help="option_plain_format")
def search_command(
    query: Sequence[str],
    folder: Path,
    form: str,
    like: str | None,
    synonyms: Path | None,
    embedder: str | None,
    *,
    everything: bool,
    no_synonyms: bool,
    **options: Any,
) -> None:
    """Print what is found."""
    if not query and not like:
        raise UsageError(say("no_query"), say("no_query_hint"))
    options |= {"synonyms": "off" if no_synonyms else "on", "like": like or ""}
    if everything:
        gc.enable()
        with indexer.open_index(folder, synonyms=synonyms, embedder=embedder) as index:
            _stream(index, " ".join(query), form, options)
        return
    with _collecting_nothing(), indexer.open_index(folder, synonyms=synonyms, embedder=embedder) as index:
        _print_page(index, " ".join(query), form, options)


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Let garbage be, of which one answer leaves little: looking for it takes a tenth of the time, and looking through
    the whole index afterwards as much again.
    """
    looks_for_it = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks_for_it:
            gc.enable()


def _print_page(index: indexer.Index, query: str, form: str, options: dict[str, Any]) -> None:
    results = index.search(query, facets=DEFAULT_FACETS if form == "json" else (), **options)
    if form == "text" and not results.entries and not index.documents():
        click.echo(say("no_passages"))
        return
    narrowed = {name: options[name] for name in (*FILTERS, *CONDITIONS)}
    explains_itself = form != "text" or results.total or results.like
    diagnosis = None if explains_itself else index.diagnose(results.query, **narrowed)
    if form == "json":
        stdio.print_json(indexer.results_to_dict(results))
        return
    from indexer.cli import terminal

    terminal.print_warnings(results.warnings)
    _FORMATS[form](results, options["offset"])
    terminal.print_diagnosis(diagnosis)


def _stream(index: indexer.Index, query: str, form: str, options: dict[str, Any]) -> None:
    """Print every hit as it is found.

    Raises:
        BadParameter: as a format that has an end, or in part.
    """
    given = click.get_current_context().get_parameter_source
    if form not in _STREAMS and given("form") is not ParameterSource.DEFAULT:
        raise BadParameter(say("all_with_format"), say("all_with_format_hint"))
    if any(given(name) is not ParameterSource.DEFAULT for name in ("offset", "limit")):
        raise BadParameter(say("all_with_limit"), say("all_with_limit_hint"))
    _STREAMS.get(form, _stream_csv)(_all_hits(index, query, options))


def _all_hits(index: indexer.Index, query: str, options: dict[str, Any]) -> Iterator[tuple[int, indexer.Results]]:
    """Each page of a search with the number of hits before it; it ends, with a warning, where the index changes."""
    from indexer.cli import terminal

    page = options | {"limit": MAX_LIMIT, "facets": ()}
    results = index.search(query, **page | {"offset": 0})
    generation, offset = results.generation, 0
    terminal.print_warnings(results.warnings)
    while results.hits:
        yield offset, results
        offset += len(results.hits)
        if offset >= results.entries or offset > MAX_OFFSET:
            return
        results = index.search(query, **page | {"offset": offset})
        if results.generation != generation:
            raise IndexBusy(say("all_changed"), say("all_changed_hint"))


def _stream_csv(pages: Iterator[tuple[int, indexer.Results]]) -> None:
    for offset, results in pages:
        table = indexer.results_to_csv(results, offset + 1)
        stdio.print_table(table) if not offset else stdio.print_rows(table.partition("\r\n")[2])


def _stream_json_lines(pages: Iterator[tuple[int, indexer.Results]]) -> None:
    for _, results in pages:
        _print_json_lines(results)


# What every hit is printed as, in a form that needs no end.
_STREAMS: dict[str, Callable[[Iterator[tuple[int, indexer.Results]]], None]] = {
    "csv": _stream_csv,
    "jsonl": _stream_json_lines,
}


@command("explain")
@argument("query", metavar="QUERY...", nargs=-1, required=True)
@INDEX_OPTION
@SYNONYMS_OPTION
@JSON_OPTION
def explain_command(query: Sequence[str], folder: Path, synonyms: Path | None, as_json: bool) -> None:
    """Print how a query is understood."""
    from indexer.cli import terminal

    with indexer.open_index(folder, synonyms=synonyms) as index:
        explained = index.explain(" ".join(query))
    if as_json:
        stdio.print_json(dataclasses.asdict(explained))
        return
    terminal.print_warnings(explained.warnings)
    terminal.print_explanation(explained)


@command("verify")
@argument("quote", metavar="QUOTE", default="-")
@INDEX_OPTION
@option("--document", multiple=True, help="option_verify_document")
@option("--tag", multiple=True, help="option_verify_tag")
@option("--year", multiple=True, help="option_verify_year")
@option("--work", multiple=True, help="option_work")
@option("--field", multiple=True, help="option_field")
@option("--path", multiple=True, help="option_path")
@option("--type", multiple=True, help="option_type")
@option(
    "--limit", type=int, default=PLACES.default, show_default=True, help="option_places", values={"most": PLACES.most}
)
@JSON_OPTION
def verify_command(quote: str, folder: Path, as_json: bool, **options: Any) -> None:
    """Check a quotation."""
    if quote == "-":
        quote = stdio.read_input()
    with indexer.open_index(folder) as index:
        verification = index.verify(quote, **options)
    if as_json:
        stdio.print_json(indexer.verification_to_dict(verification))
    else:
        from indexer.cli import terminal

        terminal.print_verification(terminal.console(), verification)


COMMANDS = (search_command, explain_command, verify_command)
