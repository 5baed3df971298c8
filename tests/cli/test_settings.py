"""What is set once for all commands: where it is looked for, what comes first, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import cli, settings
from indexer.errors import BadParameter
from tests.cli.conftest import Run
from tests.support import write


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of this user, which are not there at first."""
    file = tmp_path / "用户" / settings.FILE
    monkeypatch.setattr(settings, "own_file", lambda: file)
    (tmp_path / "项目" / "深处").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "项目" / "深处")
    return file


def held(**environment: str) -> dict[str, object]:
    return {name: each.value for name, each in settings.load(Path.cwd(), environment).items()}


def test_they_are_found_from_the_folder_upward_then_those_of_the_user_and_the_environment_is_first(
    own: Path, tmp_path: Path
) -> None:
    assert held() == {}
    write(own, "port = 1\ncache-mb = 1\nhost = '::1'\n")
    write(tmp_path / "项目" / settings.FILE, "port = 2\ncache-mb = 2\n")
    assert held() == {"port": 2, "cache-mb": 2, "host": "::1"}
    assert held(XUNZHANG_PORT="3", XUNZHANG_CACHE_MB="") == {"port": "3", "cache-mb": 2, "host": "::1"}
    write(tmp_path / "项目" / "深处" / settings.FILE, "port = 4\n")
    assert held() == {"port": 4, "cache-mb": 1, "host": "::1"}  # the nearest file alone, as other tools do


def test_a_command_takes_what_it_has_an_option_for(tmp_path: Path) -> None:
    write(tmp_path / "项目" / "语料" / "甲.txt", "数据安全。")
    write(tmp_path / "项目" / settings.FILE, "index = '索引'\npaths = ['语料']\nport = 9000\nprune = true\n")
    assert "新增 1" in CliRunner().invoke(cli, ["index"]).stdout
    assert (tmp_path / "项目" / "索引" / "xunzhang.json").is_file()  # beside the file, not where we are
    (tmp_path / "项目" / "语料" / "甲.txt").unlink()
    write(tmp_path / "项目" / "语料" / "乙.txt", "别的。")
    assert "新增 1，移除 1" in CliRunner().invoke(cli, ["index"]).stdout
    assert "共 1 篇" in CliRunner().invoke(cli, ["list"]).stdout


def test_the_command_line_comes_before_all(run: Run, corpus: Path, tmp_path: Path) -> None:
    write(tmp_path / "项目" / settings.FILE, "index = '别处'\n")
    run("index", corpus)
    assert not (tmp_path / "项目" / "别处").exists()


def test_mcp_takes_only_its_index() -> None:
    command = cli.commands["mcp"]
    given = {name: settings.Setting(name, 1, "f", Path()) for name in ("port", "host")}
    given["index"] = settings.Setting("index", "索引", "f", Path("甲"))
    assert settings.defaults(command, given) == {"folder": str(Path("甲/索引"))}
    assert set(settings.defaults(cli.commands["serve"], given | {"host": given["index"]})) == {"folder", "host", "port"}


def test_nothing_that_decides_who_can_ask_is_taken_from_a_folder_that_is_opened() -> None:
    text = [settings.Setting(name, "x", "f", Path()) for name in settings.NAMES]
    names = {name for name, _ in settings._of_command(cli.commands["open"])}
    assert names == {
        "userdict",
        "synonyms",
        "embedder",
        "port",
        "follow-links",
        "max-file-mb",
        "max-seconds",
        "ocr",
        "ocr-language",
    }
    assert len(text) > len(names)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("prot = 1", "没有这个设置：prot；是不是 port"),
        ("[serve]\nport = 1", "没有这个设置：serve"),
        ("port = 'x'", "port 要是 0 到 65535 之间的整数"),
        ("port = 99999", "port 要是 0 到 65535 之间的整数"),
        ("port = true", "port 要是 0 到 65535 之间的整数"),
        ("port = [1]", "port 要是 0 到 65535 之间的整数"),
        ("host = 1", "host 要是一个字符串"),
        ("index = 1", "index 要是一个字符串"),
        ("max-seconds = 'x'", "max-seconds 要是数"),
        ("originals = 'ja'", "originals 要是 true 或 false"),
        ("originals = 1", "originals 要是 true 或 false"),
        ("allow-origin = 'https://a.example'", "allow-origin 要是字符串的列表"),
        ("allow-origin = [1]", "allow-origin 要是字符串的列表"),
        ("port = 1\nport = 2\n", "从第 2 行起不是 TOML"),
        ("port = [", "不是 TOML"),
        (b"index = '\xff'", "不是 UTF-8 文本"),
    ],
)
def test_what_is_wrong_is_named_with_the_file(tmp_path: Path, text: str | bytes, says: str) -> None:
    file = tmp_path / "项目" / settings.FILE
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = CliRunner().invoke(cli, ["serve"])
    assert (result.exit_code, says in result.stderr, str(file) in result.stderr) == (2, True, True), result.stderr


