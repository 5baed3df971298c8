"""Packages that are damaged, locked or hostile: one sentence each, and no memory or time to speak of."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.documents import zip_package
from indexer.errors import ReadError
from tests.documents.conftest import Read
from tests.documents.formats.packages import declared, docx, paragraph, relations, zipped

GOOD = docx(paragraph("正文") * 50)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def message(read: Read, content: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read("甲.docx", content)
    assert caught.value.hint
    return caught.value.message


def with_document(xml: str | bytes) -> bytes:
    return zipped({"_rels/.rels": relations({"word/document.xml": "officeDocument"}), "word/document.xml": xml})


def test_a_good_one_is_read(read: Read) -> None:
    assert len(read("甲.docx", GOOD).blocks) == 50


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_cut_off(read: Read, share: float) -> None:
    assert "不完整" in message(read, GOOD[: int(len(GOOD) * share)])


def test_locked(read: Read) -> None:
    assert "密码" in message(read, OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"))
    locked = bytearray(GOOD)
    for at in (locked.find(b"PK\x01\x02") + 8, locked.find(b"PK\x03\x04") + 6):
        locked[at] |= 1
    assert "密码" in message(read, bytes(locked))


def test_a_zip_of_something_else(read: Read) -> None:
    assert "不是这种文件" in message(read, zipped({"说明.txt": "甲"}))
    assert "不是这种文件" in message(read, with_document(declared("w:document", "")))


def test_bombs_are_not_unpacked(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "太大" in message(read, with_document(b" " * (zip_package._HARMLESS_BYTES + (4 << 20))))
    monkeypatch.setattr(zip_package, "MOST_BYTES", 100_000)
    assert "太大" in message(read, with_document(declared("w:document", "甲" * 100_000)))
    monkeypatch.setattr(zip_package, "MOST_PARTS", 3)
    assert "太大" in message(read, zipped({f"{index}.png": "" for index in range(4)}))


def test_pictures_count_as_parts_and_not_as_bytes_that_are_read(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_package, "MOST_BYTES", 100_000)
    with_picture = {
        "_rels/.rels": relations({"word/document.xml": "officeDocument"}),
        "word/media/1.PNG": bytes(200_000),
    }
    body = declared("w:document", f"<w:body>{paragraph('正文')}</w:body>")
    assert len(read("甲.docx", zipped(with_picture | {"word/document.xml": body})).blocks) == 1
    assert "太大" in message(read, zipped(with_picture | {"word/document.xml": body, "word/甲.xml": "甲" * 100_000}))


def test_a_member_that_is_bigger_than_it_says_is_damage(read: Read) -> None:
    with ZipFile(BytesIO(GOOD)) as package:
        size = package.getinfo("word/document.xml").file_size
    assert GOOD.count(struct.pack("<L", size)) == 2
    assert "损坏" in message(read, GOOD.replace(struct.pack("<L", size), struct.pack("<L", size - 40)))


def test_entities_are_not_resolved(read: Read) -> None:
    lol = "".join(f'<!ENTITY e{index} "{f"&e{index - 1};" * 10 if index else "哈" * 100}">' for index in range(12))
    body = declared("w:document", f"<w:body>{paragraph('&e11;')}</w:body>")
    assert message(read, with_document(f"<!DOCTYPE d [{lol}]>{body}"))
    outside = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    assert "DTD" in message(
        read, with_document(outside + declared("w:document", f"<w:body>{paragraph('&e;')}</w:body>"))
    )


def test_depth_is_bounded(read: Read) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 10_000 + paragraph("底") + "</w:tc></w:tr></w:tbl>" * 10_000
    assert "嵌套太深" in message(read, docx(deep))
    fair = "<w:tbl><w:tr><w:tc>" * 80 + paragraph("底") + "</w:tc></w:tr></w:tbl>" * 80
    assert [block.text for block in read("甲.docx", docx(fair)).blocks] == ["底"]
    nested = "<w:p>" + "<w:ins>" * 240 + "<w:r><w:t>底</w:t></w:r>" + "</w:ins>" * 240 + "</w:p>"
    assert [block.text for block in read("甲.docx", docx(nested)).blocks] == ["底"]


def test_xml_that_is_not_well_formed_is_not_half_a_text(read: Read) -> None:
    assert "损坏" in message(read, with_document(declared("w:document", "<w:body><w:p>")))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255), more=st.integers(0, 40))
def test_any_damage_is_an_error_of_the_file_or_none(read: Read, at: int, byte: int, more: int) -> None:
    damaged = bytearray(GOOD)
    damaged[at : at + more + 1] = bytes([byte]) * (more + 1)
    try:
        found = read("甲.docx", bytes(damaged))
    except ReadError as error:
        assert error.message
    else:
        assert {block.text for block in found.blocks} <= {"正文"}
