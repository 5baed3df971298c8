"""Files made to do harm: each is read, or refused for what it is, and costs no other file."""

from __future__ import annotations

from pathlib import Path

import pytest

import bench.faults
from bench.faults._corpus import Corpus
from bench.faults._hostile_files import Hostile, every_hostile
from indexer import documents
from indexer.documents.mime_parts import decoded_header
from indexer.errors import ReadError

SMALL = [each for each in every_hostile() if not each.large]
CURIOUS = [each for each in SMALL if each.name == "an entity that is a file"]


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.faults, "judge_time", False)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return Corpus(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("hostile", SMALL, ids=lambda each: f"{each.suffix} {each.name}")
def test_each_is_read_or_refused_for_what_it_is(corpus: Corpus, hostile: Hostile) -> None:
    assert corpus.try_hostile(hostile) == ""


@pytest.mark.parametrize("hostile", CURIOUS, ids=lambda each: each.suffix)
def test_no_file_of_the_machine_gets_into_a_document(corpus: Corpus, hostile: Hostile) -> None:
    corpus.try_hostile(hostile)
    assert "root:" in Path("/etc/passwd").read_text("utf-8")
    assert corpus.index.search("root:", match="exact").total == 0


def test_a_sentence_that_blames_us_is_wrong(corpus: Corpus) -> None:
    sound = Hostile("sound", ".txt", "一段话。".encode)
    assert corpus.try_hostile(sound) == ""
    assert "read" in corpus.try_hostile(Hostile("sound", ".txt", "一段话。".encode, "密码"))
    assert "refused" in corpus.try_hostile(Hostile("broken", ".txt", lambda: bytes(range(256)) * 40))


def test_a_header_of_many_encoded_words_is_read_whole() -> None:
    for count in (1, 500, 20_000):
        for between in (" ", "\n ", ""):
            shown = decoded_header(f"=?utf-8?B?5a2X?={between}" * count)
            assert shown.replace(" ", "") == "字" * count
    assert decoded_header("字 = ?" * 1_000).replace(" ", "") == "字=?" * 1_000


def test_a_mail_of_parts_too_deep_says_so_once_for_each_who_looks() -> None:
    deep = next(each for each in SMALL if each.name == "parts 10,000 deep")
    with pytest.raises(ReadError, match="60 层"):
        documents.read(deep.make(), "信.eml")
