"""Paths that were given → the files to read, the path of each in the index, and what could not be looked at."""

from __future__ import annotations

import errno
import glob
import os
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from indexer.documents import SUFFIXES
from indexer.errors import ReadError, reason
from indexer.model import Failure
from indexer.sources.containers.members import Found, Member, is_container, members
from indexer.sources.filenames import exact, is_hidden, readable, readable_path, suffix
from indexer.sources.ignore import Around, IgnoreRules, is_ignored
from indexer.sources.metadata import TABLE
from indexer.sources.roots import Roots
from indexer.sources.source_file import MAX_FILE_BYTES, SourceFile, not_regular


@dataclass(slots=True)
class Sources:
    """What was found under the paths of one call.

    Attributes:
        files: by document path, in order of discovery.
        roots: the folders that paths begin at, those known before included.
        looked: the folders that were walked, without those inside them: document path → real location.
        filled: real locations of the folders that hold a file to read.
        unseen: document paths of what could not be looked at: documents there, or below, may still exist.
        failures: what could not be looked at, as the user is told.
        refused: those of them that are paths of this call.
        skipped: document paths of files of formats that are not read.
        ignored: document paths of what an ignore file names, folders with a slash at the end.
    """

    files: dict[str, SourceFile] = field(default_factory=dict)
    roots: Roots = field(default_factory=Roots)
    looked: dict[str, str] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)
    refused: list[Failure] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    _marks: dict[str | os.PathLike[str], tuple[int, int]] = field(default_factory=dict, repr=False, compare=False)

    def is_gone(self, path: str) -> bool:
        """Tell whether there certainly is no file of that document path any more."""
        if path in self.files:
            return False
        ancestors = set(_and_above(path))
        return not ancestors.isdisjoint(self.looked) and ancestors.isdisjoint(self.unseen)

    def cover(self, paths: Iterable[str]) -> bool:
        """Tell whether all of these document paths were looked for."""
        return all(path in self.files or self.is_gone(path) for path in paths)

    def sizes(self) -> dict[str, float]:
        """Return the bytes of each file by document path; what stands in an archive has an equal share of it."""
        held = Counter(source.location for source in self.files.values())
        return {path: self._size(source.location) / held[source.location] for path, source in self.files.items()}

    def have_bytes(self, size: int) -> bool:
        """Tell whether the files have so many bytes together; no more of them are looked at than that takes."""
        locations = dict.fromkeys(source.location for source in self.files.values())
        return any(counted >= size for counted in accumulate(map(self._size, locations)))

    def newest(self) -> SourceFile | None:
        """Return the file that was changed last; what stands in an archive is none."""
        files = (source for source in self.files.values() if source.on_disk == source.path)
        return max(files, key=lambda source: self._mark(source.location)[1], default=None)

    def _size(self, location: str | os.PathLike[str]) -> int:
        return self._mark(location)[0]

    def _mark(self, location: str | os.PathLike[str]) -> tuple[int, int]:
        """Bytes of a file, and when it was changed; zeros where that cannot be told. It is looked at once."""
        if location not in self._marks:
            try:
                found = os.stat(location)  # noqa: PTH116 - a string: this runs for every file
                self._marks[location] = found.st_size, max(found.st_mtime_ns, found.st_ctime_ns)
            except OSError:
                self._marks[location] = 0, 0
        return self._marks[location]

    def unmounted(self) -> list[str]:
        """Return the folders of ``empty`` in which nothing is ignored either: what a disk leaves that came off."""
        return [path for path in self.empty() if not any(each.startswith(f"{path}/") for each in self.ignored)]

    def empty(self) -> list[str]:
        """Return the folders of ``looked`` without a file to read, in roots inside them and behind links neither."""
        paths, filled = sorted(self.files), sorted(self.filled)
        return [
            path
            for path, real in self.looked.items()
            if real not in self.filled
            and not _any_below(os.path.join(real, ""), filled)  # noqa: PTH118 - ends in one separator
            and not _any_below(f"{path}/", paths)
        ]


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to look into.

    Attributes:
        location: by which name it is opened.
        path: what the paths of its documents begin with.
        real: its location with all links followed.
        rules: the folders whose ignore files count here, the innermost first, each with the way from it to this one.
    """

    location: str
    path: str
    real: str
    rules: tuple[tuple[str, str], ...]

    def inner(self, location: str, path: str, real: str) -> _Folder:
        """Return a folder that stands in this one."""
        way = os.path.basename(location)  # noqa: PTH119 - a string: this runs for every folder
        return _Folder(location, path, real, ((location, ""), *((above, f"{to}{way}/") for above, to in self.rules)))

    @staticmethod
    def below_root(location: str, path: str, real: str) -> _Folder:
        """Return a folder at a document path of a root: the ignore files of the root and of what is between count."""
        rules, above, way = [(location, "")], real, ""
        for _ in range(path.count("/")):
            above, name = os.path.split(above)
            way = f"{name}/{way}"
            rules.append((above, way))
        return _Folder(location, path, real, tuple(rules))


@dataclass(frozen=True, slots=True)
class _FileLink:
    """A link to a file, which may lead out of the roots.

    Attributes:
        location: by which name it is opened.
        name: its own.
        path: what its document is called.
        folder: it is in.
    """

    location: str
    name: str
    path: str
    folder: _Folder


def discover(
    paths: Iterable[str | os.PathLike[str]],
    roots: Roots | None = None,
    documents: frozenset[str] = frozenset(),
    *,
    follow_links: bool = False,
    max_file_bytes: int = MAX_FILE_BYTES,
    list_members: Callable[[SourceFile], Iterable[Found]] = members,
) -> Sources:
    """Find the files to read.

    A folder or file below a known root belongs to that root; a new root leaves the files of a known one inside it to
    that one. Each real folder is looked into once, by its own name before that of any link to it.

    Args:
        paths: files, folders and patterns of them (``*``, ``?``, ``[…]``, ``**``); hidden files, those of other
            formats and those that a ``.xunzhangignore`` names are passed over. What is given by itself may be a link
            to anywhere, and no ignore file counts for it.
        roots: those known before.
        documents: paths of the documents known before.
        follow_links: whether links in a folder that lead out of all roots are followed too; else each is a failure.
        max_file_bytes: files larger than this are not read (``SourceFile``).
        list_members: what stands in a container: by ``members``, here or in another process.
    """
    discovery = _Discovery(Sources(roots=roots or Roots()), documents, follow_links, max_file_bytes, list_members)
    for given in paths:
        discovery.give(given)
    discovery.follow_links()
    discovery.report_rules()
    return discovery.sources


class _Discovery:
    """The folders looked into so far, and the links still to be followed."""

    def __init__(
        self,
        sources: Sources,
        documents: frozenset[str],
        follows_out: bool,
        max_file_bytes: int,
        list_members: Callable[[SourceFile], Iterable[Found]],
    ) -> None:
        self.sources = sources
        self._documents = documents
        self._list_members = list_members
        self._follows_out, self._max_file_bytes = follows_out, max_file_bytes
        self._seen: set[str] = set()
        self._opened: set[str] = set()
        self._links: deque[_Folder] = deque()
        self._file_links: deque[_FileLink] = deque()
        self._rules = IgnoreRules()

    def give(self, given: str | os.PathLike[str]) -> None:
        """Take up one path of the call."""
        location = Path(os.path.abspath(given))  # noqa: PTH100 - resolve() would follow links and change names
        try:
            self._take(location, location.stat().st_mode)
        except ReadError as error:
            self._refuse(given, str(error))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            self._give_matches(given)
        except OSError as error:
            self._refuse(given, _unopened(error))

    def report_rules(self) -> None:
        """Tell which ignore files could not be read."""
        self.sources.failures += (Failure(readable_path(location), why) for location, why in self._rules.failures)

    def follow_links(self) -> None:
        """Look into the folders that links lead to, where nothing else has led before, and at the files.

        Only now all roots are known, out of which a link may lead.
        """
        while self._links or self._file_links:
            if self._file_links:
                self._follow_file(self._file_links.popleft())
                continue
            link = self._links.popleft()
            path = self.sources.roots.path_of(link.real)
            if path is None and not self._follows_out:
                self._leads_out(link.path, link.real)
                continue
            if path is not None and link.real not in self._seen:
                self.sources.looked[path] = link.real
            self._walk(link if path is None else _Folder.below_root(link.location, path, link.real))

    def _follow_file(self, link: _FileLink) -> None:
        real = os.path.realpath(link.location)
        if self.sources.roots.path_of(real) is None and not self._follows_out:
            self._leads_out(link.path, real)
            return
        self.sources.filled.add(link.folder.real)
        self._add_found(link.location, link.name, link.path, link.folder)

    def _leads_out(self, path: str, real: str) -> None:
        way_out = "确实要读，加 --follow-links，或者直接给出它指向的地方。"
        self._fail(path, f"链接通到目录外面（{readable_path(real)}），没有读。{way_out}")

    def _take(self, location: Path, mode: int) -> None:
        if S_ISDIR(mode):
            self._give_folder(location)
        elif S_ISREG(mode):
            self._give_file(location)
        else:
            raise not_regular()

    def _give_folder(self, location: Path) -> None:
        real = os.path.realpath(location)
        path = self.sources.roots.path_of(real) or self.sources.roots.claim(location)
        self.sources.looked[path] = real
        self._walk(_Folder.below_root(str(location), path, real))

    def _give_matches(self, given: str | os.PathLike[str]) -> None:
        """Take up what fits a pattern; it is passed over as in a folder where its format is not read."""
        pattern = os.fspath(given)
        matches = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []  # noqa: PTH207
        if not matches:
            self._refuse(given, "没有这个文件或目录。请检查路径。")
        for match in matches:
            if _is_read(match) or os.path.isdir(match):  # noqa: PTH112 - a string
                self.give(match)
            else:
                self.sources.skipped.append(readable_path(match))

    def _give_file(self, file: Path) -> None:
        if not _is_read(file.name):
            raise ReadError("不认识这种文件。", f"能读的有：{'、'.join(sorted(SUFFIXES))}，还有 .zip 和 .tar 压缩包。")
        folder = self.sources.roots.path_of(os.path.realpath(file.parent))
        folder = folder or self.sources.roots.claim(file.parent, single_file=True)
        path = f"{folder}/{readable(file.name)}"
        self._add(str(file), file.name, path, self._refuse)
        if is_container(file.name):
            self.sources.looked[path] = str(file)

    def _refuse(self, given: str | os.PathLike[str], reason: str) -> None:
        failure = Failure(readable_path(given), reason)
        self.sources.failures.append(failure)
        self.sources.refused.append(failure)

    def _fail(self, path: str, reason: str) -> None:
        self.sources.failures.append(Failure(path, reason))
        self.sources.unseen.add(path)

    def _walk(self, start: _Folder) -> None:
        pending = [start]
        while pending:
            folder = pending.pop()
            if folder.real not in self._seen:
                self._seen.add(folder.real)
                pending.extend(reversed(list(self._look_into(folder))))

    def _look_into(self, folder: _Folder) -> Iterator[_Folder]:
        """Note the files of a folder and the links in it; the folders in it."""
        try:
            entries = sorted(os.scandir(folder.location), key=lambda entry: entry.name)
        except OSError as error:
            self._fail(folder.path, f"目录{_unopened(error)}")
            return
        shown = [entry for entry in entries if not is_hidden(entry.name)]
        rules = self._rules.around(folder.rules) if shown else []
        for entry in shown:
            path = f"{folder.path}/{readable(entry.name)}"
            try:
                if rules and self._is_ignored(rules, entry, path):
                    continue
                if entry.is_dir():
                    yield from self._inner(entry, path, folder)
                elif entry.is_file():
                    self._file(entry, path, folder)
                elif entry.is_symlink() and not os.path.exists(entry.path):  # noqa: PTH110 - a string
                    self._broken_link(entry, path)
                else:
                    self._fail(path, str(not_regular()))
            except OSError as error:
                self._fail(path, _unopened(error))

    def _inner(self, entry: os.DirEntry[str], path: str, folder: _Folder) -> Iterator[_Folder]:
        if not entry.is_symlink():
            real = os.path.join(folder.real, entry.name)  # noqa: PTH118 - strings: this runs for every folder
            if (name := self.sources.roots.name_at(real)) is not None:
                self.sources.looked[name] = real
            yield folder.inner(entry.path, name or path, real)
            return
        real = os.path.realpath(entry.path)
        if folder.real == real or folder.real.startswith(os.path.join(real, "")):  # noqa: PTH118
            self._fail(path, "目录链接成环，指回它自己的上级，已跳过。请删掉这个链接。")
        else:
            self._links.append(folder.inner(entry.path, path, real))

    def _is_ignored(self, rules: Around, entry: os.DirEntry[str], path: str) -> bool:
        is_folder = entry.is_dir()
        ignored = is_ignored(rules, entry.name, is_folder=is_folder)
        if ignored:
            self.sources.ignored.append(f"{path}/" if is_folder else path)
        return ignored

    def _file(self, entry: os.DirEntry[str], path: str, folder: _Folder) -> None:
        name = entry.name
        if name == TABLE:  # says something about documents and is none
            return
        is_document = suffix(name) in SUFFIXES
        if not is_document and not is_container(name):
            self.sources.skipped.append(path)
            return
        if entry.is_symlink():
            self._file_links.append(_FileLink(entry.path, name, path, folder))
            return
        if is_document:
            self.sources.filled.add(folder.real)
        self._add_found(entry.path, name, path, folder)

    def _add_found(self, location: str, name: str, path: str, folder: _Folder) -> None:
        """Add a file that was found in a folder."""
        single = self.sources.roots.path_of_single(folder.real, name, self._documents)
        self._add(location, name, single or path, lambda _, reason: self._fail(path, reason), folder.rules)

    def _add(
        self,
        location: str,
        name: str,
        path: str,
        fail: Callable[[str, str], None],
        rules: tuple[tuple[str, str], ...] = (),
    ) -> None:
        source = SourceFile(location, path, self._max_file_bytes)
        if suffix(name) in SUFFIXES:
            self._add_document(source, fail)
        if is_container(name) and path not in self._opened:
            self._opened.add(path)
            self._add_members(source, rules)

    def _add_members(self, container: SourceFile, rules: tuple[tuple[str, str], ...]) -> None:
        """Add what stands in a container; what fails in it may still exist, as the rest of it."""
        around = self._rules.around(rules)
        for found in self._list_members(container):
            inside = found.path.removeprefix(container.path)
            if is_ignored(around, f"{container.file.name}{inside}", is_folder=False):
                self.sources.ignored.append(found.path)
            elif isinstance(found, Member):
                self.sources.files.setdefault(found.path, found)
                self.sources.filled.add(os.path.realpath(container.file.parent))
            elif isinstance(found, Failure):
                self._fail(found.path, found.reason)
            else:
                self.sources.skipped.append(found.path)

    def _add_document(self, source: SourceFile, fail: Callable[[str, str], None]) -> None:
        first, second = self.sources.files.setdefault(source.path, source).location, source.location
        if first != second and not os.path.samefile(first, second):  # noqa: PTH121 - strings
            both = f"{exact(first)} 和 {exact(second)}"
            fail(str(second), f"两个文件读出来是同一个路径，只收前一个：{both}。请给其中一个改名。")

    def _broken_link(self, entry: os.DirEntry[str], path: str) -> None:
        """Count documents below the link as unseen, not as gone: a folder may have been at the other end."""
        if not suffix(entry.name) or _is_read(entry.name):
            self._fail(path, "链接指向的文件不存在。请修好或删掉它。")
        else:
            self.sources.skipped.append(path)
            self.sources.unseen.add(path)


def _is_read(name: str) -> bool:
    """Tell whether a file of that name is a document, or holds some."""
    return suffix(name) in SUFFIXES or is_container(name)


def _unopened(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "打不开：链接绕回了自己。请删掉这个链接。"
    return f"打不开：{reason(error)}。请检查权限和路径。"


def _and_above(path: str) -> Iterator[str]:
    """Yield a document path and those of the folders around it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _any_below(prefix: str, paths: list[str]) -> bool:
    """Tell whether any of the sorted ``paths`` begins with ``prefix``."""
    at = bisect_left(paths, prefix)
    return at < len(paths) and paths[at].startswith(prefix)
