"""Which answers count: a question's gold is a document, an article or a section, and hits stand in these.

A document is named by path, id or file name without ending; a section holds what stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

from indexer.errors import BadParameter
from indexer.evaluation.questions import Gold, Question
from indexer.model import Document, Hit
from indexer.model.headings import section_value

_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千0-9]+条(之[一二三四五六七八九十]+)?")


class Judgements:
    """Names the answers that one index holds as the questions mean them.

    Raises:
        BadParameter: no questions, or none whose gold is in the index.
    """

    def __init__(self, documents: Sequence[Document], questions: Sequence[Question]) -> None:
        golds = [gold for question in questions for gold, _ in question.gold]
        if not golds:
            raise BadParameter("没有可评测的问题。", "每行要有 question 和 gold，或者用 --qrels 给出答案。")
        self._paths: dict[str, str] = {}
        for document in documents:
            path = PurePosixPath(document.path)
            tails = ("/".join(path.parts[start:]) for start in range(len(path.parts)))
            for name in (document.id, path.stem, unquote(path.stem), *tails):
                self._paths.setdefault(name, document.path)
        if not any(self._path(gold) for gold in golds):
            raise BadParameter("问题的答案都不在这个索引里。", "请核对 --index，或答案里的文件名。")

    def gold(self, question: Question) -> dict[str, int]:
        """What answers a question, with how well; what the index does not hold keeps a name that no hit has."""
        return {self._name(gold): grade for gold, grade in question.gold}

    def answers(self, question: Question, hits: Iterable[Hit]) -> tuple[str, ...]:
        """For each hit the answer it stands in, of the kinds of the question's gold, a gold one first; else empty."""
        gold = self.gold(question)
        kinds = list(dict.fromkeys(map(_kind, (each for each, _ in question.gold)))) or ["document"]
        kinds.sort(key=_KINDS.index)
        return tuple(self._answer(hit, kinds, gold) for hit in hits)

    def _answer(self, hit: Hit, kinds: Sequence[str], gold: Mapping[str, int]) -> str:
        named = [name for kind in kinds for name in _names(hit, kind)]
        return next(filter(gold.__contains__, named), named[0] if named else "")

    def _path(self, gold: Gold) -> str:
        return self._paths.get(gold if isinstance(gold, str) else gold["file"], "")

    def _name(self, gold: Gold) -> str:
        path, kind = self._path(gold) or f"?{gold}", _kind(gold)
        return path if kind == "document" or isinstance(gold, str) else f"{path}#{gold[kind]}"


# From the smallest answer to the largest.
_KINDS = ("article", "section", "document")


def _kind(gold: Gold) -> str:
    """What kind of answer a gold is."""
    return "document" if isinstance(gold, str) else next((kind for kind in _KINDS if kind in gold), "document")


def _names(hit: Hit, kind: str) -> list[str]:
    """The names of the answers of a kind that a hit stands in, the smallest first."""
    path, section = hit.document.path, hit.passage.section
    match kind:
        case "article":
            return [f"{path}#{heading}" for heading in reversed(section) if _ARTICLE.fullmatch(heading)][:1]
        case "section":
            return [f"{path}#{section_value(section[:depth])}" for depth in range(len(section), -1, -1)]
    return [path]
