"""A browser without JavaScript: get a page, follow a link, read what stands there."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient


def page(client: FlaskClient, path: str = "/", status: int = 200, **parameters: Any) -> BeautifulSoup:
    response = client.get(path, query_string=parameters or None)
    assert response.status_code == status, response.text
    return BeautifulSoup(response.text, "lxml")


def follow(client: FlaskClient, link: Tag) -> BeautifulSoup:
    return page(client, str(link["href"]).partition("#")[0])


def texts(soup: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [" ".join(tag.get_text(" ").split()) for tag in soup.select(selector)]
