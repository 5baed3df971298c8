"""A log holds queries and days, and nothing else; queries that were still being typed are no queries."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import QueryLog
from indexer.errors import BadParameter
from indexer.index import query_log


def test_a_line_is_a_day_and_a_query(tmp_path: Path) -> None:
    log = QueryLog(tmp_path / "记录.txt").open()
    log.add("房东\t不退\n押金 ")
    log.add(" \n")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\t房东 不退 押金\n", log.path.read_text("utf-8"))
    assert list(log.queries()) == ["房东 不退 押金"]


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    log = QueryLog(tmp_path / "记录.txt").open()
    assert log.path.stat().st_mode & 0o777 == 0o600


def test_the_beginnings_of_a_query_are_left_out_but_not_what_is_asked_again(tmp_path: Path) -> None:
    log = QueryLog(tmp_path / "记录.txt")
    for query in ("房", "房东", "别的", "房东不退押金", "房东", "房东"):
        log.add(query)
    assert list(log.queries()) == ["别的", "房东不退押金", "房东", "房东"]


def test_what_another_day_went_on_from_is_a_query_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "记录.txt"
    path.write_text("2026-01-01\t房东\n2026-01-02\t房东押金\n没有日期的一行\n2026-01-02\t\n", "utf-8")
    assert list(QueryLog(path).queries()) == ["房东", "房东押金"]


def test_it_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_log, "MOST_BYTES", 20)
    log = QueryLog(tmp_path / "记录.txt")
    for query in ("第一个查询", "第二个查询", "第三个查询"):
        log.add(query)
    assert list(log.queries()) == ["第一个查询"]


def test_a_place_that_cannot_be_written_or_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match="写不了：没有这个文件或目录"):
        QueryLog(tmp_path / "没有" / "记录.txt").open()
    with pytest.raises(BadParameter, match="读不了：没有这个文件或目录"):
        list(QueryLog(tmp_path / "没有.txt").queries())


@given(st.lists(st.text(max_size=20), max_size=8))
def test_whatever_is_asked_no_line_holds_more_than_a_day_and_a_query(queries: list[str]) -> None:
    path = Path(os.devnull)
    lines: list[bytes] = []

    class Kept(QueryLog):
        def _append(self, line: bytes) -> None:
            lines.append(line)

    for query in queries:
        Kept(path).add(query)
    assert len(lines) == sum(bool(query.split()) for query in queries)
    assert all(re.fullmatch(rb"\d{4}-\d\d-\d\d\t[^\t\n\r]+\n", line) for line in lines)
