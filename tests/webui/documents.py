"""Sites of documents that have nothing but a path, and what they list of these."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

import webui
from indexer.model import Document
from tests.support import ANALYZER, make_index
from tests.webui.browsing import texts


def client_of(folder: Path, paths: list[str]) -> FlaskClient:
    documents = [ANALYZER.analyze(Document(f"{number:x}", path, path), ()) for number, path in enumerate(paths)]
    return webui.create_app(make_index("memory", folder, documents)).test_client()


def titles(soup: BeautifulSoup) -> list[str]:
    return texts(soup, ".documents a")
