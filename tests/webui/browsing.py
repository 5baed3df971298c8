"""A browser without JavaScript: get a page, follow a link, read what stands there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

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


def submit(client: FlaskClient, soup: BeautifulSoup, *changes: tuple[str, str, bool]) -> BeautifulSoup:
    """Send the search form, after check boxes (name, value) were set or cleared."""
    for name, value, on in changes:
        (box,) = (each for each in fields(soup) if (each["name"], each.get("value")) == (name, value))
        box.attrs.pop("checked", None)
        box.attrs |= {"checked": ""} if on else {}
    pairs = [pair for field in fields(soup) if (pair := _pair(field))]
    return page(client, f"/?{urlencode(pairs)}")


def fields(soup: BeautifulSoup) -> list[Tag]:
    """All that belongs to the search form."""
    return soup.select("form#search [name], [name][form=search]")


def _pair(field: Tag) -> tuple[str, str] | None:
    if field.name == "select":
        chosen = field.select_one("option[selected]") or field.select("option")[0]
        return str(field["name"]), str(chosen["value"])
    if field.get("type") == "checkbox" and not field.has_attr("checked"):
        return None
    return str(field["name"]), str(field.get("value", ""))
