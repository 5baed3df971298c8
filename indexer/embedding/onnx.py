"""Models in ONNX: a folder of ``model.onnx`` and ``tokenizer.json``, as they are published for sentence embeddings.

What Sentence Transformers puts beside these is read where it is there: ``1_Pooling/config.json`` (how the vectors of
tokens become one: by the first, else by their mean), ``config_sentence_transformers.json`` (what is put before queries
and passages), ``sentence_bert_config.json`` (how many tokens are read). A file ``xunzhang.json`` comes first: its keys
are ``name``, ``pooling`` (``cls`` or ``mean``), ``query`` and ``passage`` (what is put before them), ``tokens``, and
``weight`` (what the model counts in the score).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from indexer.errors import BadParameter, ExtraMissing

_TOKENS, _MOST_TOKENS = 512, 1 << 16
# Texts that are run at a time: more of them cost more for each, as they are as long as the longest of them.
_BATCH = 4
# So many texts are not worth more than one thread.
_FEW = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """What is to be known of a model beside its files.

    Attributes:
        name: what people call it.
        pooling: ``cls`` or ``mean``.
        query, passage: what is put before a text of each kind.
        tokens: tokens of a text that are read, at most.
        weight: what the model counts in the score; None for as much as usual.
    """

    name: str
    pooling: str = "cls"
    query: str = ""
    passage: str = ""
    tokens: int = _TOKENS
    weight: float | None = None


class OnnxEmbedder:
    """Embeds texts by a model in a folder. Safe for threads.

    Args:
        folder: where the model is.

    Raises:
        BadParameter: there is no such model, or it cannot be run.
        ExtraMissing: onnxruntime or tokenizers are not installed.
    """

    def __init__(self, folder: Path) -> None:
        model, tokenizer = folder / "model.onnx", folder / "tokenizer.json"
        for file in (model, tokenizer):
            if not file.is_file():
                raise BadParameter(f"{folder} 里没有 {file.name}。", "模型目录里要有 model.onnx 和 tokenizer.json。")
        try:
            from onnxruntime import InferenceSession, SessionOptions
            from tokenizers import Tokenizer
        except ImportError as error:
            message = f"按意思检索缺少依赖：{error.name}。"
            raise ExtraMissing(message, "请在项目目录里运行：pip install '.[dense]'") from error
        self._settings = _settings(folder)

        def session(threads: int) -> Any:
            options = SessionOptions()
            options.log_severity_level = 3  # errors alone
            options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # it doubles the processor's time
            return InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

        # Threads of its own would be lost in a process that forks, as servers do, and waited for without end. For a
        # query one is enough; an index is built where there are no such.
        self._of_many = cache(lambda: session(os.cpu_count() or 1))
        try:
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
            self._of_few = session(1)
        except Exception as error:  # what the libraries raise has no base of its own
            raise BadParameter(f"{folder} 里的模型读不出来：{error}。", "请重新下载模型，核对两个文件。") from error
        self._tokenizer.enable_truncation(self._settings.tokens)
        self._inputs = [each.name for each in self._of_few.get_inputs()]

    @property
    def name(self) -> str:
        """What people call the model."""
        return self._settings.name

    @property
    def weight(self) -> float | None:
        """What it counts in the score; None for as much as usual."""
        return self._settings.weight

    def __call__(self, texts: Sequence[str], kind: str) -> np.ndarray:
        """Return a unit vector for each text; texts of like length are run together."""
        before = self._settings.query if kind == "query" else self._settings.passage
        session = self._of_many() if len(texts) > _FEW else self._of_few
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        vectors: list[np.ndarray] = []
        for start in range(0, len(order), _BATCH):
            vectors.extend(self._run(session, [before + texts[at] for at in order[start : start + _BATCH]]))
        return np.array([vector for _, vector in sorted(zip(order, vectors, strict=True), key=lambda pair: pair[0])])

    def _run(self, session: Any, texts: Sequence[str]) -> np.ndarray:
        encoded = [self._tokenizer.encode(text).ids for text in texts]
        ids = np.zeros((len(texts), max(map(len, encoded))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, own in enumerate(encoded):
            ids[row, : len(own)], mask[row, : len(own)] = own, 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        tokens = session.run(None, {name: given[name] for name in self._inputs})[0]
        return _unit(tokens[:, 0] if self._settings.pooling == "cls" else _mean(tokens, mask))


def _mean(tokens: np.ndarray, mask: np.ndarray) -> np.ndarray:
    weights = mask[:, :, None].astype(tokens.dtype)
    pooled: np.ndarray = (tokens * weights).sum(axis=1) / weights.sum(axis=1)
    return pooled


def _unit(vectors: np.ndarray) -> np.ndarray:
    unit: np.ndarray = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return unit


def _settings(folder: Path) -> Settings:
    pooling = _read(folder / "1_Pooling" / "config.json")
    prompts = _read(folder / "config_sentence_transformers.json").get("prompts") or {}
    sizes = _read(folder / "sentence_bert_config.json")
    found = {
        "name": folder.resolve().name,
        "pooling": "mean" if pooling and not pooling.get("pooling_mode_cls_token") else "cls",
        "query": prompts.get("query", ""),
        "passage": prompts.get("passage") or prompts.get("document") or "",
        "tokens": sizes.get("max_seq_length") or _TOKENS,
    }
    given = found | _read(folder / "xunzhang.json")
    if problem := _problem(given):
        hint = "可写的键：name、pooling（cls 或 mean）、query、passage、tokens、weight。"
        raise BadParameter(f"{folder} 里模型的设置不对：{problem}。", hint)
    return Settings(**given)


def _problem(given: Mapping[str, Any]) -> str:
    """What is wrong with settings; empty where nothing is."""
    for name, value in given.items():
        match name, value:
            case "name" | "query" | "passage", str():
                pass
            case "pooling", "cls" | "mean":
                pass
            case "tokens", int() if 1 <= value <= _MOST_TOKENS:
                pass
            case "weight", int() | float() | None:
                pass
            case _:
                return f"{name} = {value!r}"
    return ""


def _read(file: Path) -> dict[str, Any]:
    """The object in a JSON file; empty where there is no file.

    Raises:
        BadParameter: it holds something else.
    """
    try:
        held = json.loads(file.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadParameter(f"{file} 读不出来（{error}）。", "请核对这个文件，或把它移走。") from error
    if not isinstance(held, dict):
        raise BadParameter(f"{file} 看不懂。", "里面要是一个 JSON 对象。")
    return held
