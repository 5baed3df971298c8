"""A corpus in a JSON Lines file, as benchmarks come, as documents and as an index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from indexer.evaluation.files import read_objects
from indexer.index.create import create_index
from indexer.index.index import Index


def write_corpus(path: Path, folder: Path, *, titles: bool = True) -> None:
    """Write each object of a JSON Lines corpus (``id`` or ``_id``, ``title``, ``text``, as BEIR's) as a text file.

    Raises:
        BadParameter: the file cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number, body in enumerate(read_objects(path), 1):
        title = str(body.get("title", "")) if titles else ""
        head = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n" if title else ""
        name = quote(str(body.get("id") or body.get("_id") or number), safe="")
        text = " ".join(str(body.get("text", "")).split("\n"))
        (folder / f"{name}.txt").write_text(f"{head}{text}\n", "utf-8")


@contextmanager
def index_of_corpus(corpus: Path, embedder: str | None = None) -> Iterator[Index]:
    """An index of a JSON Lines corpus (``write_corpus``), by an embedder if one is given, that is gone afterwards."""
    with TemporaryDirectory() as folder, create_index(Path(folder) / "index", embedder=embedder) as index:
        write_corpus(corpus, Path(folder) / "corpus")
        index.update([Path(folder) / "corpus"])
        yield index
