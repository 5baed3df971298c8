"""What was asked, and on which day, where the owner of a server wants to know: nothing else is written down."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from indexer.errors import BadParameter, reason, way_out
from indexer.index.folder import StrPath

# Bytes after which nothing more is written: whoever asks without end must not fill the disk.
MOST_BYTES = 64 << 20
# Lines that are looked at for what a query being typed has become.
_BURST = 20


class QueryLog:
    """A file of lines ``2026-11-29<TAB>query``: no address, no name, no time of day.

    A page that searches while somebody types asks for the beginnings of a query too; ``queries`` leaves them out.
    """

    def __init__(self, path: StrPath) -> None:
        self.path = Path(path)

    def open(self) -> QueryLog:
        """Make the file, which only its owner may read, if it is not there; return this.

        Raises:
            BadParameter: it cannot be written.
        """
        try:
            self._append(b"")
        except OSError as error:
            raise BadParameter(f"查询记录 {self.path} 写不了：{reason(error)}。", way_out(error)) from error
        return self

    def add(self, query: str) -> None:
        """Write down a query, if there is anything in it and the file is below ``MOST_BYTES``.

        Raises:
            OSError: the system does not let it be written.
        """
        text = " ".join(query.split())
        if text:
            self._append(f"{date.today().isoformat()}\t{text}\n".encode("utf-8", "replace"))

    def queries(self) -> Iterator[str]:
        """Yield the queries in the order they were asked, without those that another soon went on from.

        Raises:
            BadParameter: the file cannot be read.
        """
        lines = self._lines()
        for at, (day, query) in enumerate(lines):
            later = lines[at + 1 : at + 1 + _BURST]
            if not any(day == other_day and other != query and other.startswith(query) for other_day, other in later):
                yield query

    def _lines(self) -> list[tuple[str, str]]:
        try:
            text = self.path.read_text("utf-8", errors="replace")
        except OSError as error:
            hint = "用 xunzhang serve --query-log 文件 记下查询，再来看。"
            raise BadParameter(f"查询记录 {self.path} 读不了：{reason(error)}。", hint) from error
        parted = (line.partition("\t") for line in text.split("\n"))
        return [(day, query) for day, tab, query in parted if tab and query.strip()]

    def _append(self, line: bytes) -> None:
        """Write a line at once, so that those of several processes stay whole."""
        file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            if line and os.fstat(file).st_size < MOST_BYTES:
                os.write(file, line)
        finally:
            os.close(file)
