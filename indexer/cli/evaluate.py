"""The command ``eval``, which measures how well an index answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

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
from indexer.model.weights import SCORE_PARTS


@command("eval")
@argument("questions", metavar="QUESTIONS", type=click.Path(path_type=Path))
@INDEX_OPTION
@option("--qrels", type=click.Path(path_type=Path), help="option_qrels")
@option("--corpus", type=click.Path(path_type=Path), help="option_corpus")
@option("--against", type=click.Path(path_type=Path), help="option_against")
@option("--without", multiple=True, type=click.Choice(SCORE_PARTS), help="option_eval_without")
@option("--depth", type=click.IntRange(1, 100), default=10, show_default=True, help="option_depth")
@option("--lost", type=click.IntRange(0), default=0, show_default=True, help="option_lost")
@SYNONYMS_OPTION
@EMBEDDER_OPTION
@JSON_OPTION
def eval_command(
    questions: Path,
    folder: Path,
    corpus: Path | None,
    synonyms: Path | None,
    embedder: str | None,
    as_json: bool,
    lost: int,
    **options: Any,
) -> None:
    """Measure quality on questions."""
    from indexer.cli import terminal
    from indexer.evaluation.compare import compare, rows_to_dict
    from indexer.evaluation.corpus import index_of_corpus

    opened = (
        index_of_corpus(corpus, embedder)
        if corpus
        else indexer.open_index(folder, synonyms=synonyms, embedder=embedder)
    )
    with opened as index:
        if corpus and synonyms:
            index.keep_synonyms(synonyms)
        rows = compare(index, questions, **options)
    if as_json:
        stdio.print_json(rows_to_dict(rows))
    else:
        terminal.print_evaluation(terminal.console(), rows, lost)


COMMANDS = (eval_command,)
