"""Footnotes and their like: from the file through an index and its merges to what is told."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

import indexer
from indexer.model import Role
from tests.documents.formats.packages import docx, paragraph
from tests.support import ENGINES

NOTE = '<w:footnote w:id="1">' + paragraph("水文年自五月起算。") + "</w:footnote>"
BODY = paragraph('<w:r><w:t>按水文年统计。</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>')


@pytest.mark.parametrize("engine", ENGINES)
def test_a_footnote_is_told_from_the_body(tmp_path: Path, engine: str) -> None:
    (tmp_path / "甲.docx").write_bytes(docx(BODY, footnotes=NOTE))
    index = indexer.create_index(tmp_path / "index", engine=engine)
    index.update([tmp_path / "甲.docx"])
    for number in range(12):  # segments are merged
        (tmp_path / f"{number}.txt").write_text("别的水文年。", "utf-8")
        index.update([tmp_path / f"{number}.txt"])
    assert _roles(index) == {
        "按水文年统计。": Role.BODY,
        "水文年自五月起算。": Role.FOOTNOTE,
        "别的水文年。": Role.BODY,
    }
    found = index.search("五月起算")
    assert indexer.results_to_dict(found)["hits"][0]["role"] == "footnote"
    (row,) = csv.DictReader(io.StringIO(indexer.results_to_csv(found), newline=""))
    assert (row["种类"], row["位置"]) == ("正文", "脚注")
    (row, *_) = csv.DictReader(io.StringIO(indexer.results_to_csv(index.search("统计")), newline=""))
    assert row["位置"] == ""
    assert index.check() == ()


def _roles(index: indexer.Index) -> dict[str, Role]:
    found = index.search("水文年", limit=100)
    return {hit.passage.text: hit.passage.role for hit in found.hits}
