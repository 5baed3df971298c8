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
        walked: name → location of each folder that was given.
        parents: name → location of each folder of which only single files were given.
    """

    def __init__(self, walked: Mapping[str, str] | None = None, parents: Mapping[str, str] | None = None) -> None:
        self.walked = dict(walked or {})
        self.parents = dict(parents or {})
        self._names = {os.path.realpath(location): name for name, location in self.walked.items()}

    def claim(self, location: Path, *, single_file: bool = False) -> str:
        """Return the name of the root at ``location``, a new one or one that has moved there.

        Raises:
            ReadError: another folder has that name; the reason says which.
        """
        name = readable(location.name) or "root"
        known = self.walked.get(name) or self.parents.get(name)
        if known is not None and _is_another(known, location):
            raise ReadError(
                f"与 {readable_path(known)} 同名，文档路径会混在一起。", "请给其中一个改名，或改用上一级目录。"
            )
        if single_file and name not in self.walked:
            self.parents[name] = str(location)
        else:
            self.parents.pop(name, None)
            self.walked[name] = str(location)
            self._names[os.path.realpath(location)] = name
        return name

    def name_at(self, real: str) -> str | None:
        """Return the name of the walked root at a real location."""
        return self._names.get(real)

    def path_of(self, real: str) -> str | None:
        """Return the path of what lies at a real location, by the deepest walked root above or at it, if any."""
        above = real
        while (name := self._names.get(above)) is None:
            parent = os.path.dirname(above)  # noqa: PTH120 - strings, since this runs for every link
            if parent == above:
                return None
            above = parent
        below = real[len(above) :].strip(os.sep)
        return f"{name}/{readable_path(below)}" if below else name

    def path_of_single(self, folder: str, name: str, documents: frozenset[str]) -> str | None:
        """Return the path under which a file of the real ``folder`` is known if it was once given by itself."""
        for root, location in self.parents.items():
            path = f"{root}/{readable(name)}"
            if path in documents and os.path.realpath(location) == folder:
                return path
        return None


def _is_another(known: str, location: Path) -> bool:
    """Tell whether another folder than the one at ``location`` is still at the known one; if in doubt, yes."""
    try:
        found = os.stat(known)  # noqa: PTH116 - a string
        return S_ISDIR(found.st_mode) and not os.path.samestat(found, location.stat())
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
