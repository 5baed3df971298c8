"""Cuts without rjieba are rjieba's, and rjieba is loaded when it is worth it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import UserDictionary, load_segmenter
from indexer.analysis.jieba_files import DictionaryFile, dictionary_path, model_table
from indexer.analysis.lookup_segmenter import LookupSegmenter
from indexer.analysis.segmenter import AS_LOOKED_UP
from indexer.analysis.segmenter_dictionary import dictionary, total_frequency
from indexer.analysis.versions import installed_version

rjieba = pytest.importorskip("rjieba", reason="rjieba has no wheel for this platform")

LOOKUPS = LookupSegmenter()
LINES = [line.split() for line in dictionary_path().read_text("utf-8").splitlines()]
WORDS = [word for word, *_ in LINES]
# What the model knows, what the dictionary knows, and what neither does, as texts mix it.
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(sorted(model_table("prob_emit")["B"])),
    st.sampled_from([*"abz09.-_%+#& ,。《》·〇㐀\U00020000\r\n\t年月日第", "c++", "阿Q", "1962-1971", "5.5%", "\r\n"]),
    st.characters(exclude_categories=["Cs"]),
)


def test_this_version_is_known_to_cut_as_what_is_looked_up() -> None:
    assert installed_version("rjieba") in AS_LOOKED_UP


@given(st.lists(PIECES, max_size=12).map("".join))
def test_cuts_are_those_of_rjieba(text: str) -> None:
    assert LOOKUPS.cut(text) == rjieba.cut(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("他来到了网易杭研大厦", ["他", "来到", "了", "网易", "杭研", "大厦"]),  # 杭研: of the model
        ("数据安全法", ["数据", "安全法"]),
        ("gb/t 7714-2015", ["gb", "/", "t", " ", "7714-2015"]),
        ("吉林工业大学在吉林", ["吉林工业大学", "在", "吉林"]),  # which stand out of order in the file
        ("", []),
    ],
)
def test_examples(text: str, words: list[str]) -> None:
    assert LOOKUPS.cut(text) == words == rjieba.cut(text)


def test_every_word_of_the_dictionary_is_found() -> None:
    file = DictionaryFile()
    frequencies = {word: int(frequency) for word, frequency, _ in LINES}
    assert len(frequencies) > 300_000
    assert [word for word, frequency in frequencies.items() if file.frequency(word) != frequency] == []


@given(st.one_of(st.sampled_from(WORDS), PIECES), st.integers(0, 4))
def test_what_is_no_word_is_none(word: str, cut: int) -> None:
    part = word[: len(word) - cut]
    assert LOOKUPS.has_word(part) == rjieba.has_word(part)


@given(st.sampled_from(WORDS), st.integers(1, 16))
def test_a_word_begins_with_all_its_beginnings(word: str, length: int) -> None:
    assert DictionaryFile().begins_word(word[:length])
    assert not DictionaryFile().begins_word(f"{word}\t")


def test_frequencies_are_divided_by_their_sum() -> None:
    segmenter = load_segmenter(name="rjieba")
    assert total_frequency(segmenter) == sum(dictionary(segmenter).values()) == 60_101_964


def loaded_after(code: str) -> bool:
    """Whether rjieba is loaded in a new process that has run that."""
    whole = f"import sys; from indexer.analysis import Analyzer, UserDictionary; {code}; print('rjieba' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=True)
    return run.stdout.strip() == "True"


@pytest.mark.parametrize(
    ("code", "loaded"),
    [
        ("analyzer = Analyzer(); analyzer.cut('数据安全'); analyzer.knows('数据'); analyzer.guessed('杭研大')", False),
        ("analyzer = Analyzer(); analyzer.load()", True),
        ("analyzer = Analyzer(); analyzer.cut('数据安全' * 2_000)", True),
        ("analyzer = Analyzer(); [analyzer.knows('数据') for _ in range(3_000)]", True),
        ("Analyzer(UserDictionary((('测词', None),))).cut('测词')", True),
        ("Analyzer(UserDictionary((('r&d', None),))).cut('r&d')", False),  # its dictionary holds no such word
    ],
)
def test_rjieba_is_loaded_when_much_is_asked(code: str, loaded: bool) -> None:
    assert loaded_after(code) == loaded


def test_words_of_a_user_are_nobody_elses() -> None:
    with_word = load_segmenter(UserDictionary((("据安", None),)), "rjieba")
    assert with_word.cut("据安") == ["据安"]
    assert not with_word.knows("据安全")
    for segmenter in (load_segmenter(name="rjieba"), load_segmenter(name="rjieba")):
        assert not segmenter.knows("据安")
        segmenter.load()
        assert not segmenter.knows("据安")
