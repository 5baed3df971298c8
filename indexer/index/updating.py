"""What changes an index: files brought in and taken out, now or whenever they change, and its synonyms."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.analysis import Synonyms, UserDictionary
from indexer.engines.contract import MEMORY
from indexer.index.folder import StrPath
from indexer.index.open_index import OpenIndex
from indexer.sources.source_file import MAX_FILE_BYTES, MAX_SECONDS

if TYPE_CHECKING:
    from indexer.build import update as build
    from indexer.build.remembered import Remembered
    from indexer.index.watch import Watch
    from indexer.model import Recognition, UpdateReport

# Seconds until what a watch has read at first can be found.
FIRST_COMMIT = 2.0


class Updating(OpenIndex):
    """Hands files to ``build``."""

    def update(
        self,
        paths: Iterable[StrPath],
        *,
        prune: bool = False,
        progress: build.OnProgress | None = None,
        workers: int | None = None,
        memory: int = MEMORY,
        follow_links: bool = False,
        max_file_bytes: int = MAX_FILE_BYTES,
        max_seconds: float = MAX_SECONDS,
        recognition: Recognition | None = None,
    ) -> UpdateReport:
        """Bring the index up to date with files and folders, in one commit.

        Args:
            paths: files and folders; only files whose content changed are read.
            prune: take out documents under these folders whose files are gone.
            progress: called after each file.
            workers: processes that read files; None for as many as there are cores, if there is much to read and memory
                for them. With one it only parses, and this one analyses.
            memory: bytes that all processes of the build may take together, about. Less makes more and smaller
                segments, which answer more slowly; a file that a process of its own cannot be read in with so many
                more is a failure.
            follow_links: whether links in a folder that lead out of all indexed folders are followed too; else each is
                in ``failed``. What is given by itself may be a link to anywhere.
            max_file_bytes: larger files are not read; each is in ``failed``, and what the index has of it stays.
            max_seconds: what reading a file may take; one that takes more is in ``failed``.
            recognition: how text is recognised on images of it (OCR); None for not at all. Files of such formats that
                were read without it are read again; what was read with it stays when it is not asked for.

        Returns:
            What was done; files that could not be read are in ``failed``, the rest is committed.

        Raises:
            BadParameter: the index is to replace another, and one of ``paths`` has no document that can be read; the
                other stays. Or text is to be recognised, and the program for it is not installed. Or the index has
                vectors and was opened without their embedder.
            IndexBusy: another build is writing.
            IndexMismatch: another process has rebuilt the index in a way that this program cannot go on with.
            IndexUnavailable: the index cannot be written.
        """
        wanted: list[StrPath] = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        with self._session.reading():
            return self._update(
                wanted,
                prune=prune,
                progress=progress,
                workers=workers,
                memory=memory,
                follow_links=follow_links,
                max_file_bytes=max_file_bytes,
                max_seconds=max_seconds,
                recognition=recognition,
            )

    def watch(self, paths: Iterable[StrPath], **options: Any) -> Watch:
        """Prepare to keep the index current with files and folders: those that are gone are taken out too.

        Nothing happens before its ``run`` is called, which is a loop over reports, in a thread or in the program's own.
        A long first update is committed in parts, so that what is read already can be found.

        Args:
            paths: files, folders and patterns.
            options: ``workers``, ``memory``, ``follow_links``, ``max_file_bytes``, ``max_seconds`` as of ``update``.
        """
        from indexer.index.watch import Watch

        wanted: list[StrPath] = [paths] if isinstance(paths, str | os.PathLike) else list(paths)

        def update(progress: build.OnProgress, remembered: Remembered) -> UpdateReport:
            with self._session.reading():
                return self._update(
                    wanted,
                    prune=True,
                    progress=progress,
                    remembered=remembered,
                    first_commit=FIRST_COMMIT,
                    **options,
                )

        return Watch(list(map(Path, wanted)), self.path, update)

    def _update(self, paths: list[StrPath], **options: Any) -> UpdateReport:
        from indexer.build import update as build

        analyzer = self._session.latest().analyzer
        return build.update(self._engine, analyzer, self.path, paths, model=self._model, **options)

    def is_made_with(self, userdict: StrPath | None, synonyms: StrPath | None) -> bool:
        """Tell whether it keeps the words and synonyms of these files, None standing for none, and has vectors just if
        it was opened with an embedder.

        Raises:
            BadParameter: a file cannot be read, or is not what it should be.
        """
        with self._session.reading():
            about = self._session.manifest()
        words = UserDictionary.load(Path(userdict)) if userdict else UserDictionary()
        groups = Synonyms.load(Path(synonyms)) if synonyms else Synonyms()
        has_vectors = bool(about.embedder) == (self._model is not None)
        return has_vectors and (about.user_words, about.synonyms) == (words.words, groups.entries)

    def keep_synonyms(self, synonyms: StrPath | None) -> None:
        """Keep the synonyms of a file in the index instead of those that it has; None stands for none.

        Nothing is read or segmented anew. An index opened with a file of synonyms of its own goes on using that.

        Raises:
            BadParameter: the file cannot be read, or is not what it should be.
            IndexBusy: another build is writing.
            IndexUnavailable: the index cannot be written.
        """
        from indexer.build import update as build

        kept = Synonyms.load(Path(synonyms)) if synonyms else Synonyms()
        with self._session.reading():
            build.keep_synonyms(self._engine, self.path, kept)

    def remove(self, documents: Iterable[str]) -> UpdateReport:
        """Take documents out by id or path.

        Raises:
            NotFound: one of them is not there; then none is removed.
            IndexBusy: another build is writing.
        """
        from indexer.build import update as build

        with self._session.reading():
            return build.remove(self._engine, [documents] if isinstance(documents, str) else list(documents))
