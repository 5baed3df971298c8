"""The handbook says what the program does: commands, options, names, links, code."""

from __future__ import annotations

import re
import shlex
import subprocess
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

import indexer
import webui
from indexer.cli import cli
from indexer.engines import ENTRIES
from indexer.evaluation.questions import load_questions
from webui import strings
from webui.embed import widget
from webui.urls.state import NAMES

ROOT = Path(__file__).parent.parent
TOPS = ("indexer", "webui", "tests", "bench", "tools", "docs", "examples")
NAMED = rf"`((?:{'|'.join(TOPS)})/[\w./-]*)`"
NAMED_SHORTLY = rf"`((?:(?:{'|'.join(TOPS)})/[\w./-]*|[\w/]+\.py))`"
PAGES = [
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs-en").glob("*.md")),
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
]
FOR_DEVELOPERS = [ROOT / f"{name}.md" for name in ("ARCHITECTURE", "CONTRIBUTING", "CHANGELOG", "SECURITY")]
BESIDE_THE_TESTS = [ROOT / "tests" / "compat" / "README.md", ROOT / "tests" / "golden" / "searches" / "README.md"]
ALL_PAGES = [*PAGES, *FOR_DEVELOPERS, *BESIDE_THE_TESTS]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)


def fenced(language: str) -> list[tuple[str, str]]:
    """Name of the page and text of each fenced block of a language, of commands where it is empty."""
    return [
        (page.name, text)
        for page in PAGES
        for found, text in FENCED.findall(page.read_text("utf-8"))
        if found == language
    ]


def options(command: click.Command) -> set[str]:
    return {name for parameter in command.params if isinstance(parameter, click.Option) for name in parameter.opts}


def test_every_command_and_option_is_in_the_handbook() -> None:
    page = (ROOT / "docs" / "04-命令行.md").read_text("utf-8")
    for name, command in cli.commands.items():
        assert f"xunzhang {name}" in page, name
        assert [option for option in options(command) - {"--help", "-h"} if f"`{option}`" not in page] == [], name


def test_every_question_of_the_handbook_has_its_answer_there() -> None:
    """A heading that is renumbered would count as a question that is answered wrong."""
    questions = load_questions(ROOT / "bench" / "questions.jsonl")
    headed = {
        (document.path, indexer.section_value(passage.section))
        for document, passages in indexer.read([ROOT / "docs"])
        for passage in passages
    }
    golds = [gold for question in questions for gold, _ in question.gold if not isinstance(gold, str)]
    assert len(golds) == len(questions)
    assert [gold for gold in golds if (gold["file"], gold["section"]) not in headed] == []


COMMANDS = [(name, line) for name, text in fenced("") for line in text.splitlines() if line.startswith("xunzhang ")]


@pytest.mark.parametrize(("name", "line"), COMMANDS)
def test_commands_can_be_typed_as_they_are_printed(name: str, line: str) -> None:
    _, command, *words = shlex.split(line)
    arguments = list(takewhile(lambda word: word not in ("|", "<", ">"), words))  # the rest is another program's
    cli.commands[command].make_context(command, arguments)


def test_the_handbook_says_of_every_engine_what_it_can_do() -> None:
    page = (ROOT / "docs" / "14-多台机器.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", page.partition("## 二、")[0], re.M))
    assert told == {
        name: " | ".join(
            "是" if can else "否"
            for can in (
                entry.capabilities.persistent,
                entry.capabilities.concurrent_readers,
                entry.capabilities.exact_scores,
                entry.capabilities.vectors,
            )
        )
        for name, entry in ENTRIES.items()
    }


def test_every_public_name_is_in_the_handbook() -> None:
    page = (ROOT / "docs" / "05-Python接口.md").read_text("utf-8")
    assert [name for name in indexer.__all__ if not re.search(rf"\b{name}\b", page, re.A)] == []


def page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", ALL_PAGES, ids=page_name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
        if not target.startswith("http"):
            assert (page.parent / unquote(target)).exists(), target


@pytest.mark.parametrize("page", ALL_PAGES, ids=page_name)
def test_modules_and_folders_are_named_as_they_are(page: Path) -> None:
    """``indexer/query/spans.py``, ``query/spans.py`` and ``spans.py`` all name the same module."""
    pattern = NAMED if page in PAGES else NAMED_SHORTLY  # the handbook names files of its readers, too
    known = [f"/{path.relative_to(ROOT).as_posix()}" for top in TOPS for path in (ROOT / top, *(ROOT / top).rglob("*"))]
    for named in re.findall(pattern, page.read_text("utf-8")):
        assert any(path.endswith(f"/{named.rstrip('/')}") for path in known), named


def test_modules_are_named_at_all() -> None:
    assert all(len(re.findall(NAMED_SHORTLY, page.read_text("utf-8"))) > 10 for page in FOR_DEVELOPERS[:2])


BLOCKS = fenced("python")


