"""Where the templates of a site come from."""

from __future__ import annotations

import jinja2
import pytest

import indexer
import webui


@pytest.mark.parametrize("path", ["/", "/?q=数据", "/documents", "/help", "/nowhere"])
def test_a_program_that_is_replaced_while_it_serves_keeps_its_templates(
    index: indexer.Index, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    client = webui.create_app(index).test_client()

    def replaced(*_: object) -> None:
        raise jinja2.TemplateNotFound(path)

    monkeypatch.setattr(jinja2.PackageLoader, "get_source", replaced)
    assert "寻章" in client.get(path).get_data(as_text=True)
