"""The note on files and index, and the page with what could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

import indexer
import webui
from indexer.model import Failure, Progress, UpdateReport, WatchState, WatchStatus
from tests.webui.browsing import page


class Told:
    """A watch of which only its status is asked."""

    status = WatchStatus()


@pytest.fixture
def watch() -> Told:
    return Told()


@pytest.fixture
def watched(tmp_path: Path, watch: Told) -> FlaskClient:
    index = indexer.create_index(tmp_path / "index")
    return webui.create_app(index, watch=watch).test_client()  # type: ignore[arg-type]


REPORT = UpdateReport(
    added=("文/甲.txt",),
    failed=(Failure("文/<b>坏.pdf", "PDF 有打开密码。请再运行一次。"),),
    skipped_paths=("文/一.rar", "文/二.rar", "文/没有后缀"),
    ignored=("文/草稿/",),
    passages=1234,
)
PROGRESS = Progress("文/甲.txt", 3, 12, 40, 2_500_000, 10_000_000)
STATES = [
    (WatchStatus(), "正在看文件有没有变动", 0, ""),
    (WatchStatus(progress=PROGRESS), "3/12 个，2.5/10.0 MB", 10_000_000, ""),
    (WatchStatus(progress=PROGRESS, report=REPORT), "正在看文件有没有变动", 0, "读不了 1 个文件，略过 3 个文件"),
    (WatchStatus(WatchState.CURRENT, report=REPORT), "共 1,234 段", 0, "读不了 1 个文件，略过 3 个文件"),
    (WatchStatus(WatchState.CURRENT, report=UpdateReport(passages=1)), "共 1 段", 0, ""),
    (WatchStatus(WatchState.WAITING, problem="另一个任务正在写。"), "另一个任务正在写。", 0, ""),
]


@pytest.mark.parametrize(("status", "says", "whole", "trouble"), STATES)
def test_the_note_says_how_far_it_is(
    watched: FlaskClient, watch: Told, status: WatchStatus, says: str, whole: int, trouble: str
) -> None:
    watch.status = status
    told = watched.get("/indexing.json").get_json()
    assert says in told["text"]
    assert (told["state"], told["whole"], told["trouble"]) == (status.state, whole, trouble)
    (note,) = page(watched).select("aside.indexing")
    assert note.select_one(".indexing-text").get_text() == told["text"]  # type: ignore[union-attr]
    assert note["data-generation"] == told["generation"]
    assert note.select_one("progress").has_attr("hidden") == (not whole)  # type: ignore[union-attr]
    assert note.select_one(".indexing-trouble").has_attr("hidden") == (not trouble)  # type: ignore[union-attr]


def test_what_could_not_be_read_is_listed_with_the_reason(watched: FlaskClient, watch: Told) -> None:
    watch.status = WatchStatus(WatchState.CURRENT, report=REPORT)
    soup = page(watched, "/indexing")
    listed = [(name.get_text(), why.get_text()) for name, why in zip(soup.select("dt"), soup.select("dd"), strict=True)]
    assert listed == [("文/<b>坏.pdf", "PDF 有打开密码。请再运行一次。")]
    assert [each.get_text() for each in soup.select("summary")] == [".rar 2", "没有后缀 1"]
    assert "文/草稿/" in soup.get_text()
    english = page(watched, "/indexing", lang="en").get_text()
    assert "Files and index" in english
    assert "The PDF needs a password to be opened." in english


def test_nothing_amiss_is_said_so(watched: FlaskClient, watch: Told) -> None:
    watch.status = WatchStatus(WatchState.CURRENT, report=UpdateReport(passages=1))
    assert "所有文件都读进来了" in page(watched, "/indexing").get_text()


def test_an_empty_page_points_at_the_note(watched: FlaskClient) -> None:
    for path in ("/", "/documents"):
        text = page(watched, path).get_text()
        assert "还没有读进来的文档" in text
        assert "xunzhang index" not in text


def test_a_folder_of_nothing_is_not_said_to_be_read_yet(watched: FlaskClient, watch: Told) -> None:
    watch.status = WatchStatus(WatchState.CURRENT, report=UpdateReport())
    for path in ("/", "/documents", "/indexing"):
        text = page(watched, path).get_text()
        assert "还没有读得出文字的文件" in text
        assert "所有文件都读进来了" not in text
    watch.status = WatchStatus(progress=PROGRESS)
    for path in ("/", "/documents", "/indexing"):
        assert "还没有读进来的文档" in page(watched, path).get_text()


def test_without_a_watch_there_is_none_of_it(client: FlaskClient) -> None:
    assert page(client).select("aside.indexing") == []
    assert client.get("/indexing").status_code == 404
    assert client.get("/indexing.json").status_code == 404
