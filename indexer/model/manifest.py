"""What an index says of itself: format, engine, how its text became tokens, where its files came from.

Two places hold it. ``xunzhang.json`` in the folder names format and engine, changes only when an index of another one
takes its place, and is read before any engine is. The manifest proper is committed by the engine together with the data
it describes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from indexer.errors import IndexDamaged, IndexMismatch, IndexMissing, IndexUnavailable, reason, rebuild_hint

MARKER = "xunzhang.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The committed part.

    Attributes:
        fingerprint: how text became tokens; an index of another fingerprint is refused.
        parser: version of the parsers; files read by another one are read again at the next update.
        user_words: the user dictionary, ``(folded word, frequency or None)``.
        synonyms: the user's synonyms, ``(folded word, what may stand for it)``.
        roots: name of each indexed folder → where it was last seen.
        parents: the same of folders of which only single files were indexed.
    """

    fingerprint: Mapping[str, str] = field(default_factory=dict)
    parser: str = ""
    user_words: tuple[tuple[str, int | None], ...] = ()
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    roots: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)

    def dumps(self) -> str:
        """As JSON in ASCII, since a place may hold bytes that are no text; the same for the same content."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def loads(cls, text: str, place: Path) -> Manifest:
        """The inverse of ``dumps``, of the index at ``place``.

        Raises:
            IndexDamaged: it is not a manifest.
        """
        try:
            data = json.loads(text)
            data["user_words"] = tuple((word, frequency) for word, frequency in data["user_words"])
            data["synonyms"] = tuple((word, tuple(others)) for word, others in data["synonyms"])
            made = cls(**data)
            sound = all(isinstance(value, str) for each in made._mappings() for value in each.values())
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _unreadable(place) from error
        if not sound:
            raise _unreadable(place)
        return made

    def _mappings(self) -> tuple[Mapping[str, str], ...]:
        return self.fingerprint, self.roots, self.parents

    def require(self, fingerprint: Mapping[str, str], place: Path) -> None:
        """Refuse an index whose text became tokens in another way than ``fingerprint`` says.

        Raises:
            IndexMismatch: names what differs and the command that rebuilds.
        """
        differing = [
            key
            for key in sorted({*fingerprint, *self.fingerprint})
            if fingerprint.get(key) != self.fingerprint.get(key)
        ]
        if differing:
            details = "；".join(
                f"{key}：索引是 {self.fingerprint.get(key)!r}，现在是 {fingerprint.get(key)!r}" for key in differing
            )
            inner_first = sorted(self.roots.values(), key=len, reverse=True)  # they were roots before the outer ones
            sources = " ".join(inner_first) or "目录"
            raise IndexMismatch(f"索引 {place} 是用另一套分词建的（{details}）。", rebuild_hint(place, sources))


def _unreadable(place: Path) -> IndexDamaged:
    return IndexDamaged(f"索引 {place} 里的清单读不出来。", rebuild_hint(place))


def write_marker(folder: Path, engine: str, number: int) -> None:
    """Name engine and format number of the index in a folder: wholly or not at all, and only if that changes anything.

    Raises:
        IndexUnavailable: the folder cannot be written.
    """
    path, content = folder / MARKER, json.dumps({"format": number, "engine": engine}) + "\n"
    beside = path.with_suffix(".new")
    try:
        if path.exists() and path.read_bytes() == content.encode():
            return
        with beside.open("w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise IndexUnavailable(f"索引目录 {folder} 写不进去：{reason(error)}。", "请检查权限和磁盘空间。") from error


def read_marker(folder: Path, formats: Mapping[str, int]) -> str:
    """The engine of the index in ``folder``; of an engine that is not among ``formats`` the format may be any.

    Raises:
        IndexMissing: no index there.
        IndexMismatch: an index of another format.
        IndexDamaged: the marker is unreadable.
    """
    path = folder / MARKER
    if not path.is_file():
        raise IndexMissing(f"{folder} 里没有索引。", f"请先建索引：xunzhang index 目录 --index {folder}")
    try:
        marker = json.loads(path.read_text("utf-8"))
        found, engine = marker["format"], str(marker["engine"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{path} 读不出来。", rebuild_hint(folder)) from error
    if found != (known := formats.get(engine, found)):
        raise IndexMismatch(f"索引 {folder} 的格式是第 {found} 版，本程序读第 {known} 版。", rebuild_hint(folder))
    return engine
