"""Pages of passages: from the file through the index to what is told and cited."""

from __future__ import annotations

from pathlib import Path

import indexer
import webui
from indexer.index.index import Index
from tests.documents.formats.pdf.writer import Page, pdf

_FULL = "数据处理者应当建立健全全流程的安全管理制度并且组织开展教育培"


def test_a_passage_over_two_pages_says_both(index: Index, tmp_path: Path) -> None:
    pages = [Page(), Page()]
    pages[0].lines(90, 720, ["开头的一段。", _FULL, _FULL[9:] + _FULL[:9]])
    pages[1].lines(90, 720, ["到此为止。", "后面的一段。"])
    (tmp_path / "甲.pdf").write_bytes(pdf(pages))
    index.update([tmp_path / "甲.pdf"])
    found = {query: index.search(query).hits[0] for query in ("到此为止", "后面的一段")}
    assert [(hit.passage.page, hit.passage.page_end) for hit in found.values()] == [(1, 2), (2, None)]
    told = indexer.results_to_dict(index.search("到此为止"))["hits"][0]
    assert (told["page"], told["page_end"]) == (1, 2)
    assert "第1-2页" in indexer.cite(found["到此为止"].document, found["到此为止"].passage)
    client = webui.create_app(index, originals=True).test_client()
    document = found["到此为止"].document.id
    assert f"/original/{document}#page=2" in client.get(f"/d/{document}").text
    original = client.get(f"/original/{document}")
    assert original.mimetype == "application/pdf"
    assert not original.headers.get("Content-Disposition", "inline").startswith("attachment")
