"""The library's messages in other languages."""

from __future__ import annotations

import json
import re
from importlib import resources

import pytest

from indexer.cli import strings
from indexer.translation import LANGUAGES, translated
from indexer.translation.inflection import inflected
from tests.translation.sentences import sentences, unended


def known(language: str) -> dict[str, str]:
    text = resources.files("indexer.translation").joinpath(f"{language}.json").read_text("utf-8")
    table: dict[str, str] = json.loads(text)
    return table


@pytest.mark.parametrize("language", LANGUAGES)
def test_almost_every_sentence_is_translated(language: str) -> None:
    """What is not stays as it is, so that a new message need not wait for all languages."""
    wanted = sentences()
    assert len(wanted) > 150
    missing = wanted - known(language).keys()
    assert len(missing) < len(wanted) / 10, missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_all_that_is_put_in(language: str) -> None:
    for sentence, translation in known(language).items():
        places = set(re.findall(r"{(\d)}", translation))
        assert places == {str(number) for number in range(sentence.count("{}"))}, sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_translated_is_found_whatever_is_put_in(language: str) -> None:
    for sentence, translation in known(language).items():
        given = [f"甲{number}.txt" for number in range(sentence.count("{}"))]
        made = translated(sentence.replace("{}", "%s") % tuple(given), language)
        numbered = {str(at): each for at, each in enumerate(given)}
        assert made == inflected(translation, numbered).format(*given), sentence


def test_the_command_speaks_no_language_that_the_library_lacks() -> None:
    assert {strings.LANGUAGES[0], *LANGUAGES} == set(strings.LANGUAGES)


CASES = [
    ("文件不存在。它可能刚被移走或改名，请检查路径。",
     "The file is not there. It may have been moved or renamed just now; check the path."),
    ("索引目录 甲/乙 写不进去：磁盘已满。请腾出磁盘空间。上次提交的内容完好。",
     "The index folder 甲/乙 cannot be written: the disk is full. Free some space on the disk. "
     "What was committed before is whole."),
    ("链接通到目录外面（甲/乙），没有读。确实要读，加 --follow-links，或者直接给出它指向的地方。",
     "The link leads out of the folder (甲/乙) and was not followed. "
     "To read it, add --follow-links, or give what it leads to by itself."),
    ("没有这句话。请再运行一次。", "没有这句话。请再运行一次。"),
    ("文件不存在。没有这句话。", "The file is not there. 没有这句话。"),
    ("没有权限.txt", "没有权限.txt"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "wanted"), CASES)
def test_messages_of_several_sentences(said: str, wanted: str) -> None:
    assert translated(said, "en") == wanted
    assert translated(said, "zh") == said


def test_what_is_wrong_and_what_to_do_are_two_sentences() -> None:
    assert unended() == []
