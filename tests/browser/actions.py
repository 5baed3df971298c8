"""What tests do and look at in the browser."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Page, Request, expect


def searched(page: Page, query: str) -> None:
    """Wait until the results of a query are shown."""
    expect(page.locator("#page[data-view=results]")).to_have_attribute("data-title", f"{query} · 寻章")
    expect(page.locator("#page")).not_to_have_attribute("aria-busy", "true")


def asked(requests: list[Request]) -> list[str]:
    """The queries that parts of the page were fetched for."""
    return [
        dict(parse_qsl(urlsplit(request.url).query)).get("q", "") for request in requests if "x-part" in request.headers
    ]


def watch(page: Page) -> list[Request]:
    """A list that grows with every request that carries a query."""
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request) if "q=" in request.url else None)
    return requests


def answers(page: Page, **parameters: Any) -> Any:
    """What the API says."""
    response = page.request.get(f"/api/v1/search?{urlencode(parameters, doseq=True)}")
    assert response.ok
    return response.json()


def shown(page: Page) -> list[str]:
    """Ids of the hits that are shown."""
    return page.locator("article.hit").evaluate_all("hits => hits.map(hit => hit.dataset.passageId)")
