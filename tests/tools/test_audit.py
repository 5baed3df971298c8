"""An audit is clean only if every dependency was looked up and nothing is known of it."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tools import audit

WANTED = audit.pinned("# made\nFoo_Bar==1.0\nbaz==2.1.post1\n")
FAULT = {"id": "CVE-2099-1", "fix_versions": ["1.1"]}


def told(name: str, version: str, *faults: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "version": version, "vulns": list(faults)}


def report(*dependencies: dict[str, Any]) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


GOOD = told("baz", "2.1.post1")


@pytest.mark.parametrize(("text", "status", "unknown"), [
    (report(told("foo-bar", "1.0"), GOOD), audit.CLEAN, []),
    (report(told("foo-bar", "1.0", FAULT), GOOD), audit.VULNERABLE, []),
    (report(told("foo-bar", "1.0")), audit.INCOMPLETE, ["baz"]),
    (report({"name": "foo-bar", "skip_reason": "not found"}, GOOD), audit.INCOMPLETE, ["foo-bar"]),
    (report(told("foo-bar", "0.9"), GOOD), audit.INCOMPLETE, ["foo-bar"]),
    (report(told("foo-bar", "1.0", FAULT)), audit.INCOMPLETE, ["baz"]),
    (report(), audit.INCOMPLETE, ["foo-bar", "baz"]),
    ("", audit.INCOMPLETE, ["foo-bar", "baz"]),
    ("[]", audit.INCOMPLETE, ["foo-bar", "baz"]),
], ids=range(9))  # fmt: skip
def test_what_was_not_looked_up_is_not_clean(text: str, status: int, unknown: list[str]) -> None:
    outcome = audit.judge(WANTED, text)
    assert (outcome.status, outcome.unknown) == (status, unknown)
    assert outcome.reason == ("not found" if "skip_reason" in text else "")


def test_a_failure_is_told_with_a_way_out(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    failed = subprocess.CompletedProcess([], 1, "", "WARNING:x\nERROR: connection refused\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    assert audit.main() == audit.INCOMPLETE
    told = capsys.readouterr()
    assert "查到 0 个" in told.out
    assert "没有查成" in told.err
    assert "connection refused" in told.err
    assert "pypi.org" in told.err


def test_everything_that_is_pinned_is_wanted() -> None:
    text = audit.CONSTRAINTS.read_text("utf-8")
    assert (
        len(audit.pinned(text)) == len([line for line in text.splitlines() if line and not line.startswith("#")]) > 50
    )
