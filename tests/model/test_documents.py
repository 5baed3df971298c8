"""What a document's path says of it."""

from __future__ import annotations

import pytest

from indexer.model import Document


@pytest.mark.parametrize(
    ("path", "folders", "kind"),
    [
        ("法规/数据/条例.MD", ("法规", "法规/数据"), "md"),
        ("条例.tar.gz", (), "gz"),
        ("法规/说明", ("法规",), ""),
        ("v1.2/说明", ("v1.2",), ""),  # the dot is the folder's
        ("法规/.忽略", ("法规",), ""),
        ("法规/完.", ("法规",), ""),
    ],
)
def test_folders_and_type(path: str, folders: tuple[str, ...], kind: str) -> None:
    document = Document("a", path, "标题")
    assert (document.folders, document.type) == (folders, kind)
