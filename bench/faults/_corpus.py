"""An index with two sound documents, to which a broken one comes between them, and what has to become of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import indexer
from bench.faults import allowed, judge_slowness
from bench.faults._hostile_files import Hostile

# Seconds that a file may take here: many times what it needs.
_LONGEST = 120.0


class Corpus:
    """An index with two sound documents, one before and one after the broken one."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "文"
        self.files.mkdir()
        for name in ("a前", "z后"):
            (self.files / f"{name}.txt").write_text(f"{name}，完好的一段。", "utf-8")
        self.index = indexer.create_index(folder / "index")
        self._numbers = itertools.count()

    def try_file(self, name: str, put: Callable[[Path], object], *, workers: int | None = None) -> str:
        """Index the folder with such a file in it; what was lost or wrong."""
        report = self._updated(name, put, workers)
        return self._wrong(f"文/m{name}", report)

    def _updated(self, name: str, put: Callable[[Path], object], workers: int | None = None) -> indexer.UpdateReport:
        """Index the folder with the file ``m`` and that ending in it, and take it away."""
        file = self.files / f"m{name}"
        put(file)
        for sound in self.files.glob("[az]*.txt"):  # read again each time, beside the broken one
            sound.write_text(f"{sound.stem}，完好的一段，第 {next(self._numbers)} 次。", "utf-8")
        try:
            return self.index.update([self.files], prune=True, workers=workers, max_seconds=allowed(_LONGEST))
        finally:
            file.unlink()

    def try_hostile(self, hostile: Hostile) -> str:
        """Index the folder with a file made to do harm in it; what was lost, or became of it that must not."""
        content = hostile.make()
        report = self._updated(hostile.suffix, lambda file: file.write_bytes(content))
        path = f"文/m{hostile.suffix}"
        if self.index.search("完好的一段", match="exact").total < 2:
            return "a sound document is lost"
        reasons = [each.reason for each in report.failed if f"{each.path}/".startswith(f"{path}/")]
        wrong = next((said for reason in reasons if (said := badly_said(reason))), "")
        read = any(f"{each}/".startswith(f"{path}/") for each in (*report.added, *report.updated, *report.unchanged))
        if wrong or not hostile.refused:
            return wrong or ("" if read and not reasons else f"refused: {reasons}")
        return (
            ""
            if reasons and all(re.search(hostile.refused, reason) for reason in reasons)
            else f"read: {read}, {reasons}"
        )

    def _wrong(self, path: str, report: indexer.UpdateReport) -> str:
        if self.index.search("完好的一段", match="exact").total < 2:
            return "a sound document is lost"
        reasons = [failure.reason for failure in report.failed if failure.path == path]
        if reasons:
            return badly_said(reasons[0]) or judge_slowness(reasons[0])
        if path not in (*report.added, *report.updated, *report.renamed, *report.unchanged):
            return "neither read nor reported"
        return "a failure without a file" if report.failed else ""

    def close(self) -> None:
        """Close the index."""
        self.index.close()


def badly_said(sentence: str) -> str:
    """What is wrong with the reason of a failure: it must be sentences for the user, not an error of ours."""
    if not re.search("[\u4e00-\u9fff]", sentence) or not sentence.endswith("。") or "程序出了错" in sentence:
        return f"badly said: {sentence}"
    return ""
