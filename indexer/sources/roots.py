"""Which folder a name at the beginning of document paths stands for: one name, one folder, on record in the index."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISDIR

from indexer.errors import ReadError
from indexer.sources.filenames import readable, readable_path


class Roots:
    """The folders that paths of documents begin at.

    Attributes:
        walked: name → place of each folder that was given.
        parents: name → place of each folder of which only single files were given.
    """

    def __init__(self, walked: Mapping[str, str] | None = None, parents: Mapping[str, str] | None = None) -> None:
        self.walked = dict(walked or {})
        self.parents = dict(parents or {})
        self._names = {os.path.realpath(place): name for name, place in self.walked.items()}

    def claim(self, place: Path, *, single_file: bool = False) -> str:
        """The name of the root at ``place``, a new one or one that has moved there.

        Raises:
            ReadError: another folder has that name; the reason says which.
        """
        name = readable(place.name) or "root"
        known = self.walked.get(name) or self.parents.get(name)
        if known is not None and _is_another(known, place):
            raise ReadError(
                f"与 {readable_path(known)} 同名，文档路径会混在一起。", "请给其中一个改名，或改用上一级目录。"
            )
        if single_file and name not in self.walked:
            self.parents[name] = str(place)
        else:
            self.parents.pop(name, None)
            self.walked[name] = str(place)
            self._names[os.path.realpath(place)] = name
        return name

    def name_at(self, real: str) -> str | None:
        """The name of the walked root at a real place."""
        return self._names.get(real)

    def path_of(self, real: str) -> str | None:
        """The path of what lies at a real place, by the walked root deepest above it (or at it); None below none."""
        above = real
        while (name := self._names.get(above)) is None:
            parent = os.path.dirname(above)  # noqa: PTH120 - strings, since this runs for every link
            if parent == above:
                return None
            above = parent
        below = real[len(above) :].strip(os.sep)
        return f"{name}/{readable_path(below)}" if below else name

    def path_of_single(self, folder: str, name: str, documents: frozenset[str]) -> str | None:
        """The path under which a file of the real ``folder`` is known if it was once given by itself."""
        for root, place in self.parents.items():
            path = f"{root}/{readable(name)}"
            if path in documents and os.path.realpath(place) == folder:
                return path
        return None


def _is_another(known: str, place: Path) -> bool:
    """Whether a folder is still at the known place, and not the one at ``place``; if it cannot be told, yes."""
    try:
        found = os.stat(known)  # noqa: PTH116 - a string
        return S_ISDIR(found.st_mode) and not os.path.samestat(found, place.stat())
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
