"""A model in ONNX as people have one: bge-small-zh-v1.5, in eight bits (Apache-2.0), which ``.ci/run`` fetches."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import indexer
from indexer.embedding.model import EmbeddingModel
from indexer.errors import BadParameter
from indexer.model.vectors import cosine
from tests.support import ROOT, write

MODEL = ROOT / ".cache" / "models" / "bge-small-zh-v1.5"

if not (MODEL / "model.onnx").is_file() and not os.environ.get("CI"):
    pytest.skip(f"no model in {MODEL.relative_to(ROOT)}; .ci/run fetches one", allow_module_level=True)

from indexer.embedding.onnx import OnnxEmbedder  # noqa: E402 - after the reason for which it may be missing


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    return OnnxEmbedder(MODEL)


def with_settings(folder: Path, **settings: object) -> Path:
    """The same model with settings beside it."""
    for file in MODEL.iterdir():
        if not (folder / file.name).exists():
            (folder / file.name).symlink_to(file)
    write(folder / "xunzhang.json", json.dumps(settings))
    return folder


def test_every_text_has_a_unit_vector_in_its_place(embedder: OnnxEmbedder) -> None:
    texts = ["房东不退押金", "数据" * 300, "税", "船舶靠泊要登记", "房东不退押金", ""]
    vectors = embedder(texts, "passage")
    assert vectors.shape == (len(texts), 512)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-4)
    assert vectors[0] @ vectors[4] == pytest.approx(1.0, abs=1e-3)
    assert vectors[0] @ embedder(texts[:1], "passage")[0] == pytest.approx(1.0, abs=0.02)


def test_what_is_alike_in_meaning_is_near(embedder: OnnxEmbedder) -> None:
    model = EmbeddingModel(embedder)
    near, far = model.passages(["出租人应当返还保证金", "船舶靠泊码头需要登记"])
    query = model.query("房东不退押金")
    assert cosine(query, near) > cosine(query, far)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_process_that_forks_takes_the_model_along() -> None:
    """Servers of several processes do so. What is in the way would be waited for without end: hence in one's own."""
    code = (
        "import os\n"
        "from pathlib import Path\n"
        "from indexer.embedding.onnx import OnnxEmbedder\n"
        f"embed = OnnxEmbedder(Path({str(MODEL)!r}))\n"
        "embed(['押金', '房东'], 'passage')\n"
        "child = os.fork()\n"
        "os.write(1, f\"{embed(['押金'], 'query').shape}\\n\".encode())\n"  # at once, as both write
        "os.waitpid(child, 0) if child else os._exit(0)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, timeout=300
    )
    assert run.stdout == "(1, 512)\n" * 2


def test_it_is_called_by_its_folder_and_known_again(embedder: OnnxEmbedder, tmp_path: Path) -> None:
    other = EmbeddingModel(OnnxEmbedder(with_settings(tmp_path, name="别名", weight=3)))
    signature = EmbeddingModel(embedder).signature
    assert (signature.name, signature.dimension) == ("bge-small-zh-v1.5", 512)
    assert (other.name, other.weight) == ("别名", 3.0)
    assert signature.is_of(other.signature)


def test_what_is_put_before_queries_and_how_tokens_are_pooled_is_the_models(
    embedder: OnnxEmbedder, tmp_path: Path
) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    told = OnnxEmbedder(with_settings(tmp_path / "1", query="为这个句子生成表示："))
    assert told(["押金"], "query") == pytest.approx(embedder(["为这个句子生成表示：押金"], "query"))
    assert told(["押金"], "passage") == pytest.approx(embedder(["押金"], "passage"))
    pooled = OnnxEmbedder(with_settings(tmp_path / "2", pooling="mean"))
    assert float(pooled(["押金"], "query")[0] @ embedder(["押金"], "query")[0]) < 0.99


def test_settings_of_sentence_transformers_are_read(tmp_path: Path) -> None:
    folder = with_settings(tmp_path)
    write(folder / "1_Pooling" / "config.json", json.dumps({"pooling_mode_mean_tokens": True}))
    write(folder / "config_sentence_transformers.json", json.dumps({"prompts": {"query": "问："}}))
    write(folder / "sentence_bert_config.json", json.dumps({"max_seq_length": 8}))
    made = OnnxEmbedder(folder)
    assert made(["押金" * 20], "passage") == pytest.approx(made(["押金" * 30], "passage"), abs=1e-3)
    assert not np.allclose(made(["押金"], "query"), made(["押金"], "passage"))


@pytest.mark.parametrize(
    "settings", [{"pooling": "max"}, {"tokens": 0}, {"tokens": "9"}, {"weight": "高"}, {"color": "red"}, {"name": 1}]
)
def test_settings_that_are_none_are_refused(tmp_path: Path, settings: dict[str, object]) -> None:
    with pytest.raises(BadParameter, match=next(iter(settings))):
        OnnxEmbedder(with_settings(tmp_path, **settings))


@pytest.mark.parametrize("content", ["[1]", "{", ""])
def test_a_file_of_settings_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    folder = with_settings(tmp_path)
    write(folder / "xunzhang.json", content)
    with pytest.raises(BadParameter, match="xunzhang"):
        OnnxEmbedder(folder)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    shutil.copy(MODEL / "tokenizer.json", tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"none")
    with pytest.raises(BadParameter) as refused:
        OnnxEmbedder(tmp_path)
    assert refused.value.hint


def test_an_index_answers_by_meaning(tmp_path: Path) -> None:
    write(
        tmp_path / "laws" / "租赁.md",
        "# 租赁\n\n## 第一条\n\n出租人应当返还保证金。\n\n## 第二条\n\n船舶靠泊要登记。\n",
    )
    with indexer.create_index(tmp_path / "index", embedder=f"onnx:{MODEL}") as index:
        assert index.update([tmp_path / "laws"], workers=1).embedded == 2
        found = index.search("房东 押金", match="near")
    assert [hit.passage.section for hit in found.hits] == [("第一条",)]
    assert found.tiers == {"exact": 0, "all": 0, "some": 0, "near": 1}
