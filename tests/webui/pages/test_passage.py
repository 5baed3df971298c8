"""Permalinks lead to their passages, or say that these are gone."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

import indexer
from tests.webui.browsing import page


def test_permalinks_survive_insertions(client: FlaskClient, index: indexer.Index) -> None:
    passages = index.passages(index.document("语料/文本.txt").id)
    right = indexer.permalink(passages[5])
    shifted = right.replace("-5.", "-3.")
    for link in (right, shifted):
        response = client.get(f"/p/{link}")
        assert (response.status_code, response.location.partition("#")[2]) == (302, right)


def test_what_is_gone_is_said_so(client: FlaskClient, index: indexer.Index) -> None:
    document = index.document("语料/文本.txt").id
    for path in ("/d/nobody", "/p/nobody-1.abcdef", f"/p/{document}-1.000000", f"/p/{document}-999", "/p/x"):
        soup = page(client, path, 404)
        assert soup.select(".error h1")[0].get_text()


@pytest.mark.parametrize("ordinal", ["²", "９", "9" * 4400, "-1", "", "1_0", " 1"])
def test_what_is_no_place_is_not_found(client: FlaskClient, index: indexer.Index, ordinal: str) -> None:
    passage = index.passages(index.document("语料/文本.txt").id)[1]
    digest = indexer.permalink(passage).partition(".")[2]
    assert page(client, f"/p/{passage.document_id}-{ordinal}.{digest}", 404).select(".error h1")
