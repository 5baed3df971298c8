"""Mails and saved pages, whatever charset they declare."""

from __future__ import annotations

import base64

import pytest

from indexer.documents import passages, read
from indexer.errors import ReadError
from tests.sources.containers.archives import mail

SENTENCE = "请各部门于周五以前把本季度的预算报到财务处。"


def texts(content: bytes, name: str = "信.eml") -> list[str]:
    return [block.text for block in read(content, name).blocks]


def test_a_mail_has_subject_sender_and_the_day_it_was_written() -> None:
    about = read(mail(SENTENCE, {}), "信.eml").metadata
    assert (about.title, about.author, about.date) == ("会议通知", "张三", "2021-07-02")
    shown = ["发件人：张三 <zhang@example.com>\n收件人：李四 <li@example.com>", SENTENCE]
    assert texts(mail(SENTENCE, {"表.txt": b"x"})) == shown


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("winmail.dat", b"\x78\x9f\x3e\x22\x01", True),
        ("winmail.dat", b"x", False),
        ("a.dat", b"\x78\x9f\x3e\x22", False),
    ],
)
def test_what_outlook_packs_is_said_not_to_be_read(name: str, content: bytes, said: bool) -> None:
    parsed = read(mail(SENTENCE, {name: content}), "信.eml")
    assert parsed.blocks[-1].text == SENTENCE
    assert any("winmail.dat" in note for note in parsed.notes) == said


@pytest.mark.parametrize("declared", ["utf-8", "us-ascii", "gb2312", "iso-8859-1", "没有这种"])
@pytest.mark.parametrize("really", ["utf-8", "gb18030", "big5"])
def test_a_charset_that_lies_is_not_believed(declared: str, really: str) -> None:
    sentence = SENTENCE if really != "big5" else "請各部門於週五以前把本季度的預算報到財務處。"
    head = f"Subject: x\nContent-Type: text/plain; charset={declared}\nContent-Transfer-Encoding: ".encode()
    assert texts(head + b"8bit\n\n" + sentence.encode(really)) == [sentence]
    assert texts(head + b"base64\n\n" + base64.encodebytes(sentence.encode(really))) == [sentence]


@pytest.mark.parametrize(
    "subject",
    [
        b"=?gb2312?B?" + base64.b64encode("预算通知".encode("gbk")) + b"?=",
        b"=?utf-8?B?" + base64.b64encode("预算通知".encode("gbk")) + b"?=",
        b"=?utf-8?Q?=E9=A2=84=E7=AE?=\n =?utf-8?Q?=97=E9=80=9A=E7=9F=A5?=",
        "预算通知".encode("gbk"),
        "预算通知".encode(),
    ],
)
def test_subjects_however_they_are_encoded(subject: bytes) -> None:
    parsed = read(b"Subject: " + subject + b"\n\n" + SENTENCE.encode(), "信.eml")
    assert parsed.metadata.title == "预算通知"


def parts(kind: str, *inner: str) -> bytes:
    body = "".join(f"--b\n{each}\n" for each in inner)
    return f'Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="b"\n\n{body}--b--\n'.encode()


PLAIN = "Content-Type: text/plain\n\n素的。"
RICH = "Content-Type: text/html\n\n<h2>一、花的</h2><p>有花。</p>"


def test_of_alternatives_the_richest_is_read_and_of_a_sequence_all() -> None:
    assert texts(parts("alternative", PLAIN, RICH)) == ["一、花的", "有花。"]
    assert texts(parts("alternative", PLAIN)) == ["素的。"]
    assert texts(parts("mixed", PLAIN, RICH)) == ["素的。", "一、花的", "有花。"]


def test_a_page_saved_by_a_browser() -> None:
    picture = "Content-Type: image/png\nContent-Location: http://e.com/a.png\n\nx"
    frame = "Content-Type: text/html\nContent-Location: http://e.com/ad\n\n<p>广告框</p>"
    page = "Content-Type: text/html; charset=gbk\n\n<title>桥</title><p>石头的桥。</p>"
    parsed = read(parts("related", page, picture, frame), "页.mhtml")
    assert [block.text for block in parsed.blocks] == ["石头的桥。"]
    assert passages.build("d", "页", parsed)[0] == "桥"
    bare = "<title>桥</title><p>石头的桥。</p>".encode("gb18030")
    assert texts(bare, "页.mhtml") == ["石头的桥。"]


def test_a_header_with_an_empty_line_in_it_is_one() -> None:
    head, body = (
        "From: <Saved by Blink>\nSubject: x\n y\n",
        "\n--b\nContent-Type: text/html\n\n<p>石头的桥。</p>\n--b--\n",
    )
    kind = 'MIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";\n\tboundary="b"\n'
    assert texts((head + "\n" + kind + body).encode(), "页.mhtml") == ["石头的桥。"]
    assert texts((head + kind + body).encode(), "页.mhtml") == ["石头的桥。"]
    quoted = f"{head}\n{kind}\n是这样写的。"
    assert "boundary" in "".join(texts(quoted.encode(), "信.eml"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n", "加密"),
        (b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx", "加密"),
        (b"Content-Type: text/plain; charset=utf-8\n\n" + bytes(range(128, 256)) * 4, "编码"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read(content, "信.eml")


def test_parts_in_parts_are_read_so_deep() -> None:
    def nested(depth: int) -> bytes:
        opened = "".join(f'Content-Type: multipart/mixed; boundary="b{at}"\n\n--b{at}\n' for at in range(depth))
        return (opened + PLAIN + "\n" + "".join(f"--b{at}--\n" for at in reversed(range(depth)))).encode()

    assert texts(nested(50)) == ["素的。"]
    with pytest.raises((ReadError, RecursionError)):
        read(nested(5_000), "信.eml")


@pytest.mark.parametrize("charset", [b"\x00", b"\xff", b"x" * 9_000, b'"', b"undefined", b"hex"])
def test_a_charset_that_is_no_name_is_passed_over(charset: bytes) -> None:
    head = b"Subject: x\nContent-Type: text/plain; charset=" + charset + b"\nContent-Transfer-Encoding: 8bit\n\n"
    for name in ("信.eml", "页.mhtml"):
        assert texts(head + SENTENCE.encode("gb18030"), name)[-1] == SENTENCE
        with pytest.raises(ReadError):
            read(head + bytes(range(128, 256)) * 9, name)
