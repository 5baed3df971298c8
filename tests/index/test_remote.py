"""An index on other machines as users have it: made, found again by its folder, rebuilt, copied there and back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

import indexer
from indexer import errors
from indexer.cli import cli
from indexer.engines.connection import Connection
from indexer.index.copy import copy
from indexer.index.location import Location
from indexer.model import AnalyzedDocument
from tests.index.test_copy import answers, asked, made_documents, stored
from tests.support import ANALYZER, cluster_urls, make_index, opensearch_pool, write
from tools.opensearch.front import tls_front

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SECRET = "geheim"


@pytest.fixture
def connection() -> Connection:
    """To the cluster, whose indexes are deleted when the tests have ended; nobody looks at the login there."""
    cluster_urls()
    return Connection(opensearch_pool().connection.urls, "u", SECRET, prefix=opensearch_pool().connection.prefix)


@pytest.fixture
def environment(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for commands."""
    monkeypatch.setenv("XUNZHANG_URL", ",".join(connection.urls))
    monkeypatch.setenv("XUNZHANG_PREFIX", connection.prefix)
    monkeypatch.setenv("XUNZHANG_USER", "u")
    monkeypatch.setenv("XUNZHANG_PASSWORD", SECRET)


def near(value: Any) -> Any:
    """What equals a value but for what counting in single precision does to scores."""
    if isinstance(value, dict):
        return {key: near(each) for key, each in value.items()}
    if isinstance(value, list):
        return list(map(near, value))
    return pytest.approx(value, rel=1e-5) if isinstance(value, float) else value


def test_the_folder_says_where_it_is_and_nothing_else(connection: Connection, corpus: Path, tmp_path: Path) -> None:
    with indexer.create_index(tmp_path / "索引", "opensearch", connection=connection) as index:
        index.update([corpus])
        assert index.search("纳税人").total == 1
    assert {entry.name for entry in (tmp_path / "索引").iterdir()} == {"xunzhang.json", "opensearch.json"}
    kept = b"".join(entry.read_bytes() for entry in (tmp_path / "索引").iterdir())
    assert connection.urls[0].encode() in kept and SECRET.encode() not in kept
    with indexer.open_index(tmp_path / "索引", connection=connection) as index:
        assert len(index.update([corpus]).unchanged) == 2
        assert index.stats().engine == "opensearch"


def test_it_goes_to_the_cluster_and_back(connection: Connection, place: Path, tmp_path: Path) -> None:
    with indexer.open_index(place) as index:
        expected, kept = answers(index), stored(index)
    with indexer.copy_index(place, tmp_path / "集群", "opensearch", connection=connection) as there:
        assert answers(there) == near(expected)
        assert stored(there) == kept
    with indexer.copy_index(tmp_path / "集群", tmp_path / "回来") as back:
        assert answers(back) == near(expected)
        assert stored(back) == kept


@pytest.fixture
def target(connection: Connection) -> Iterator[Location]:
    """A place in the cluster that copies go to, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        yield Location(Path(folder) / "集群", "opensearch", connection)


def test_a_copy_there_answers_as_the_original(target: Location) -> None:
    @settings(max_examples=5)
    @given(made=made_documents, queries=asked)
    def check(made: tuple[AnalyzedDocument, ...], queries: list[str]) -> None:
        with (
            tempfile.TemporaryDirectory() as folder,
            make_index("whoosh", Path(folder), made) as index,
            copy(index._engine, ANALYZER, target, replace_existing=True) as copied,
        ):
            assert stored(copied) == stored(index)
            assert answers(copied, queries) == near(answers(index, queries))
            assert copied.check() == ()

    check()


def run(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    assert SECRET not in result.output
    return result.stdout


@pytest.mark.usefixtures("environment")
def test_commands_find_it_by_its_folder(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "索引"
    assert "新增 2" in run("index", corpus, "--index", folder, "--engine", "opensearch")
    assert "未变 2" in run("index", corpus, "--index", folder)
    assert "共 1 段" in run("search", "纳税人", "--index", folder)
    assert "opensearch" in run("stats", "--index", folder)
    assert "完好" in run("check", "--index", folder)
    write(corpus / "三.txt", "新的一份。")
    assert "新增 3" in run("index", corpus, "--index", folder, "--rebuild")  # on the cluster it was on
    assert "opensearch" in run("stats", "--index", folder)
    run("copy", tmp_path / "本地", "--index", folder)
    assert "共 3 篇" in run("list", "--index", tmp_path / "本地")
    assert "移除 1" in run("remove", "语料/三.txt", "--index", folder)


@pytest.mark.usefixtures("environment")
def test_the_page_and_the_api_are_asked_of_it(connection: Connection, corpus: Path, tmp_path: Path) -> None:
    import webui

    with indexer.create_index(tmp_path / "索引", "opensearch", connection=connection) as index:
        index.update([corpus])
    with indexer.open_index(tmp_path / "索引") as index:
        client = webui.create_app(index).test_client()
        assert client.get("/api/v1/search?q=纳税人").json["total"] == 1
        assert "纳税人" in client.get("/?q=纳税人").text
        assert client.get("/healthz").status_code == 200


@pytest.mark.skipif(not (NGINX and shutil.which("openssl")), reason="nginx or openssl is not installed")
def test_a_login_and_a_certificate_are_needed_where_they_are_asked_for(
    connection: Connection, corpus: Path, tmp_path: Path
) -> None:
    with tls_front(connection.urls, "u", SECRET) as (url, certificate):
        right = replace(connection, urls=(url,), ca=certificate, timeout_s=30)
        with indexer.create_index(tmp_path / "索引", "opensearch", connection=right) as index:
            index.update([corpus])
            assert index.search("纳税人").total == 1
        for wrong, said in (
            (replace(right, password=f"{SECRET}?"), "不让登录"),
            (replace(right, user=None, password=None), "不让登录"),
            (replace(right, ca=None), "连不上"),
        ):
            with pytest.raises(errors.IndexUnavailable, match=said) as caught:
                indexer.open_index(tmp_path / "索引", connection=wrong)
            assert SECRET not in str(caught.value)
