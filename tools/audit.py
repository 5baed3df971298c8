"""``make audit``: whether any dependency, in the versions of ``constraints.txt``, is known to be vulnerable.

pip-audit asks the package index. Silence is no good news: each dependency has to be told of, and what could not be
looked up fails the audit as a vulnerability does.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CONSTRAINTS = Path(__file__).parent.parent / "constraints.txt"
# Of pip-audit: the pinned versions as they are, without an installation of them to find out what they need.
COMMAND = ("-m", "pip_audit", "--requirement", str(CONSTRAINTS), "--no-deps", "--disable-pip", "--format", "json",
           "--progress-spinner", "off")  # fmt: skip

# Names that are told of what could not be audited.
_NAMED = 10

CLEAN, VULNERABLE, INCOMPLETE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an audit has found.

    Attributes:
        vulnerable: a sentence for each known fault.
        unknown: names of what could not be audited.
        reason: why not, of the first that says so.
    """

    vulnerable: Sequence[str]
    unknown: Sequence[str]
    reason: str = ""

    @property
    def status(self) -> int:
        """The exit status."""
        if self.unknown:
            return INCOMPLETE
        return VULNERABLE if self.vulnerable else CLEAN


def pinned(constraints: str) -> Mapping[str, str]:
    """Return name → version of all that a file of constraints pins."""
    lines = re.findall(r"^([\w.-]+)==(\S+)", constraints, re.M)
    return {_normalized(name): version for name, version in lines}


def judge(wanted: Mapping[str, str], report: str) -> Outcome:
    """Compare what had to be audited with pip-audit's report, which is empty if it failed as a whole."""
    try:
        dependencies = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        dependencies = []
    told = {_normalized(each["name"]): each for each in dependencies if "vulns" in each}
    unknown = [name for name, version in wanted.items() if told.get(name, {}).get("version") != version]
    vulnerable = [
        f"{each['name']} {each['version']}：{fault['id']}，已在 {'、'.join(fault['fix_versions']) or '（还没有）'} 修复"
        for each in told.values()
        for fault in each["vulns"]
    ]
    reasons = (each["skip_reason"] for each in dependencies if "skip_reason" in each)
    return Outcome(vulnerable, unknown, next(reasons, ""))


def main() -> int:
    """Audit, tell, and return the exit status."""
    run = subprocess.run([sys.executable, *COMMAND], capture_output=True, text=True, check=False)
    wanted = pinned(CONSTRAINTS.read_text("utf-8"))
    outcome = judge(wanted, run.stdout)
    for line in outcome.vulnerable:
        print(line)
    known = len(wanted) - len(outcome.unknown)
    print(f"{len(wanted)} 个依赖：查到 {known} 个，已知的漏洞 {len(outcome.vulnerable)} 个。")
    if outcome.unknown:
        some = "、".join(outcome.unknown[:_NAMED]) + ("……" if len(outcome.unknown) > _NAMED else "")
        print(f"没有查成 {len(outcome.unknown)} 个，不能当作没有漏洞：{some}", file=sys.stderr)
        print(f"原因：{outcome.reason or _last_line(run.stderr)}", file=sys.stderr)
        print("请在连得到 pypi.org 的机器上再运行一次。", file=sys.stderr)
    return outcome.status


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["（没有说什么）"])[-1][:300]


if __name__ == "__main__":
    sys.exit(main())
