"""What becomes of files while the index is kept current with them: how far it is, what could not be read and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath

from flask import Blueprint, Response

import indexer
from webui.http.json_response import answer_json
from webui.rendering.templates import render
from webui.strings import say, spoken

# Files passed over that are named, of each ending.
LISTED = 50


@dataclass(frozen=True, slots=True)
class Note:
    """What stands at the head of every page.

    Attributes:
        text: how far it is, in a sentence.
        done: bytes read, of ``whole``; 0 of 0 while nothing is being read.
        trouble: how many files could not be read or were passed over; empty where there are none.
    """

    state: str
    text: str
    done: int
    whole: int
    trouble: str


def add_routes(routes: Blueprint, index: indexer.Index, watch: indexer.Watch | None) -> None:
    """Add ``/indexing`` and what its script asks for, where the index follows files."""
    if watch is None:
        return

    @routes.get("/indexing")
    def indexing() -> str:
        """Show how far it is, and each file that could not be read or was passed over."""
        report = watch.status.report or indexer.UpdateReport()
        return render(
            "indexing.html",
            passages=report.passages,
            failed=report.failed,
            skipped=_by_ending(report),
            ignored=report.ignored,
            listed=LISTED,
            said=_said,
        )

    @routes.get("/indexing.json")
    def indexing_json() -> Response:
        """Tell the script that keeps the note current."""
        shown = note(watch)
        body = {name: getattr(shown, name) for name in Note.__slots__} | {"generation": index.generation}
        response = answer_json(body, 200)
        response.cache_control.no_store = True
        return response


def note(watch: indexer.Watch) -> Note:
    """Say what a watch is doing."""
    status = watch.status
    progress = status.progress
    trouble = _trouble(status.report) if status.report else ""
    if status.problem:
        return Note(status.state, _said(status.problem), 0, 0, trouble)
    if status.state == indexer.WatchState.CURRENT and status.report:
        return Note(status.state, say("indexing_current", passages=status.report.passages), 0, 0, trouble)
    if progress is None or status.report:  # of an update after the first one nobody needs the progress
        return Note(status.state, say("indexing_looking"), 0, 0, trouble)
    sizes = {"done": f"{progress.bytes / 1e6:.1f}", "whole": f"{progress.total_bytes / 1e6:.1f}"}
    text = say("indexing_reading", files=progress.files, total=progress.total, **sizes)
    return Note(status.state, text, progress.bytes, progress.total_bytes, trouble)


def _said(message: str) -> str:
    """Return a message of the library in the language of this request."""
    return indexer.translated(message, spoken())


def _trouble(report: indexer.UpdateReport) -> str:
    failed, skipped = len(report.failed), len(report.skipped_paths)
    counts = {"indexing_failed": failed, "indexing_skipped": skipped}
    return say("indexing_and").join(say(key, count=count) for key, count in counts.items() if count)


def _by_ending(report: indexer.UpdateReport) -> list[tuple[str, list[str]]]:
    """Endings of files passed over with their paths, most frequent first."""
    paths: dict[str, list[str]] = defaultdict(list)
    for path in report.skipped_paths:
        paths[PurePosixPath(path).suffix.lower()].append(path)
    return sorted(paths.items(), key=lambda item: -len(item[1]))
