"""The address of a document may lead to a page, and never run anything."""

from __future__ import annotations

import pytest

from indexer.documents import read
from indexer.documents.addresses import followable

KEPT = ("http://a.example/甲?x=1#y", "HTTPS://a.example", "//a.example/x", "/甲.html", "甲.html", "../x", "?id=1", "#x",
        "法规：第1条", "法:1", "1:2", "a/b:c", "./javascript:x")  # fmt: skip
DROPPED = ("javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
           "java\tscript:x", "\x01javascript:x", "\x00java\x7fscript:x", "data:text/html,x", "vbscript:x", "file:///etc",
           "blob:x", "view-source:http://a", "mailto:a@b", "x-app.run+1:y")  # fmt: skip


@pytest.mark.parametrize("address", KEPT)
def test_what_opens_a_page_is_kept_as_it_is(address: str) -> None:
    assert followable(address) == address


@pytest.mark.parametrize("address", [*DROPPED, "", None])
def test_what_could_run_is_no_address(address: str | None) -> None:
    assert followable(address) is None


@pytest.mark.parametrize(("name", "text"), [
    ("甲.md", "---\nurl: {}\n---\n正文"),
    ("甲.txt", "---\n原文链接: {}\n---\n正文"),
    ("甲.html", '<html><head><link rel="canonical" href="{}"></head><body><p>正文</p></body></html>'),
    ("甲.html", '<html><head><meta property="og:url" content="{}"></head><body><p>正文</p></body></html>'),
])  # fmt: skip
def test_it_is_so_for_every_format(name: str, text: str) -> None:
    for address, found in (("javascript:alert(1)", None), ("https://a.example/1", "https://a.example/1")):
        assert read(text.replace("{}", address).encode(), name).metadata.url == found
