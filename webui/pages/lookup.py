"""Find a document or a passage for a page; where there is none, the hint is for those who have no command line."""

from __future__ import annotations

import indexer
from indexer.errors import NotFound
from webui.strings import say


def find_document(index: indexer.Index, document_id: str) -> indexer.Document:
    """Find the document of that id.

    Raises:
        NotFound: there is none.
    """
    try:
        return index.document(document_id)
    except NotFound as error:
        raise NotFound(say("document_gone"), say("document_gone_hint")) from error


def find_passage(index: indexer.Index, permalink: str) -> indexer.Passage:
    """Find the passage of a permalink: the one with its content that is nearest to its position.

    Raises:
        NotFound: none of these, or no permalink at all.
    """
    try:
        return index.passage(permalink)
    except NotFound as error:
        raise NotFound(say("passage_gone"), say("passage_gone_hint")) from error
