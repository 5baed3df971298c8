"""The page below a path of somebody else's site: what its scripts do keeps to that path."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import Page, expect

import indexer
import webui
from tests.support import serving


def test_typing_suggestions_filters_and_citations(page: Page, index: indexer.Index) -> None:
    site = Flask("host")
    site.register_blueprint(webui.search(index), url_prefix="/tools/search")
    with serving(site) as server:
        page.goto(f"{server}/tools/search/")
        page.locator("#q").press_sequentially("数据")
        expect(page.locator("article.hit").first).to_be_visible()
        expect(page.get_by_role("option").first).to_be_visible()
        expect(page).to_have_url(re.compile(r"/tools/search/\?q="))
        page.keyboard.press("Enter")
        page.locator("nav.pages a[rel=next]").click()
        expect(page).to_have_url(re.compile(r"/tools/search/\?.*offset="))
        page.locator("article.hit h3 a").first.click()
        expect(page).to_have_url(re.compile(r"/tools/search/d/"))
        with page.expect_response(re.compile("/tools/search/api/v1/cite")) as cited:
            page.locator("a.here").first.press("Enter")
        assert cited.value.ok
