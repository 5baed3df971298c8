"""Every language says the same things, and nothing that is never said."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import indexer.cli
from indexer.cli import strings

CODE = "".join(path.read_text("utf-8") for path in Path(indexer.cli.__file__).parent.rglob("*.py"))
OTHERS = strings.LANGUAGES[1:]


def names(sentence: str) -> set[str]:
    return {name.partition("?")[0] for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_languages_have_the_same_sentences_with_the_same_names(language: str) -> None:
    first, other = strings.table(strings.LANGUAGES[0]), strings.table(language)
    assert first.keys() == other.keys()
    assert [key for key in first if names(first[key]) != names(other[key])] == []


@pytest.mark.parametrize("language", OTHERS)
def test_words_that_go_by_number_do(language: str) -> None:
    strings.speak(language)
    try:
        said = [strings.say("progress", passages=count) for count in (1, 11, "1,001")]
    finally:
        strings.speak(strings.LANGUAGES[0])
    assert said == ["1 passage", "11 passages", "1,001 passages"]
    counted = r"\{(?:count|passages|documents|files|embedded|times)\} (?:more |other |similar )?[a-z]+s\b"
    assert [key for key, text in strings.table(language).items() if re.search(counted, text)] == []


def test_english_has_no_chinese_but_in_examples() -> None:
    said = {key: text for key, text in strings.table("en").items() if not key.startswith("help_")}
    examples = {"query_with_minus", "date_source_label"}
    assert [key for key, text in said.items() if re.search("[\u4e00-\u9fff]", text) and key not in examples] == []


def test_a_sentence_that_a_hint_follows_leaves_a_space_before_it() -> None:
    said = strings.table("en")
    assert [key for key, text in said.items() if f"{key}_hint" in said and not text.endswith(" ")] == []


def test_every_sentence_is_said_somewhere() -> None:
    made = r"(help|heading|metavar|option|count|filter|tier|kind|role|date|date_source|stats|skipped|setting_wants)_"
    keys = [key for key in strings.table(strings.LANGUAGES[0]) if not re.match(made, key)]
    assert len(keys) > 50
    assert [key for key in keys if f'"{key}"' not in CODE and f"'{key}'" not in CODE] == []
