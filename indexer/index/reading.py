"""What is read of the documents of an index one by one: their passages, outlines, references and files."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from indexer.errors import NotFound
from indexer.index.open_index import OpenIndex
from indexer.model import Document, Original, OutlineNode, Passage, Reference
from indexer.model.choices import AROUND
from indexer.model.headings import outline_of
from indexer.model.ids import find_passage, without_marks
from indexer.query.options import check_range

_ORDINAL = re.compile("[0-9]{1,9}")


class Reading(OpenIndex):
    """Reads documents from the engine, and their files from the folders that were indexed."""

    def documents(self) -> tuple[Document, ...]:
        """All documents, by path."""
        with self._session.reading():
            return self._engine.documents()

    def document(self, wanted: str) -> Document:
        """The document of that id or path.

        Raises:
            NotFound: there is none.
        """
        with self._session.reading():
            return self._session.document(wanted)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order.

        Raises:
            NotFound: no such document.
        """
        with self._session.reading():
            return self._engine.passages(self.document(document_id).id)

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id or permalink; a permalink finds it again where passages were put in before it.

        Raises:
            NotFound: there is none.
        """
        passage_id = without_marks(passage_id)
        document_id, _, suffix = passage_id.rpartition("-")
        if "." in suffix:
            with self._session.reading():
                return find_passage(self._engine.passages(document_id), passage_id)
        (passage,) = self.around(passage_id, before=0, after=0)
        return passage

    def around(self, passage_id: str, before: int = AROUND.default, after: int = AROUND.default) -> tuple[Passage, ...]:
        """A passage with its neighbours in its document, in reading order; fewer at either end of the document.

        Args:
            passage_id: the passage in the middle.
            before: how many passages before it, at most ``MAX_AROUND``.
            after: how many after it, likewise.

        Raises:
            NotFound: there is no such passage.
            BadParameter: ``before`` or ``after`` out of its range.
        """
        check_range("before", before, AROUND)
        check_range("after", after, AROUND)
        document_id, _, digits = passage_id.rpartition("-")
        if _ORDINAL.fullmatch(digits):
            ordinal = int(digits)
            with self._session.reading():
                found = self._engine.passages(document_id, ordinals=range(ordinal - before, ordinal + after + 1))
            if any(passage.id == passage_id for passage in found):
                return found
        raise NotFound(f"索引里没有段落“{passage_id}”。", "文档可能已经改动；请重新检索。")

    def outline(self, document_id: str) -> tuple[OutlineNode, ...]:
        """The headings of a document.

        Raises:
            NotFound: no such document.
        """
        return outline_of(self.passages(document_id))

    def references(self, document_id: str) -> Mapping[int, tuple[Reference, ...]]:
        """What a document refers to in so many words (本法第十二条, 《…法》第三条, 图2-1), where one passage fits.

        Returns:
            Ordinal of a passage → its references, in order; passages without any are left out.

        Raises:
            NotFound: no such document.
        """
        document = self.document(document_id)
        with self._session.reading():
            return self._session.library().references(document)

    def original(self, document_id: str) -> Original | None:
        """The file a document was read from, its bytes as they were then; None where it is gone, or not that any more.

        Raises:
            NotFound: no such document.
        """
        from indexer.sources.originals import read_original

        roots, parents = self._folders()
        return read_original(self.document(document_id), {**parents, **roots})

    def existing_pictures(self, document_id: str, sources: Collection[str]) -> frozenset[str]:
        """Those pictures of a document, by their ``Picture.source``, whose files are in the indexed folders.

        Raises:
            NotFound: no such document.
        """
        from indexer.sources.pictures import existing_pictures

        return existing_pictures(self.document(document_id), *self._folders(), sources)

    def picture(self, passage_id: str, number: int) -> Original | None:
        """The file of a picture of a passage, counted from 0; None where it is gone.

        Raises:
            NotFound: no such passage, or picture of it.
        """
        from indexer.sources.pictures import read_picture

        passage = self.passage(passage_id)
        if not 0 <= number < len(passage.pictures):
            raise NotFound("这一段没有这张图。", "请从文档里打开图片。")
        document = self.document(passage.document_id)
        return read_picture(document, *self._folders(), passage.pictures[number].source)

    def _folders(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The indexed folders by the names of their roots, and those of which only single files were indexed."""
        with self._session.reading():
            about = self._session.manifest()
        return about.roots, about.parents
