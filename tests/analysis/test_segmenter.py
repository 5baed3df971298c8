"""Segmentation: rjieba against jieba, and user words that stay whole."""

from __future__ import annotations

import marshal
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer, UserDictionary, load_segmenter
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import fold
from indexer.analysis.jieba_files import dictionary_path
from indexer.errors import BadParameter

pytest.importorskip("rjieba", reason="rjieba has no wheel for this platform")

SENTENCES = [
    "国家建立健全数据安全治理体系,提高数据安全保障能力。",
    "用人单位自用工之日起即与劳动者建立劳动关系",
    "第十二条 公民、法人或者其他组织的合法权益受法律保护",
    "2020年我国数字经济核心产业增加值占gdp比重达到7.8%",
    "他来到了网易杭研大厦",
]


@pytest.mark.filterwarnings("ignore:pkg_resources")
@pytest.mark.parametrize("text", SENTENCES)
def test_rjieba_cuts_like_jieba(text: str) -> None:
    assert load_segmenter(name="rjieba").cut(text) == load_segmenter(name="jieba").cut(text)


@given(st.text(max_size=60))
def test_the_pieces_are_the_text(text: str) -> None:
    folded = fold(text).text
    assert "".join(Analyzer().cut(folded)) == folded


USER_LINES = ["# 注释", "big data 10 n", "R&D", "GB/T 7714\t", "数据要素化", "", "５Ｇ网络 100"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("用big data分析", "big data"),
        ("加大R&D投入", "r&d"),
        ("按GB/T 7714著录", "gb/t 7714"),
        ("推进数据要素化改革", "数据要素化"),
        ("建设5G网络", "5g网络"),
    ],
)
def test_user_words_stay_whole(text: str, word: str) -> None:
    analyzer = Analyzer(UserDictionary.parse(USER_LINES))
    assert word in analyzer.words(fold(text).text)
    assert word not in Analyzer().words(fold(text).text)


@given(st.text(st.sampled_from("big data数据要素化r&d/t 7714"), max_size=30))
def test_user_words_lose_no_character(text: str) -> None:
    folded = fold(text).text
    assert "".join(Analyzer(UserDictionary.parse(USER_LINES)).cut(folded)) == folded


def test_a_user_word_does_not_cut_a_longer_latin_word() -> None:
    assert "r&d" not in Analyzer(UserDictionary.parse(["r&d"])).words("hr&d")


def test_the_dictionary_is_part_of_the_fingerprint() -> None:
    one, other = Analyzer(), Analyzer(UserDictionary.parse(["数据要素化"]))
    assert one.fingerprint()["user_dictionary"] != other.fingerprint()["user_dictionary"]


def test_no_word_of_a_dictionary_is_longer_than_the_segmenter_says() -> None:
    jieba_words = (line.split(" ")[0] for line in dictionary_path().read_text("utf-8").splitlines())
    assert load_segmenter().longest == max(map(len, jieba_words))
    longer = UserDictionary((("渔船登记簿" * 4, None), ("gb/t 7714 " * 3, None)))
    assert load_segmenter(longer).longest == 30


def test_an_unreadable_dictionary_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(BadParameter, match="用户词典"):
        UserDictionary.load(path)
    with pytest.raises(BadParameter, match="用户词典"):
        UserDictionary.load(tmp_path / "missing.txt")


def test_an_unknown_segmenter_is_refused() -> None:
    with pytest.raises(BadParameter, match="分词器"):
        load_segmenter(name="nothing")


def test_uninformative_words_are_folded() -> None:
    assert {"的", "请问", "怎么"} <= uninformative_words()
    assert all(fold(word).text == word for word in uninformative_words())


@pytest.mark.parametrize("name", ["jieba", "rjieba"])
@pytest.mark.parametrize("user", [UserDictionary(), UserDictionary((("测词", None),))], ids=["alone", "with words"])
def test_nothing_is_read_from_or_written_to_the_shared_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, user: UserDictionary
) -> None:
    """Jieba's cache has the same name for all users of a machine, and whoever was there first chose what is in it."""
    victim = tmp_path / "victim"
    victim.write_bytes(marshal.dumps(({"数": 1, "数据安": 10**9, "数据": 1}, 10**9)))
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "jieba.cache").symlink_to(victim)
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    before = victim.read_bytes()
    segmenter = load_segmenter(user, name)
    assert segmenter.cut("数据安全") == ["数据安全"] or segmenter.cut("数据安全") == ["数据", "安全"]
    assert segmenter.knows("数据")
    assert not segmenter.knows("数据安")
    assert [path.name for path in shared.iterdir()] == ["jieba.cache"]
    assert (victim.read_bytes(), (shared / "jieba.cache").is_symlink()) == (before, True)
