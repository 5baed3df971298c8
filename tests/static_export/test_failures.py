"""What goes wrong on a static host: the answer says what it is and what to do, and never hangs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import indexer
from indexer.cli import cli
from indexer.errors import BadParameter, IndexUnavailable
from indexer.index.index import Index
from indexer.static_export import export_static
from indexer.static_export.own_files import MANIFEST
from tests.static_export.asking import ask, needs_node

SEARCH = {"q": "数据安全"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, Path]:
    """An index of one document, and its export."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "甲.md").write_text("# 数据安全法\n\n第一条 为了保障数据安全，制定本法。\n", "utf-8")
    index = indexer.create_index(folder / "index")
    index.update([folder / "甲.md"])
    export_static(index, folder / "export")
    return index, folder / "export"


@pytest.fixture
def folder(built: tuple[Index, Path], tmp_path: Path) -> Path:
    """A copy of the export that may be damaged."""
    return Path(shutil.copytree(built[1], tmp_path / "export"))


def _core(folder: Path) -> Path:
    return next(folder.glob("*/core"))


def _replace_files(folder: Path, pattern: str, content: bytes | None) -> None:
    for file in folder.glob(pattern):
        if content is None:
            file.unlink()
        else:
            file.write_bytes(content)


DAMAGES: list[tuple[str, Callable[[Path], None], str]] = [
    ("no index.json", lambda folder: (folder / "index.json").unlink(), "index_missing"),
    ("a page in its place", lambda folder: _replace_files(folder, "index.json", b"<html>"), "index_damaged"),
    ("another format", lambda folder: _replace_files(folder, "index.json", b'{"format": 99}'), "index_mismatch"),
    ("no core", lambda folder: _core(folder).unlink(), "index_damaged"),
    ("half a core", lambda folder: _core(folder).write_bytes(_core(folder).read_bytes()[:500]), "index_damaged"),
    ("no pairs", lambda folder: _replace_files(folder, "*/pairs/*", None), "index_damaged"),
    ("a page for pairs", lambda folder: _replace_files(folder, "*/pairs/*", b"<html>404</html>"), "index_damaged"),
    ("no dictionary", lambda folder: _replace_files(folder, "*/dictionary/*", None), "index_damaged"),
    ("empty texts", lambda folder: _replace_files(folder, "*/texts/*", b""), "index_damaged"),
]


@needs_node
@pytest.mark.parametrize(("name", "damage", "code"), DAMAGES, ids=[name for name, _, _ in DAMAGES])
def test_damage_is_named(folder: Path, name: str, damage: Callable[[Path], None], code: str) -> None:
    damage(folder)
    (said,) = ask(folder, [SEARCH])
    error = said["answer"]["error"]
    assert error["code"] == code
    assert error["message"].endswith("。")
    assert error["hint"].endswith("。")


@needs_node
def test_what_cannot_be_asked_is_refused_as_by_the_server(built: tuple[Index, Path]) -> None:
    index, folder = built
    bad = [{"limit": 101}, {"match": "x"}, {"year": ["2021..2020"]}, {"kind": ["x"]}, {"offset": -1}, {"scope": "x"}]
    for options, said in zip(bad, ask(folder, [SEARCH | options for options in bad]), strict=True):
        with pytest.raises(indexer.errors.XunzhangError) as raised:
            index.search(SEARCH["q"], **options)  # type: ignore[arg-type]
        expected = indexer.error_to_dict(raised.value)
        expected["error"]["hint"] = expected["error"]["hint"].replace("、near", "")  # there are no vectors in an export
        assert said["answer"] == expected
    (said,) = ask(folder, [{"q": "字" * 1001}])
    assert said["answer"]["error"]["code"] == "query_too_long"


@needs_node
def test_a_page_opened_before_a_new_export_says_so_and_recovers(folder: Path, tmp_path: Path) -> None:
    driver = tmp_path / "driver.mjs"
    driver.write_text(
        """
        import { readFile, rename, writeFile } from "node:fs/promises";
        const [folder] = process.argv.slice(2);
        const { open } = await import(`${folder}/engine/engine.js`);
        let online = true;
        const fetchFile = async (url) => {
          if (!online) throw new TypeError("fetch failed");
          return readFile(url).then((bytes) => new Response(bytes), () => new Response("", { status: 404 }));
        };
        const index = await open(folder, { fetch: fetchFile });
        const say = async (q) => {
          const { error } = await index.search({ q });
          console.log(JSON.stringify(error?.code ?? "found"));
        };
        online = false; await say("数据"); online = true; await say("数据");
        await rename(`${folder}/${index.generation}`, `${folder}/000000000000`);
        await writeFile(`${folder}/index.json`, JSON.stringify({ format: 1, generation: "000000000000" }));
        await say("保障"); await say("数据");
        """,
        "utf-8",
    )
    assert ask(folder, [], driver) == ["index_unavailable", "found", "index_changed", "found"]


def test_a_new_export_takes_the_place_of_the_old_one(built: tuple[Index, Path], folder: Path, tmp_path: Path) -> None:
    old = json.loads((folder / "index.json").read_text("utf-8"))["generation"]
    again = export_static(built[0], folder)
    assert again.generation == old
    (tmp_path / "乙.md").write_text("税收\n\n另一份文档。\n", "utf-8")
    with indexer.create_index(tmp_path / "index") as other:
        other.update([tmp_path / "乙.md"])
        new = export_static(other, folder).generation
    assert {entry.name for entry in folder.iterdir()} == {"index.json", "engine", new, MANIFEST}
    assert new != old


def test_a_folder_with_something_else_is_left_alone(built: tuple[Index, Path], tmp_path: Path) -> None:
    (tmp_path / "读我.txt").write_text("别动", "utf-8")
    with pytest.raises(BadParameter):
        export_static(built[0], tmp_path)
    with pytest.raises(BadParameter):
        export_static(built[0], tmp_path / "读我.txt")
    assert [entry.name for entry in tmp_path.iterdir()] == ["读我.txt"]


def test_a_folder_that_cannot_be_written_is_named(built: tuple[Index, Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(IndexUnavailable, match="写不进去"):
        export_static(built[0], tmp_path / "file" / "export")


def test_the_command_says_whether_there_is_a_page(built: tuple[Index, Path], folder: Path) -> None:
    command = ["export-static", str(folder), "--index", str(built[0].path)]
    (folder / "index.html").write_text("别人的", "utf-8")
    said = CliRunner().invoke(cli, command)
    assert said.exit_code == 0, said.output
    assert "留着没动" in said.output
    assert (folder / "index.html").read_text("utf-8") == "别人的"
    assert not (folder / "page").exists()
    (folder / "index.html").unlink()
    again = CliRunner().invoke(cli, command)
    assert "index.html" in again.output
    assert "留着没动" not in again.output
    assert (folder / "page" / "main.js").is_file()
    assert json.loads(CliRunner().invoke(cli, [*command, "--json"]).output)["pages"] is True


def test_an_empty_index_can_be_exported(tmp_path: Path) -> None:
    with indexer.create_index(tmp_path / "index") as index:
        assert export_static(index, tmp_path / "export").passages == 0
    if needs_node.args[0]:
        pytest.skip("没有 node，浏览器里的检索程序跑不起来")
    (said,) = ask(tmp_path / "export", [SEARCH])
    assert said["answer"]["total"] == 0
