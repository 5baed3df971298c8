"""Making and opening an index: which are refused, and what is said then."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

import indexer
from indexer import errors
from indexer.index.index import Index


class TestIndexesThatDoNotFit:
    def test_a_missing_index_says_how_to_make_one(self, tmp_path: Path) -> None:
        with pytest.raises(errors.IndexMissing) as caught:
            indexer.open_index(tmp_path / "无")
        assert "xunzhang index" in caught.value.hint

    def test_a_second_index_in_the_same_folder_is_refused(self, index: Index) -> None:
        with pytest.raises(errors.BadParameter):
            indexer.create_index(index.path)

    def test_an_index_of_another_format_names_the_command(self, index: Index) -> None:
        (index.path / "xunzhang.json").write_text('{"format": 0, "engine": "whoosh"}')
        with pytest.raises(errors.IndexMismatch) as caught:
            indexer.open_index(index.path)
        assert "--rebuild" in caught.value.hint

    def test_an_index_of_another_segmenter_names_the_command(self, index: Index, corpus: Path) -> None:
        index.update([corpus])
        manifest = index._engine.manifest().replace('"rjieba ', '"rjieba 0.0.')
        index._engine.apply([], manifest)
        with pytest.raises(errors.IndexMismatch) as caught:
            indexer.open_index(index.path)
        assert str(corpus) in caught.value.hint

    def test_a_command_that_is_named_is_of_one_command_only(self, index: Index, corpus: Path) -> None:
        """An index from somebody else says where its documents were."""
        index.update([corpus])
        manifest = json.loads(index._engine.manifest())
        manifest["fingerprint"]["unicode"] = "0"
        manifest["roots"] = {"甲": "/文 书", "乙": "/书; rm -rf $HOME", "丙": "/书"}
        index._engine.apply([], json.dumps(manifest))
        with pytest.raises(errors.IndexMismatch) as caught:
            indexer.open_index(index.path)
        _, _, command = caught.value.hint.partition("：")
        assert shlex.split(command)[2:5] == ["/书; rm -rf $HOME", "/文 书", "/书"]
        assert "'/书; rm -rf $HOME'" in command

    def test_a_user_dictionary_is_kept_in_the_index(self, tmp_path: Path, corpus: Path) -> None:
        (tmp_path / "词.txt").write_text("规范数据处理活动\n", "utf-8")
        with indexer.create_index(tmp_path / "带词", userdict=tmp_path / "词.txt") as index:
            index.update([corpus])
        (tmp_path / "词.txt").unlink()
        with indexer.open_index(tmp_path / "带词") as index:
            assert index.explain("规范数据处理活动").words == ("规范数据处理活动",)
