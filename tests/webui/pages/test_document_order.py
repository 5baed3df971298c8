"""Documents stand in the order in which a person would put their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.webui.browsing import page
from tests.webui.documents import client_of, titles

ORDERS = [
    ["文/文档2.txt", "文/文档10.txt"],
    ["文/甲.txt", "文/乙/甲.txt"],
    ["文/第1章/9.txt", "文/第1章/10.txt", "文/第2章/1.txt", "文/第10章/1.txt"],
    ["文/a/b/1.txt", "文/a-b/1.txt"],
    ["文/007.txt", "文/8.txt", f"文/{'9' * 200}.txt"],
    ["文/2021.txt", "文/附.txt"],
]


@pytest.mark.parametrize("paths", ORDERS, ids=lambda paths: paths[0])
def test_documents_stand_in_natural_order(tmp_path: Path, paths: list[str]) -> None:
    client = client_of(tmp_path, paths[::-1])
    assert titles(page(client, "/documents")) == paths
    assert titles(page(client)) == paths
