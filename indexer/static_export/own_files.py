"""Which files of a folder an export wrote, so that it never touches another's."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from indexer.errors import BadParameter

# Lists the files of an export beside it; only a folder that has it is ours.
MANIFEST = "xunzhang-export.json"


class OwnFiles:
    """The files an export may write and delete in its folder.

    The manifest names every file before it is written, and until it is gone: what a killed export leaves is known.
    """

    def __init__(self, folder: Path) -> None:
        """Take a folder that is not there, is empty, or is an export.

        Raises:
            BadParameter: it is something else.
            OSError: it cannot be looked into.
        """
        self._folder = folder
        self._names = _listed(folder)

    @property
    def names(self) -> frozenset[str]:
        """The files that are ours, by their paths in the folder."""
        return frozenset(self._names)

    def is_anothers(self, name: str) -> bool:
        """Whether a file is there that no export wrote, by its path in the folder."""
        path = self._folder / name
        return name not in self._names and (path.exists() or path.is_symlink())

    def claim(self, names: Iterable[str]) -> None:
        """Note that these files, by their paths in the folder, are going to be written.

        Raises:
            BadParameter: one of them is there already and not ours, or behind a link.
        """
        claimed = set(names)
        for name in sorted(claimed):
            path = self._folder / name
            if self._leads_out(name) or self.is_anothers(name):
                raise BadParameter(f"{path} 不是导出写下的，没有覆盖它，什么也没有写。", "请换一个空目录，或把它移走。")
        self._folder.mkdir(parents=True, exist_ok=True)
        self._write(self._names | claimed)

    def keep_only(self, names: Iterable[str]) -> None:
        """Delete all files of ours but these, and the folders that become empty."""
        kept = set(names)
        for name in sorted(self._names - kept):
            if not self._leads_out(name):
                (self._folder / name).unlink(missing_ok=True)
                self._remove_empty(PurePosixPath(name).parent)
        self._write(kept)

    def _remove_empty(self, below: PurePosixPath) -> None:
        while below != PurePosixPath():
            try:
                (self._folder / below).rmdir()
            except OSError:  # something is in it, or it is gone
                return
            below = below.parent

    def _leads_out(self, name: str) -> bool:
        """Tell whether a path, which others may have written into the manifest, is not simply below the folder."""
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or ".." in parts or Path(name).is_absolute():
            return True
        above = self._folder
        for part in parts:
            above /= part
            if above.is_symlink():
                return True
        return False

    def _write(self, names: set[str]) -> None:
        self._names = names
        beside = self._folder / f"{MANIFEST}.new"
        beside.write_text(json.dumps({"files": sorted(names)}, ensure_ascii=False, indent=0) + "\n", "utf-8")
        beside.replace(self._folder / MANIFEST)


def _listed(folder: Path) -> set[str]:
    if folder.exists() and not folder.is_dir():
        raise BadParameter(f"{folder} 是一个文件，不是目录。", "请换一个目录。")
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    try:
        names = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            return set(names)
    except (FileNotFoundError, ValueError, LookupError, TypeError, RecursionError):
        pass
    raise BadParameter(f"{folder} 里有别的东西，不是导出的检索（没有 {MANIFEST}）。", "请换一个空目录。")
