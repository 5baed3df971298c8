"""What is handed on: the source distribution, what git ignores, the changelog."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import indexer
from tools import audit

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SDIST = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["sdist"]
# Where indexes go, and what hatchling takes along by itself.
LEFT_OUT = {"index", ".gitignore"}


def git(*words: str) -> list[str]:
    """The names that git lists."""
    run = subprocess.run(["git", *words, "-z"], capture_output=True, text=True, cwd=ROOT, check=False)
    if run.returncode:
        pytest.skip("not a git checkout")
    return [name for name in run.stdout.split("\0") if name]


def test_all_that_is_committed_is_in_the_source_distribution() -> None:
    tops = {name.partition("/")[0] for name in git("ls-files")}
    assert {f"/{top}" for top in tops - LEFT_OUT} == set(SDIST["include"])


def test_all_that_the_source_distribution_names_is_there() -> None:
    assert [name for name in SDIST["include"] if not (ROOT / name[1:]).exists()] == []


def test_nothing_of_the_source_is_ignored() -> None:
    """What git ignores is also missing from the distributions, and nobody notices in a checkout."""
    ignored = git("ls-files", "--others", "--ignored", "--exclude-standard", "--", "indexer", "webui", "tests", "docs")
    assert [name for name in ignored if "__pycache__" not in name] == []


def test_every_module_and_file_that_make_runs_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    modules = {name for name in re.findall(r"python -m ([\w.]+)", makefile) if name.startswith(("bench", "tools"))}
    assert len(modules) > 4
    files = {name: ROOT / name.replace(".", "/") for name in modules}
    runs = {name: path / "__main__.py" if path.is_dir() else path.with_suffix(".py") for name, path in files.items()}
    assert [name for name, path in runs.items() if not path.is_file()] == []
    assert "constraints.txt" in makefile and (ROOT / "constraints.txt").is_file()


def test_make_help_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile.replace("\\\n", ""), re.M)
    told = set(re.findall(r'@echo "make ([\w-]+)', makefile))
    assert set(phony.split()) - told == {"help", "env"}  # the one that tells, and a step of the others


def test_the_changelog_says_what_the_on_disk_format_of_today_brought(tmp_path: Path) -> None:
    indexer.create_index(tmp_path / "index").close()
    number = json.loads((tmp_path / "index" / "xunzhang.json").read_text("utf-8"))["format"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^\| {number} \| \w+ \| .+ \|$", changelog, re.M)
    unreleased = changelog.partition("## Unreleased")[2].partition("\n## ")[0]
    assert re.findall(r"On-disk format (\d+)", unreleased) == [str(number)]


def test_the_changelog_has_an_entry_for_this_version() -> None:
    assert re.search(rf"^## {re.escape(indexer.__version__)}\b", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)


# Versions that are known to be bad, and the first that is not.
KNOWN_BAD = {
    "lxml": ("5.3.0", "5.3.2", "5.4.0"),  # the libxml2 in its wheels: CVE-2024-56171, CVE-2025-32414, CVE-2025-32415
    "waitress": ("2.1.2", "3.0.0", "3.0.1"),  # CVE-2024-49768, CVE-2024-49769
    "werkzeug": ("3.0.6", "3.1.3", "3.1.4"),  # CVE-2025-66221
}


@pytest.mark.parametrize("name", KNOWN_BAD)
def test_no_version_that_is_known_to_be_bad_can_be_installed(name: str) -> None:
    (wanted,) = (each for each in map(Requirement, PROJECT["dependencies"]) if each.name == name)
    *bad, good = KNOWN_BAD[name]
    assert [version for version in bad if version in wanted.specifier] == []
    assert good in wanted.specifier


def test_what_is_recorded_is_what_is_allowed() -> None:
    recorded = audit.pinned((ROOT / "constraints.txt").read_text("utf-8"))
    wanted = [Requirement(each) for each in PROJECT["dependencies"]]
    found = {each.name: recorded[each.name.lower().replace("_", "-")] for each in wanted}
    assert [each.name for each in wanted if found[each.name] not in each.specifier] == []
