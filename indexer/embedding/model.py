"""A model as the program uses it: checked, its answers quantized, with a signature that tells it from others."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from indexer.embedding.quantized import quantized
from indexer.errors import BadParameter, IndexMismatch
from indexer.model.manifest import Manifest
from indexer.model.vectors import cosine

# Queries whose vectors are kept: pages of one query follow each other.
_KEPT = 256
# What a model is known by: how it embeds these.
_PROBES = ("房屋出租人应当按照约定将租赁物交付承租人", "数据安全 2020")
_PROBED = 16
# Runs of one model on two machines differ a little; two models have hardly anything in common.
_SAME = 0.9


class Embedder(Protocol):
    """What a user brings: any callable. It may have a ``name``, and a ``weight`` that it counts in the score."""

    def __call__(self, texts: Sequence[str], kind: str, /) -> Any:
        """Return a unit vector for each text, as an array or lists; ``kind`` is ``passage`` or ``query``."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What tells a model from others, as an index keeps it.

    Attributes:
        name: what people call it.
        dimension: components of its vectors.
        answers: of some of its answers to fixed texts, the first components.
    """

    name: str
    dimension: int
    answers: bytes

    def __str__(self) -> str:
        return f"{self.name} {self.dimension} {base64.b64encode(self.answers).decode()}"

    @classmethod
    def parse(cls, text: str) -> Signature | None:
        """The inverse of ``str``; None of what is none."""
        try:
            name, dimension, answers = text.rsplit(" ", 2)
            return cls(name, int(dimension), base64.b64decode(answers, validate=True))
        except (ValueError, binascii.Error):
            return None

    def is_of(self, other: Signature) -> bool:
        """Whether both are of one model, whatever it is called and wherever it is run."""
        alike = (self.dimension, len(self.answers)) == (other.dimension, len(other.answers))
        return alike and cosine(self.answers, other.answers) > _SAME


class EmbeddingModel:
    """Embeds texts by a user's callable.

    Args:
        embed: the callable.
        name: what people call it, if it does not say so itself.
    """

    def __init__(self, embed: Embedder, name: str = "") -> None:
        self._embed = embed
        told = str(getattr(embed, "name", "") or name or getattr(embed, "__qualname__", type(embed).__qualname__))
        self.name = "-".join(told.split()) or "?"
        self.query = lru_cache(_KEPT)(self._query)

    @property
    def weight(self) -> float | None:
        """What it counts in the score; None for as much as usual."""
        weight = getattr(self._embed, "weight", None)
        return None if weight is None else float(weight)

    @cached_property
    def signature(self) -> Signature:
        """What tells it from others."""
        vectors = self._vectors(_PROBES, "passage")
        return Signature(self.name, vectors.shape[1], quantized(vectors[:, :_PROBED].reshape(1, -1))[0])

    def passages(self, texts: Sequence[str]) -> list[bytes]:
        """The vectors of texts of an index, quantized.

        Raises:
            BadParameter: the model gives something else.
        """
        return quantized(self._vectors(texts, "passage")) if texts else []

    def _query(self, text: str) -> bytes:
        """The vector of a query; raises likewise."""
        return quantized(self._vectors([text], "query"))[0]

    def _vectors(self, texts: Sequence[str], kind: str) -> np.ndarray:
        try:
            vectors = np.asarray(self._embed(texts, kind), dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise self._refused(str(error)) from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not vectors.shape[1]:
            raise self._refused(f"{len(texts)} 段文字得到的形状是 {vectors.shape}")
        if not np.isfinite(vectors).all():
            raise self._refused("向量里有不是数的值")
        return vectors

    def _refused(self, problem: str) -> BadParameter:
        hint = "它要是 embed(texts, kind)，给每段文字返回一个等长的向量。"
        return BadParameter(f"嵌入模型“{self.name}”的结果用不了：{problem}。", hint)


def require_same(about: Manifest, model: EmbeddingModel, folder: Path) -> None:
    """Refuse an index whose vectors are of another model; one without vectors passes.

    Raises:
        IndexMismatch: it is one; the hint has the command that rebuilds.
    """
    made_by = Signature.parse(about.embedder)
    if about.embedder and not (made_by and made_by.is_of(model.signature)):
        name = about.embedder.partition(" ")[0]
        message = f"索引 {folder} 的向量是用另一个嵌入模型“{name}”算的，现在给的是“{model.name}”。"
        raise IndexMismatch(message, about.rebuild_hint(folder))


def load_embedder(wanted: str) -> Embedder:
    """The embedder that a setting names: ``onnx:FOLDER``, or ``python:module:function``.

    Raises:
        BadParameter: there is no such thing.
        ExtraMissing: what it needs is not installed.
    """
    kind, _, where = wanted.partition(":")
    if kind == "onnx" and where:
        from indexer.embedding.onnx import OnnxEmbedder

        return OnnxEmbedder(Path(where))
    module, _, name = where.partition(":")
    if kind == "python" and module and name:
        return _imported(module, name)
    raise BadParameter(f"嵌入模型“{wanted}”看不懂。", "请写成 onnx:模型目录，或 python:模块:函数。")


def _imported(module: str, name: str) -> Embedder:
    try:
        found: Embedder = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        hint = "请核对模块和函数的名字；模块要在 Python 找得到的地方。"
        raise BadParameter(f"找不到 {module} 里的 {name}：{error}。", hint) from error
    if not callable(found):
        raise BadParameter(f"{module} 里的 {name} 不是函数。", "它要是 embed(texts, kind)。")
    return found
