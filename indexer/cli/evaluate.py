"""The command ``eval``, which measures how well an index answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import indexer
from indexer.cli import stdio
from indexer.cli.click_chinese import INDEX_OPTION, JSON_OPTION, command, option
from indexer.model.weights import SCORE_PARTS


@command("eval")
@click.argument("questions", metavar="问题文件", type=click.Path(path_type=Path))
@INDEX_OPTION
@option("--qrels", type=click.Path(path_type=Path), help="答案另放的文件，TREC 或 BEIR 的 qrels。")
@option("--corpus", type=click.Path(path_type=Path), help="不用 --index，给这个 JSONL 语料建临时索引。")
@option("--against", type=click.Path(path_type=Path), help="与另一个索引比较。")
@option("--without", multiple=True, type=click.Choice(SCORE_PARTS), help="与打分时不算这一项比较；可重复。")
@option("--depth", type=click.IntRange(1, 100), default=10, show_default=True, help="看前几个答案。")
@option("--lost", type=click.IntRange(0), default=0, show_default=True, help="列出多少个没排在第一的问题。")
@JSON_OPTION
def eval_command(questions: Path, folder: Path, corpus: Path | None, as_json: bool, lost: int, **options: Any) -> None:
    """用有答案的问题量检索质量：MRR、nDCG、召回率、首位命中率等。

    问题是 JSON Lines，每行有 question 和 gold；gold 是文件名，或带 file 与 article（或 section）的对象，或它们的列表。

    \b
    例：
      xunzhang eval 问题.jsonl
      xunzhang eval 问题.jsonl --against 旧索引 --lost 20
      xunzhang eval 问题.jsonl --without window --without lead
      xunzhang eval queries.jsonl --qrels qrels.tsv --corpus corpus.jsonl
    """
    from indexer.cli import terminal
    from indexer.evaluation.compare import compare, rows_to_dict
    from indexer.evaluation.corpus import index_of_corpus

    with index_of_corpus(corpus) if corpus else indexer.open_index(folder) as index:
        rows = compare(index, questions, **options)
    if as_json:
        stdio.print_json(rows_to_dict(rows))
    else:
        terminal.print_evaluation(terminal.console(), rows, lost)


COMMANDS = (eval_command,)
