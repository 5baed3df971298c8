"""Indexes of earlier programs: today's format is read, older ones are refused with a way out that works (README.md)."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import indexer
from indexer import errors
from indexer.analysis import Analyzer
from indexer.cli import cli
from tests.support import paths

HERE = Path(__file__).parent
FIXTURES = {int(found[1]): path for path in HERE.iterdir() if (found := re.fullmatch(r"format-(\d+)\.zip", path.name))}
TODAY = max(FIXTURES)
OLDER = sorted(FIXTURES.keys() - {TODAY})
DOCUMENTS = ["corpus/灯塔日志.txt", "corpus/藏书规则.md"]


def unpack(number: int, folder: Path) -> Path:
    place = folder / f"format-{number}"
    shutil.unpack_archive(FIXTURES[number], place)
    return place


def format_of(place: Path) -> int:
    return int(json.loads((place / "xunzhang.json").read_text("utf-8"))["format"])


def fingerprint(number: int) -> dict[str, str]:
    return dict(json.loads((HERE / f"format-{number}.fingerprint.json").read_text("utf-8")))


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture
def written_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any Python reads the format; that another Unicode version or segmenter is refused has a test of its own."""
    monkeypatch.setattr(Analyzer, "fingerprint", lambda _: fingerprint(TODAY))


@pytest.mark.usefixtures("written_here")
class TestTodaysFormat:
    @pytest.fixture
    def place(self, tmp_path: Path) -> Path:
        return unpack(TODAY, tmp_path)

    def test_it_is_sound_and_whole(self, place: Path) -> None:
        with indexer.open_index(place) as index:
            assert index.check() == ()
            assert paths(index) == DOCUMENTS
            assert index.stats().passages == 9

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("借书证", ["第一条 读者凭借书证借书，每次不超过五册。"]),
            ("补给船 灯油", ["三月初三，风停，补给船到，送来灯油十二桶。"]),
            ("第3条", ["第三条 逾期归还的，停借七天。"]),
            ("章节:归还 停借", ["第三条 逾期归还的，停借七天。"]),
            ("标题:日誌 整夜", ["三月初二，雾大，整夜鸣笛。"]),
            ("外借 -阅览室", []),
        ],
    )
    def test_it_answers(self, place: Path, query: str, found: list[str]) -> None:
        with indexer.open_index(place) as index:
            assert [hit.passage.text for hit in index.search(query, match="exact").hits] == found

    def test_ids_and_links_are_those_of_then(self, place: Path) -> None:
        with indexer.open_index(place) as index:
            assert index.passage("5f3def7a55884fec-2").text == "第一条 读者凭借书证借书，每次不超过五册。"

    def test_it_is_updated(self, place: Path, tmp_path: Path) -> None:
        shutil.copytree(HERE / "documents", tmp_path / "corpus")
        (tmp_path / "corpus" / "新到.txt").write_text("新到海图三幅。", "utf-8")
        with indexer.open_index(place) as index:
            report = index.update([tmp_path / "corpus"])
            assert report.added == ("corpus/新到.txt",)
            assert {*report.unchanged, *report.updated} == set(DOCUMENTS)  # by whether the parsers' version has risen
            assert index.search("海图").total == 1
            assert index.check() == ()


def test_another_fingerprint_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Analyzer, "fingerprint", lambda _: {**fingerprint(TODAY), "unicode": "1.0"})
    place = unpack(TODAY, tmp_path)
    with pytest.raises(errors.IndexMismatch, match="unicode") as caught:
        indexer.open_index(place)
    assert caught.value.hint == f"请重建：xunzhang index /corpus --index {place} --rebuild"


@pytest.mark.parametrize("number", OLDER)
class TestOlderFormats:
    def test_it_is_refused_in_one_sentence_with_the_way_out(self, tmp_path: Path, number: int) -> None:
        place = unpack(number, tmp_path)
        said = f"索引 {place} 的格式是第 {number} 版，本程序读第 {TODAY} 版。"
        hint = f"请重建：xunzhang index 目录 --index {place} --rebuild"
        with pytest.raises(errors.IndexMismatch) as caught:
            indexer.open_index(place)
        assert (caught.value.message, caught.value.hint) == (said, hint)
        result = run("search", "--index", place, "借书")
        assert result.exit_code == 1
        assert said in result.output and hint in result.output

    def test_an_update_leaves_it_alone(self, tmp_path: Path, number: int) -> None:
        place = unpack(number, tmp_path)
        before = {path.name: path.read_bytes() for path in place.iterdir()}
        assert run("index", HERE / "documents", "--index", place).exit_code == 1
        assert {path.name: path.read_bytes() for path in place.iterdir()} == before

    def test_the_command_that_is_named_rebuilds_it(self, tmp_path: Path, number: int) -> None:
        place = unpack(number, tmp_path)
        old = {path.name for path in place.iterdir()} - {"xunzhang.json", "MAIN_WRITELOCK"}
        with pytest.raises(errors.IndexMismatch) as caught:
            indexer.open_index(place)
        _, _, command = caught.value.hint.partition("xunzhang ")
        result = run(*(HERE / "documents" if word == "目录" else word for word in shlex.split(command)))
        assert result.exit_code == 0, result.output
        assert format_of(place) == TODAY
        assert old & {path.name for path in place.iterdir()} == set()
        with indexer.open_index(place) as index:
            assert index.check() == ()
            assert index.search("借书证").total == 1


def test_every_format_number_has_its_index(tmp_path: Path) -> None:
    indexer.create_index(tmp_path / "index").close()
    assert format_of(tmp_path / "index") == TODAY
    assert sorted(FIXTURES) == list(range(1, TODAY + 1))
    assert {number: format_of(unpack(number, tmp_path)) for number in FIXTURES} == {
        number: number for number in FIXTURES
    }
    readme = (HERE / "README.md").read_text("utf-8")
    assert [path.name for path in HERE.glob("*.zip") if f"| `{path.name}` |" not in readme] == []
