"""Where Latin words are joined or parted."""

from __future__ import annotations

import pytest

from indexer.model import Literal, QueryNode
from indexer.query.corpus import UNKNOWN, Unknown
from indexer.query.latin_words import is_joined_in_texts, joined, parted_at_capitals, parted_in_texts


class Holding(Unknown):
    """A corpus of which each text is a word, or several."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def count(self, tree: QueryNode) -> int:
        assert isinstance(tree, Literal)
        return sum(text in tree.whole or any(each in text for each in tree.alternatives) for text in self._texts)


@pytest.mark.parametrize(
    ("query", "parted"),
    [
        ("VSCode", {"vscode": ("vs code", "vs-code")}),
        ("用PowerPoint画图", {"powerpoint": ("power point", "power-point")}),
        ("WebSocketServer", {"websocketserver": ("web socket server", "web-socket-server")}),
        ("WiFi macOS", {"wifi": ("wi fi", "wi-fi"), "macos": ("mac os", "mac-os")}),
        ("API", {}),
        ("PDFs", {}),
        ("iPhone", {}),
        ("Code", {}),
        ("vscode", {}),
        ("VS Code", {}),
    ],
)
def test_capitals_inside_a_word_part_it(query: str, parted: dict[str, tuple[str, ...]]) -> None:
    assert parted_at_capitals(query) == parted


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("portproxy", ("port-proxy",)),
        ("staticport", ("static port",)),
        ("webport", ()),  # it stands itself
        ("proxyport", ()),
        ("port", ()),
        ("静态端口设置", ()),
        ("port8080", ()),
    ],
)
def test_a_word_that_stands_nowhere_is_parted_where_texts_part_it(word: str, forms: tuple[str, ...]) -> None:
    assert parted_in_texts(word, Holding("port-proxy", "static port", "webport", "web port")) == forms
    assert parted_in_texts(word, UNKNOWN) == ()


@pytest.mark.parametrize(
    ("parts", "is_joined"),
    [(("web", "port"), True), (("static", "port"), True), (("port", "web"), False), (("a", "port"), False)],
)
def test_words_beside_each_other_that_texts_join(parts: tuple[str, ...], *, is_joined: bool) -> None:
    words = joined(parts)
    assert bool(words and is_joined_in_texts(words, Holding("static-port", "webport"))) == is_joined


@pytest.mark.parametrize("parts", [("端口", "port"), ("port", "8080"), ("p", "q"), ("c++", "port")])
def test_what_is_no_word_of_letters_is_not_joined(parts: tuple[str, ...]) -> None:
    assert joined(parts) is None
