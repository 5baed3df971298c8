"""What a user's callable may give, and how models are told from each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from indexer.embedding.model import EmbeddingModel, Signature, load_embedder
from indexer.errors import BadParameter
from tests.support import embed


def shaken(texts: Sequence[str], kind: str) -> list[list[float]]:
    """The same model on another machine."""
    return [[each + 0.002 * (-1) ** at for at, each in enumerate(row)] for row in embed(texts, kind)]


def reversed_axes(texts: Sequence[str], kind: str) -> list[list[float]]:
    return [row[::-1] for row in embed(texts, kind)]


def longer(texts: Sequence[str], kind: str) -> list[list[float]]:
    return [[*row, 0.0] for row in embed(texts, kind)]


class TestSignatures:
    def test_one_comes_back_from_its_text(self) -> None:
        signature = EmbeddingModel(embed, "我的 模型").signature
        assert signature.name == "我的-模型"
        assert Signature.parse(str(signature)) == signature

    @pytest.mark.parametrize("text", ["", "bge", "bge 512", "bge x AAAA", "bge 512 !!"])
    def test_what_is_none_is_none(self, text: str) -> None:
        assert Signature.parse(text) is None

    def test_a_model_is_the_same_on_another_machine_and_by_another_name(self) -> None:
        own = EmbeddingModel(embed).signature
        assert own.is_of(EmbeddingModel(shaken, "改了名").signature)

    @pytest.mark.parametrize("other", [reversed_axes, longer])
    def test_another_model_is_another(self, other: Any) -> None:
        assert not EmbeddingModel(embed).signature.is_of(EmbeddingModel(other).signature)


class TestAnswers:
    @pytest.mark.parametrize(
        "given",
        [None, 3, [], [1.0, 2.0], [[]], [[1.0], [2.0]], [[float("nan"), 1.0]], [["甲"]], [[1.0], [1.0, 2.0]]],
    )
    def test_what_is_no_vector_for_each_text_is_refused(self, given: Any) -> None:
        with pytest.raises(BadParameter, match="坏"):
            EmbeddingModel(lambda texts, kind: given, "坏").query("甲")

    def test_queries_and_passages_are_told_apart(self) -> None:
        kinds: list[str] = []

        def told(texts: Sequence[str], kind: str) -> list[list[float]]:
            kinds.append(kind)
            return embed(texts, kind)

        model = EmbeddingModel(told)
        assert model.passages(["房东"]) == [model.query("房东")]
        assert model.query("房东") == model.query("房东")
        assert kinds == ["passage", "query"]

    def test_nothing_is_asked_about_no_texts(self) -> None:
        assert EmbeddingModel(lambda texts, kind: 1 / 0).passages([]) == []


class TestNames:
    def test_a_function_of_a_module(self) -> None:
        assert load_embedder("python:tests.support:embed") is embed

    @pytest.mark.parametrize(
        "wanted",
        ["", "bge", "onnx:", "onnx", "python:tests.support", "python:tests.support:", "http:x:y",
         "python:tests.support:nothing", "python:tests.nothing:embed", "python:tests.support:_MEANT_ALIKE"],
    )  # fmt: skip
    def test_what_is_no_embedder_is_refused(self, wanted: str) -> None:
        with pytest.raises(BadParameter) as refused:
            load_embedder(wanted)
        assert refused.value.hint

    def test_a_folder_without_a_model_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadParameter, match=r"model\.onnx"):
            load_embedder(f"onnx:{tmp_path}")
        (tmp_path / "model.onnx").write_bytes(b"")
        with pytest.raises(BadParameter, match=r"tokenizer\.json"):
            load_embedder(f"onnx:{tmp_path}")
