"""The command ``synonyms``: which words stand for which, and which are still missing."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

import indexer
from indexer.cli import stdio
from indexer.cli.localized_click import INDEX_OPTION, JSON_OPTION, SYNONYMS_OPTION, command, option
from indexer.cli.strings import say
from indexer.errors import UsageError

# Words that are suggested, if nothing else is asked for.
_SUGGESTED = 50


@command("synonyms")
@INDEX_OPTION
@SYNONYMS_OPTION
@option("--suggest", is_flag=True, help="option_suggest")
@option("--query-log", type=click.Path(path_type=Path), help="option_query_log_read")
@option("--limit", type=click.IntRange(1), default=_SUGGESTED, show_default=True, help="option_suggest_limit")
@option("--keep", type=click.Path(path_type=Path), help="option_keep_synonyms")
@JSON_OPTION
def synonyms_command(
    folder: Path,
    synonyms: Path | None,
    query_log: Path | None,
    limit: int,
    keep: Path | None,
    *,
    suggest: bool,
    as_json: bool,
) -> None:
    """List synonyms, those in force or words that lack one, or keep a file of them."""
    if suggest and query_log is None:
        raise UsageError(say("no_query_log"), say("no_query_log_hint"))
    if keep:
        _keep(folder, keep)
        return
    with indexer.open_index(folder, synonyms=synonyms) as index:
        if query_log and suggest:
            unfound = index.unfound_words(indexer.QueryLog(query_log).queries())
            _print_unfound(unfound[:limit], as_json=as_json)
        else:
            held = index.synonyms()
            _print_synonyms(held, _counts(index, held), as_json=as_json)


def _keep(folder: Path, file: Path) -> None:
    """Keep a file of synonyms in the index."""
    with indexer.open_index(folder) as index:
        index.keep_synonyms(file)
        click.echo(say("synonyms_kept", count=len(index.synonyms())))


def _counts(index: indexer.Index, synonyms: Mapping[str, Sequence[str]]) -> Mapping[str, int]:
    """In how many passages each of the words stands that stand for others."""
    words = dict.fromkeys(word for others in synonyms.values() for word in others)
    return {word: index.search(f'"{word}"', match="exact", limit=0, facets=()).total for word in words}


def _print_synonyms(held: Mapping[str, Sequence[str]], counts: Mapping[str, int], *, as_json: bool) -> None:
    """Print the synonyms as a file of them, with the passages of each word as a comment."""
    if as_json:
        rows = {word: [{"word": other, "count": counts[other]} for other in others] for word, others in held.items()}
        stdio.print_json(rows)
        return
    if not held:
        stdio.print_text(say("no_synonyms") + "\n")
    for word, others in held.items():
        counted = say("comma").join(f"{other} {counts[other]}" for other in others)
        stdio.print_text(f"{word} => {', '.join(others)}    # {counted}\n")


def _print_unfound(unfound: Sequence[indexer.UnfoundWord], *, as_json: bool) -> None:
    """Print the words as comments of a file of synonyms, in which each waits for its right side."""
    if as_json:
        stdio.print_json([dataclasses.asdict(each) for each in unfound])
        return
    stdio.print_text(f"# {say('unfound_head') if unfound else say('unfound_none')}\n")
    for each in unfound:
        comment = say("unfound_word", times=each.times, example=each.example)
        stdio.print_text(f"# {each.word} =>    # {comment}\n")


COMMANDS = (synonyms_command,)
