"""What is attached to a mail."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.documents.mime_parts import read_mail
from indexer.sources.containers.contract import Entry


class MailAttachments:
    """The attachments of a mail in memory; names that come twice are numbered."""

    def __init__(self, content: bytes, most: int) -> None:
        self._contents: list[bytes] = []
        self._entries: list[Entry] = []
        names: set[str] = set()
        for each in read_mail(content).attachments():
            name, number = each.name, 1
            while name in names:
                number += 1
                stem, dot, ending = each.name.rpartition(".")
                name = f"{stem}（{number}）{dot}{ending}" if dot else f"{ending}（{number}）"
            names.add(name)
            self._contents.append(each.content)
            self._entries.append(Entry(name, len(each.content)))

    @property
    def entries(self) -> Sequence[Entry]:
        """All attachments, in order."""
        return self._entries

    def read(self, number: int) -> bytes:
        """Return the bytes of an attachment."""
        return self._contents[number]
