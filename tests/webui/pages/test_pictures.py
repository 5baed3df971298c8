"""Pictures that documents show: only those, only below the indexed folders, only where the server offers them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import indexer
import webui
from tests.documents.formats.packages import zipped
from tests.webui.browsing import page
from webui.pages.pictures import media_type

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
SVG = b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
TEXT = """# 报告

![流程](../图/流程 1.svg)

图1 流程

正文有![式](式.png)在内。

![外](../../外.png) ![远](https://a.example/b.png) ![链](链.png) ![假](假.png) ![没](没有.png)

末段。
""".replace("流程 1", "流程%201")
BOOK = '<html><body><img src="../图/a.png" alt="甲"/><p>书里的一段。</p></body></html>'


def epub() -> bytes:
    container = '<container><rootfiles><rootfile full-path="O/b.opf"/></rootfiles></container>'
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>'
        '<item id="a" href="文/a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    return zipped({"META-INF/container.xml": container, "O/b.opf": opf, "O/文/a.xhtml": BOOK, "O/图/a.png": PNG})


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "语料"
    (folder / "文").mkdir(parents=True)
    (folder / "图").mkdir()
    (folder / "文" / "报告.md").write_text(TEXT, "utf-8")
    (folder / "图" / "流程 1.svg").write_bytes(SVG)
    (folder / "文" / "式.png").write_bytes(PNG)
    (folder / "文" / "假.png").write_bytes(b"<html><script>alert(1)</script>")
    (folder / "书.epub").write_bytes(epub())
    (folder / "包.zip").write_bytes(zipped({"文/甲.md": "包里的一段。\n\n![图](乙.png)\n", "文/乙.png": PNG}))
    (tmp_path / "外.png").write_bytes(PNG)
    (folder / "文" / "链.png").symlink_to(tmp_path / "外.png")
    return folder


@pytest.fixture
def index(tmp_path: Path, corpus: Path) -> Iterator[indexer.Index]:
    with indexer.create_index(tmp_path / "index") as made:
        made.update([corpus])
        yield made


@pytest.fixture
def client(index: indexer.Index) -> FlaskClient:
    return webui.create_app(index, pictures=True).test_client()


def document(index: indexer.Index, ending: str) -> str:
    return next(each.id for each in index.documents() if each.path.endswith(ending))


def shown(client: FlaskClient, document_id: str) -> list[tuple[str, str]]:
    return [(str(img["alt"]), str(img["src"])) for img in page(client, f"/d/{document_id}").select(".paper img")]


def test_pictures_are_shown_where_they_stand(client: FlaskClient, index: indexer.Index) -> None:
    soup = page(client, f"/d/{document(index, '报告.md')}")
    figure, inline = soup.select(".paper img")[:2]
    assert {str(img["loading"]) for img in soup.select("img")} == {"lazy"}
    above = figure.find_parent("p")
    assert above is not None and above.find_next_sibling("p", class_="caption").get_text().startswith("图1")
    assert inline.previous_sibling == "正文有" and str(inline.next_sibling) == "在内。"


def test_only_files_below_the_folder_that_are_pictures_are_given(client: FlaskClient, index: indexer.Index) -> None:
    found = shown(client, document(index, "报告.md"))
    assert [alt for alt, _ in found] == ["流程", "式", "假"]  # that it is none is seen when it is read
    assert [client.get(src).status_code for _, src in found] == [200, 200, 404]
    passage = next(each for each in index.passages(document(index, "报告.md")) if len(each.pictures) > 1)
    assert [each.source for each in passage.pictures] == ["../../外.png", "链.png", "假.png", "没有.png"]
    for number in range(-1, 5):
        assert client.get(f"/picture/{passage.id}/{number}").status_code == 404


def test_a_vector_picture_can_run_nothing_and_others_are_what_they_begin_as(
    client: FlaskClient, index: indexer.Index
) -> None:
    (_, vector), (_, pixels), _ = shown(client, document(index, "报告.md"))
    response = client.get(vector)
    assert response.data == SVG and response.mimetype == "image/svg+xml"
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert "sandbox" in policy and "default-src 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(pixels).mimetype == "image/png"
    assert client.get(pixels, headers={"If-None-Match": client.get(pixels).headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("ending", ["书.epub", "甲.md"])
def test_pictures_in_a_book_and_beside_a_document_in_an_archive_are_given(
    client: FlaskClient, index: indexer.Index, ending: str
) -> None:
    ((_, src),) = shown(client, document(index, ending))
    assert client.get(src).data == PNG


def test_they_are_offered_only_where_that_was_asked_for(index: indexer.Index) -> None:
    opened, closed = (webui.create_app(index, pictures=each).test_client() for each in (True, False))
    wanted = document(index, "报告.md")
    assert shown(closed, wanted) == []
    assert closed.get(shown(opened, wanted)[0][1]).status_code == 404


def test_nothing_is_shown_beside_a_single_file(tmp_path: Path, corpus: Path) -> None:
    with indexer.create_index(tmp_path / "one") as index:
        index.update([corpus / "文" / "报告.md"])
        client = webui.create_app(index, pictures=True).test_client()
        assert shown(client, index.documents()[0].id) == []
        passage = next(each for each in index.passages(index.documents()[0].id) if each.pictures)
        assert client.get(f"/picture/{passage.id}/0").status_code == 404


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x20ftypavif", "image/avif"),
        (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", "image/bmp"),
        (b"\xef\xbb\xbf \n<svg>", "image/svg+xml"),
        (b'<!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY x "y">]><svg>', "image/svg+xml"),
        (b"<html><svg>", None),
        (b"BMW is a car.", None),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"GIF of words", None),
        (b"", None),
    ],
)
def test_a_picture_is_told_by_what_it_begins_with(content: bytes, kind: str | None) -> None:
    assert media_type(content) == kind
