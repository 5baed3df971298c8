"""Files that LibreOffice opens for us: what is said where it is missing, fails or hangs; none of it is needed here."""

from __future__ import annotations

import os
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.documents import libreoffice
from indexer.errors import ReadError
from tests.documents.conftest import Read
from tests.documents.formats.packages import docx, paragraph, run
from tests.documents.formats.sheets.workbooks import compound

OLD = compound("WordDocument", b"")
TODAY = '<w:fldSimple w:instr="DATE \\@ yyyy"><w:r><w:t>2026年11月28日</w:t></w:r></w:fldSimple>'


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of LibreOffice, which each test writes."""
    path = tmp_path / "soffice"
    monkeypatch.setattr(libreoffice, "program", lambda: str(path))
    return path


def writes(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize(
    ("name", "newer"), [("甲.doc", "docx"), ("甲.DOCX", "docx"), ("甲.wps", "docx"), ("甲.ppt", "pptx")]
)
def test_without_it_the_way_out_is_said(read: Read, monkeypatch: pytest.MonkeyPatch, name: str, newer: str) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    with pytest.raises(ReadError, match="LibreOffice，还没有安装") as caught:
        read(name, OLD)
    assert "apt install" in caught.value.hint
    assert f"另存为 {newer}" in caught.value.hint


def test_one_with_a_password_is_not_even_opened(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    for name in ("甲.doc", "甲.ppt", "甲.docx"):
        with pytest.raises(ReadError, match="密码"):
            read(name, OLD + "EncryptedPackage".encode("utf-16-le"))


def test_what_is_no_binary_document_needs_none(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    rtf = rb"{\rtf1\ansi\ansicpg936 \'d5\'fd\'ce\'c4\par}"
    page = "<html><head><title>信</title></head><body><p>正文</p></body></html>"
    saved = f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{page}"
    for content in (docx(paragraph("正文")), rtf, page, saved, "正文\n", "正文".encode("gbk")):
        assert [block.text for block in read("甲.doc", content).blocks] == ["正文"]


@pytest.mark.parametrize("damaged", [OLD[:512], OLD[:1024], OLD[:1024] + b"\x93" * 5000, OLD[:8] + b"\x93" * 9000])
@pytest.mark.parametrize("name", ["甲.doc", "甲.ppt", "甲.docx"])
def test_a_damaged_one_is_not_opened_lest_its_bytes_are_taken_for_text(
    read: Read, monkeypatch: pytest.MonkeyPatch, name: str, damaged: bytes
) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)  # which is asked for before a whole one is opened
    with pytest.raises(ReadError, match="损坏"):
        read(name, damaged)
    with pytest.raises(ReadError, match="没有安装"):
        read(name, OLD)


@pytest.mark.skipif("os.name != 'posix'", reason="the program of these tests is a script of a shell")
class TestWithAProgram:
    def test_what_it_makes_is_read_without_the_dates_that_it_computed(
        self, read: Read, office: Path, tmp_path: Path
    ) -> None:
        made = tmp_path / "made.docx"
        made.write_bytes(docx(paragraph("正文") + paragraph(run("打印于") + TODAY)))
        writes(
            office,
            f'for last; do :; done; mkdir "$(dirname "$last")/out"; cp {made} "$(dirname "$last")/out/document.docx"',
        )
        assert [block.text for block in read("甲.doc", OLD).blocks] == ["正文", "打印于"]
        assert [block.text for block in read("甲.docx", made.read_bytes()).blocks] == ["正文", "打印于2026年11月28日"]

    def test_each_file_has_a_profile_of_its_own_without_macros(self, read: Read, office: Path, tmp_path: Path) -> None:
        seen = tmp_path / "seen"
        writes(
            office,
            f'profile=${{1#-env:UserInstallation=file://}}; echo "$profile" >> {seen}; cat "$profile"/user/* >> {seen}',
        )
        for _ in range(2):
            with pytest.raises(ReadError):
                read("甲.doc", OLD)
        said = seen.read_text("utf-8").splitlines()
        profiles = [line for line in said if line.startswith("/")]
        assert len(set(profiles)) == 2
        assert not any(Path(profile).exists() for profile in profiles)
        assert sum("DisableMacrosExecution" in line for line in said) == 2

    def test_what_it_cannot_open_is_damaged_or_locked(self, read: Read, office: Path) -> None:
        writes(office, "exit 0")
        with pytest.raises(ReadError, match="损坏，或者有密码"):
            read("甲.doc", OLD)

    def test_one_that_hangs_is_ended_with_what_it_started(
        self, read: Read, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pid = tmp_path / "pid"
        writes(office, f"sleep 1000 & echo $! > {pid}.new; mv {pid}.new {pid}; wait")
        wait = subprocess.Popen.wait

        def impatient(process: subprocess.Popen[bytes], timeout: float | None = None) -> int:
            if timeout is None:
                return wait(process)
            until(pid.exists)
            raise subprocess.TimeoutExpired("soffice", timeout)

        monkeypatch.setattr(subprocess.Popen, "wait", impatient)
        with pytest.raises(ReadError, match="不读了"):
            read("甲.doc", OLD)
        until(lambda: is_gone(int(pid.read_text())))


def until(is_so: Callable[[], bool]) -> None:
    """Wait for what must come to be."""
    while not is_so():
        time.sleep(0.05)


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody asked about yet is still named."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):  # it ended just now, or the system has no such file
        return False