def test_a_wrong_variable_is_named() -> None:
    result = CliRunner().invoke(cli, ["serve"], env={"XUNZHANG_ORIGINALS": "maybe"})
    assert (result.exit_code, "XUNZHANG_ORIGINALS" in result.stderr) == (2, True)


def test_variables_hold_lists_and_switches(tmp_path: Path) -> None:
    serve, index = cli.commands["serve"], cli.commands["index"]
    environment = {"XUNZHANG_ALLOW_ORIGIN": "https://a.example,https://b.example", "XUNZHANG_ORIGINALS": "true"}
    taken = settings.defaults(serve, settings.load(tmp_path, environment))
    assert taken == {"allow_origin": ["https://a.example", "https://b.example"], "originals": True}
    paths = settings.defaults(index, settings.load(tmp_path, {"XUNZHANG_PATHS": f"{tmp_path / '甲'}:乙"}))
    assert paths == {"paths": [str(tmp_path / "甲"), str(Path.cwd() / "乙")]}


def test_the_language_may_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XUNZHANG_LANG")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    write(tmp_path / "项目" / settings.FILE, "lang = 'en'\n")
    assert "Show this help." in CliRunner().invoke(cli, ["list", "--help"]).stdout
    assert "显示这个说明。" in CliRunner().invoke(cli, ["--lang", "zh", "list", "--help"]).stdout


def test_config_says_what_holds_and_where_from(own: Path, tmp_path: Path) -> None:
    assert str(own) in CliRunner().invoke(cli, ["config"]).stdout
    write(tmp_path / "项目" / settings.FILE, "originals = true\n")
    told = json.loads(CliRunner().invoke(cli, ["config", "--json"], env={"XUNZHANG_PORT": "81"}).stdout)
    assert told["files"] == [str(tmp_path / "项目" / settings.FILE)]
    assert list(told["settings"]) == list(settings.NAMES)
    assert told["settings"]["originals"] == {"value": True, "source": told["files"][0]}
    assert told["settings"]["port"] == {"value": "81", "source": "XUNZHANG_PORT"}
    assert told["settings"]["host"] == {"value": "127.0.0.1", "source": None}
    printed = CliRunner().invoke(cli, ["config"], env={"XUNZHANG_PORT": "81"}).stdout
    assert "originals      true" in printed
    assert "XUNZHANG_PORT" in printed


def test_a_value_that_cannot_be_is_no_default() -> None:
    with pytest.raises(BadParameter):
        settings.defaults(cli.commands["serve"], {"port": settings.Setting("port", "x", "f", Path())})


class TestEmbedders:
    def test_a_folder_is_meant_from_the_file(self, tmp_path: Path) -> None:
        write(tmp_path / "项目" / settings.FILE, "embedder = 'onnx:模型/小'\n")
        assert held() == {"embedder": f"onnx:{tmp_path / '项目' / '模型' / '小'}"}

    def test_a_function_is_only_the_users_own_to_name(self, own: Path, tmp_path: Path) -> None:
        write(own, "embedder = 'python:tests.support:embed'\n")
        assert held() == {"embedder": "python:tests.support:embed"}
        write(tmp_path / "项目" / settings.FILE, "embedder = 'python:tests.support:embed'\n")
        with pytest.raises(BadParameter, match="python"):
            held()

    def test_the_environment_may_name_one(self) -> None:
        assert held(XUNZHANG_EMBEDDER="python:tests.support:embed") == {"embedder": "python:tests.support:embed"}
