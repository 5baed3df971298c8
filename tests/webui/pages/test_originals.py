"""The files that documents were read from: given only where the server offers them, and only as they were read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import indexer
import webui
from indexer.index.index import Index
from tests.webui.browsing import page


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "语料"
    (folder / "内").mkdir(parents=True)
    (folder / "内" / "报告 一.html").write_text("<p>数据</p><script>alert(1)</script><!-- 秘密 -->", "utf-8")
    (tmp_path / "外.txt").write_text("语料之外", "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path, corpus: Path) -> Iterator[indexer.Index]:
    with indexer.create_index(tmp_path / "index") as made:
        made.update([corpus])
        yield made


def address(index: indexer.Index) -> str:
    return f"/original/{index.documents()[0].id}"


def test_a_file_is_to_be_kept_not_shown(index: indexer.Index, corpus: Path) -> None:
    response = webui.create_app(index, originals=True).test_client().get(address(index))
    assert response.data == (corpus / "内" / "报告 一.html").read_bytes()
    assert response.mimetype == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_who_has_a_file_is_not_sent_it_again(index: indexer.Index, corpus: Path) -> None:
    client = webui.create_app(index, originals=True).test_client()
    first = client.get(address(index))
    assert first.cache_control.no_cache
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get(address(index), headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(address(index), headers={"If-None-Match": '"else"'}).data == first.data
    part = client.get(address(index), headers={"Range": "bytes=3-8"})
    assert (part.status_code, part.data) == (206, first.data[3:9])
    (corpus / "内" / "报告 一.html").unlink()
    assert client.get(address(index), headers=known).status_code == 404


def test_it_is_offered_only_where_that_was_asked_for(index: indexer.Index) -> None:
    document = f"/d/{index.documents()[0].id}"
    closed, opened = (webui.create_app(index, originals=each).test_client() for each in (False, True))
    assert closed.get(address(index)).status_code == 404
    assert page(closed, document).select("a[download]") == []
    assert [link["href"] for link in page(opened, document).select("a[download]")] == [address(index)]


def test_a_file_that_changed_or_went_is_not_given(index: indexer.Index, corpus: Path) -> None:
    client = webui.create_app(index, originals=True).test_client()
    file = corpus / "内" / "报告 一.html"
    file.write_text("<p>别的</p>", "utf-8")
    assert client.get(address(index)).status_code == 404
    assert page(client, f"/d/{index.documents()[0].id}").select("a[download]") == []
    file.unlink()
    assert client.get(address(index)).status_code == 404
    file.symlink_to(corpus.parent / "外.txt")
    assert client.get(address(index)).status_code == 404


@pytest.mark.parametrize(
    "name", ["x", "..", "../外.txt", "%2e%2e%2f外.txt", "语料/内/报告 一.html", "..%5c外.txt", "%00"]
)
def test_only_documents_have_one(index: indexer.Index, name: str) -> None:
    assert webui.create_app(index, originals=True).test_client().get(f"/original/{name}").status_code == 404


def test_a_path_that_leads_out_of_its_folder_is_none(index: indexer.Index, corpus: Path) -> None:
    from dataclasses import replace

    from indexer.sources.originals import read_original
    from indexer.sources.source_file import SourceFile

    document = replace(
        index.documents()[0], path="语料/../外.txt", content_hash=SourceFile(corpus.parent / "外.txt", "").digest()
    )
    assert read_original(document, {"语料": str(corpus)}) is None
    assert read_original(replace(document, path="语料"), {"语料": str(corpus)}) is None
    assert read_original(replace(document, path="别的/外.txt"), {"语料": str(corpus.parent)}) is None
    found = read_original(replace(document, path="根/外.txt"), {"根": str(corpus.parent)})
    assert found == indexer.Original("外.txt", "语料之外".encode())


def test_a_link_out_of_the_folders_gives_nothing(index: Index, corpus: Path) -> None:
    from dataclasses import replace

    from indexer.sources.originals import read_original
    from indexer.sources.source_file import SourceFile

    outside, inside = corpus.parent / "外.txt", corpus / "里.txt"
    for file in (outside, inside):
        file.write_text("一样的内容。", "utf-8")
    (corpus / "链.txt").symlink_to(outside)
    (corpus / "近.txt").symlink_to(inside)
    digest = SourceFile(inside, "").digest()
    document = replace(index.documents()[0], content_hash=digest)
    roots = {"语料": str(corpus)}
    assert read_original(replace(document, path="语料/链.txt"), roots) is None
    assert read_original(replace(document, path="语料/近.txt"), roots) is not None
