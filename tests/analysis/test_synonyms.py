"""Synonym files: what they say, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.analysis import SynonymFile, Synonyms
from indexer.errors import BadParameter


def within(lines: list[str], text: str, *words: str) -> tuple[str, ...]:
    return Synonyms.parse(lines).within(text, words)


def test_words_in_a_row_stand_for_each_other() -> None:
    assert within(["车祸, 交通事故，撞车"], "车祸赔偿", "车祸", "赔偿") == ("交通事故", "撞车")
    assert within(["车祸, 交通事故，撞车"], "撞车", "撞车") == ("车祸", "交通事故")


def test_an_arrow_leads_one_way() -> None:
    assert within(["解雇, 辞退 => 解除劳动合同"], "辞退", "辞退") == ("解除劳动合同",)
    assert within(["解雇, 辞退 => 解除劳动合同"], "解除劳动合同", "解除", "劳动合同") == ()


def test_an_entry_of_several_words_is_found_inside_a_run() -> None:
    assert within(["工伤赔偿 => 工伤保险待遇"], "怎么要工伤赔偿", "工伤", "赔偿") == ("工伤保险待遇",)


def test_a_single_character_counts_only_as_a_word() -> None:
    assert within(["税 => 税款"], "税务局", "税务局") == ()
    assert within(["税 => 税款"], "税", "税") == ("税款",)


def test_spelling_does_not_matter_and_comments_are_skipped() -> None:
    assert within(["\ufeff# 注释", "", "ＡＩ, 人工智慧 # 行尾"], "ai", "ai") == ("人工智慧",)


@pytest.mark.parametrize("line", ["甲 =>", "=> 乙", "甲 => 乙 => 丙", ","])
def test_a_line_that_says_nothing_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(BadParameter, match="第 2 行"):
        Synonyms.parse(["甲, 乙", line])


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "坏.txt", tmp_path / "没有.txt"):
        with pytest.raises(BadParameter, match="读不出来"):
            Synonyms.load(path)


def test_the_digest_changes_with_the_entries() -> None:
    assert Synonyms().digest == ""
    assert Synonyms.parse(["甲, 乙"]).digest != Synonyms.parse(["甲 => 乙"]).digest != ""


def test_what_is_applied_says_which_word_it_stands_for() -> None:
    synonyms = Synonyms.parse(["房东 => 出租人, 业主", "租客 => 承租人"])
    assert synonyms.applied("房东不退押金", ("房东", "押金")) == {"房东": ("出租人", "业主")}
    assert synonyms.applied("出租人不退押金", ("出租人", "押金")) == {}


class TestFile:
    def test_a_changed_file_counts_from_the_next_reading_on(self, tmp_path: Path) -> None:
        path = tmp_path / "词.txt"
        path.write_text("房东 => 出租人", "utf-8")
        file = SynonymFile(path)
        assert file.read() == (Synonyms.parse(["房东 => 出租人"]), ())
        path.write_text("房东, 包租婆 => 出租人", "utf-8")
        assert file.read()[0].entries == (("包租婆", ("出租人",)), ("房东", ("出租人",)))

    def test_what_it_held_goes_on_while_it_cannot_be_read(self, tmp_path: Path) -> None:
        path = tmp_path / "词.txt"
        path.write_text("房东 => 出租人", "utf-8")
        file = SynonymFile(path)
        before, _ = file.read()
        path.write_text("房东 => => 出租人", "utf-8")
        (warning,) = file.read()[1]
        assert (file.read()[0], warning.code) == (before, "synonyms_unreadable")
        assert "第 1 行" in warning.message
        path.unlink()
        assert file.read()[0] == before
        assert "没有这个文件" in file.read()[1][0].message
        path.write_text("租客 => 承租人", "utf-8")
        assert file.read() == (Synonyms.parse(["租客 => 承租人"]), ())

    def test_without_a_file_there_is_none_to_begin_with(self, tmp_path: Path) -> None:
        with pytest.raises(BadParameter, match="读不出来"):
            SynonymFile(tmp_path / "没有.txt")
