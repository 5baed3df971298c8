"""An index kept warm: each commit is prepared for without being asked, and nothing that goes wrong there is felt."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

import pytest

import indexer
from indexer.errors import BadParameter
from tests.support import Make, make_document, write

# What hangs ends after so many seconds.
_PATIENCE = 120.0


def passages_of(index: indexer.Index, made: SimpleQueue[int]) -> Callable[[], int]:
    """A value per commit that tells when it is made."""

    def make(index: indexer.Index) -> int:
        total = index.search("").total
        made.put(total)
        return total

    return index.per_commit(make)


def commit(index: indexer.Index, path: Path, text: str) -> None:
    """One file more, taken in by another index object, as by another process."""
    write(path, text)
    with indexer.open_index(index.path) as other:
        other.update([path.parent])


def test_warm_makes_what_is_made_for_each_commit(corpus: Path, index: indexer.Index) -> None:
    index.update([corpus])
    made: SimpleQueue[int] = SimpleQueue()
    passages = passages_of(index, made)
    index.warm()
    assert made.get_nowait() == passages() > 0
    index.warm()
    assert made.empty()


def test_answers_are_the_same_warm_or_not(make: Make) -> None:
    texts = ["数据安全法规定，", "數據 5G，資料", "Data 数据的处理", "的", "税务机关的 税收"]
    index = make(*(make_document(name, texts) for name in "ab"))
    asked = [("数据", {}), ("税*", {}), ("*法", {}), ("第?条", {}), ("数據", {"script": "exact"}), ("数剧", {})]

    def answers() -> list[object]:
        found = [indexer.results_to_dict(index.search(query, **options)) for query, options in asked]
        return [{**each, "took_ms": 0} for each in found]

    cold = answers()
    index.warm()
    assert answers() == cold


def test_a_commit_is_warmed_unasked(corpus: Path, index: indexer.Index) -> None:
    made: SimpleQueue[int] = SimpleQueue()
    passages = passages_of(index, made)
    with index.keep_warm():
        assert made.get(timeout=_PATIENCE) == 0
        commit(index, corpus / "三.txt", "数据共享。")
        assert made.get(timeout=_PATIENCE) == passages() > 0
    assert made.empty()  # once for each commit, not for each look


def test_it_is_told_when_a_commit_that_came_is_warm(corpus: Path, index: indexer.Index) -> None:
    told: SimpleQueue[int] = SimpleQueue()
    made: SimpleQueue[int] = SimpleQueue()
    passages = passages_of(index, made)
    with index.keep_warm(lambda: told.put(passages())):
        assert made.get(timeout=_PATIENCE) == 0  # of the commit that was there nothing is told
        commit(index, corpus / "三.txt", "数据共享。")
        assert told.get(timeout=_PATIENCE) > 0
    assert told.empty()


def test_an_answer_does_not_wait_to_be_of_the_last_commit(corpus: Path, index: indexer.Index) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def held(_: indexer.Index) -> None:
        entered.set()
        assert go_on.wait(_PATIENCE)

    kept = index.per_commit(held)
    with index.keep_warm():
        assert entered.wait(_PATIENCE)
        commit(index, corpus / "三.txt", "数据共享。")
        assert index.search("数据共享").total == 1
        go_on.set()
    kept()


def test_what_fails_there_breaks_no_question_and_no_later_commit(
    corpus: Path, index: indexer.Index, caplog: pytest.LogCaptureFixture
) -> None:
    raised: SimpleQueue[Exception] = SimpleQueue()
    faults = iter([BadParameter("不行。"), ZeroDivisionError("unforeseen")])
    made: SimpleQueue[int] = SimpleQueue()

    def fail(_: indexer.Index) -> None:
        if error := next(faults, None):
            raised.put(error)
            raise error
        made.put(1)

    kept = index.per_commit(fail)
    with caplog.at_level(logging.ERROR), index.keep_warm():
        assert isinstance(raised.get(timeout=_PATIENCE), BadParameter)
        commit(index, corpus / "三.txt", "数据共享。")
        assert isinstance(raised.get(timeout=_PATIENCE), ZeroDivisionError)
        assert index.search("数据共享").total == 1
        commit(index, corpus / "四.txt", "数据安全。")
        assert made.get(timeout=_PATIENCE) == 1
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ZeroDivisionError]
    kept()


def test_an_index_that_goes_and_comes_back_is_warmed_again(corpus: Path, index: indexer.Index) -> None:
    made: SimpleQueue[int] = SimpleQueue()
    kept = passages_of(index, made)
    with index.keep_warm():
        assert made.get(timeout=_PATIENCE) == 0
        shutil.rmtree(index.path)
        with indexer.create_index(index.path) as other:
            other.update([corpus])
        while made.get(timeout=_PATIENCE) == 0:  # of the new one while it was still empty
            pass
    assert kept() > 0


def test_no_thread_is_left(index: indexer.Index) -> None:
    for _ in range(5):
        with index.keep_warm():
            pass
    assert not [thread for thread in threading.enumerate() if thread.name == "warming"]