@pytest.mark.parametrize(("name", "code"), BLOCKS, ids=[f"{name}-{at}" for at, (name, _) in enumerate(BLOCKS)])
def test_python_examples_run(name: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    if "open_index(" in code:
        for folder in ("index/手册", "index/handbook"):
            indexer.create_index(folder).close()
    for _ in range(2):  # who tries an example tries it again
        namespace: dict[str, object] = {}
        with ThreadPoolExecutor(max_workers=1) as thread:  # in this one Playwright may keep a loop running
            thread.submit(exec, compile(code, name, "exec"), namespace).result()
        assert namespace["indexer"] is indexer


def test_make_targets_named_in_the_readmes_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for page in PAGES:
        for target in re.findall(r"\bmake ([a-z]+)\b", page.read_text("utf-8")):
            if target != "are":
                assert re.search(rf"^{target}:", makefile, re.M), (page.name, target)
    for page in FOR_DEVELOPERS:  # whose prose may make anything
        for target in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text("utf-8"), re.M):
            assert re.search(rf"^{target}:", makefile, re.M), (page.name, target)


def test_a_busy_port_is_answered_in_the_words_of_make(tmp_path: Path) -> None:
    _, _, rest = (ROOT / "Makefile").read_text("utf-8").partition("\ndemo: env\n")
    recipe = re.sub(r"^\t@?", "", rest.partition("\n\n")[0], flags=re.M)
    (tmp_path / "xunzhang").write_text("#!/bin/sh\n[ $1 = index ] || exit $STATUS\n")
    (tmp_path / "xunzhang").chmod(0o755)
    script = recipe.replace("$(BIN)", shlex.quote(str(tmp_path))).replace("$(PORT)", "8000").replace("$$", "$")
    for status, said in ((0, False), (1, True), (2, False)):
        run = subprocess.run(
            ["sh", "-c", script], capture_output=True, text=True, check=False, env={"STATUS": f"{status}"}
        )
        assert (run.returncode, "make demo PORT=8001" in run.stdout) == (status, said), run


def test_the_handbook_names_every_address_key_and_parameter_of_the_web(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "06-网页与API.md").read_text("utf-8")
    (tmp_path / "甲.txt").write_text("数据安全", "utf-8")
    with indexer.create_index(tmp_path / "index", engine="memory") as index:
        index.update([tmp_path / "甲.txt"])
        rules = [rule.rule.partition("<")[0] for rule in webui.create_app(index).url_map.iter_rules()]
        body = indexer.results_to_dict(index.search("数据"))
    assert [
        rule for rule in rules if f"`{rule}" not in page and f"`GET {rule}" not in page and rule != "/static/"
    ] == []
    names = [*body, *body["hits"][0], *NAMES]
    assert [name for name in names if f"`{name}`" not in page] == []


@pytest.mark.parametrize(
    ("page", "key"),
    [
        ("06-网页与API.md", "previous_hit"),
        ("06-网页与API.md", "next_hit"),
        ("06-网页与API.md", "footer_json"),
        ("06-网页与API.md", "facet_all"),
        ("06-网页与API.md", "chart_title"),
        ("06-网页与API.md", "whole"),
        ("06-网页与API.md", "around"),
        ("06-网页与API.md", "copy_cited"),
        ("06-网页与API.md", "only_this_document"),
        ("06-网页与API.md", "group_document"),
        ("06-网页与API.md", "collapse_text"),
        ("06-网页与API.md", "scope_section"),
        ("06-网页与API.md", "tier_exact"),
        ("10-常见问题.md", "match_label"),
        ("10-常见问题.md", "match_all"),
        ("10-常见问题.md", "scope_section"),
    ],
)
def test_the_handbook_quotes_the_page(page: str, key: str) -> None:
    assert f"“{strings.table('zh')[key].partition('（')[0]}”" in (ROOT / "docs" / page).read_text("utf-8")


def test_nothing_committed_names_a_registry_or_this_machine() -> None:
    listing = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT, check=False)
    names = [name for name in listing.stdout.split("\0") if name and not name.endswith(".png")]
    if listing.returncode:
        pytest.skip("not a git checkout")
    registries = ("py" + "pi.org", "files.python" + "hosted", "npm" + "js.org", "/work" + "/main", "/ro" + "ot/")
    guilty = [name for name in names if any(word in (ROOT / name).read_text("utf-8", "replace") for word in registries)]
    assert guilty == []


def test_the_handbook_names_all_of_the_widget() -> None:
    page = (ROOT / "docs" / "12-嵌入其他程序.md").read_text("utf-8").partition("\n## 五、")[2]
    script = widget.script()
    variables = re.findall(r"var\((--xunzhang-[\w-]+)", script)
    parts = re.findall(r'\bmake\("\w+",\s*"([\w-]+)"', script) + re.findall(r'\.part\s*=\s*"(\w+)"', script)
    attributes = [
        name
        for found in re.findall(r"(?:FILTERS|ATTRIBUTES)\s*=\s*\[(.*?)\]", script)
        for name in re.findall(r'"(\w+)"', found)
    ]
    events = [f"xunzhang:{name}" for name in re.findall(r'#tell\("(\w+)"', script)]
    assert min(map(len, (variables, parts, attributes, events))) >= 3
    names = {*variables, *parts, *attributes, *events} - {"hidden"}  # what only screen readers get
    assert sorted(name for name in names if f"`{name}`" not in page) == []
