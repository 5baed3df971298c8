"""Files of the binary formats of Office 97–2003 made into newer ones by LibreOffice, where it is installed.

One file, one profile, one limit of time: a file that hangs it takes no other with it. It runs no macros and follows no
links. Fields that say when a document was printed or opened it computes anew, so nothing of them is to be believed
(see ``formats.docx.fields``).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.documents.ole import has_directory
from indexer.documents.zip_package import is_old_office
from indexer.errors import ReadError

# Of one conversion, the start of LibreOffice (2 s) included; less than the process of a reader is given.
SECONDS = 100
_PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item></oor:items>
"""


def program() -> str | None:
    """Return the command of LibreOffice; None where it is not installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def convert(content: bytes, suffix: str, target: str) -> bytes:
    """Return a file in another format.

    Args:
        content: the whole file.
        suffix: its ending, ``.doc``.
        target: the format, ``docx``.

    Raises:
        ReadError: LibreOffice is not installed, cannot open the file, or does not finish in time; or the file is a
            damaged one of Office 97–2003, which it would take for text.
    """
    if is_old_office(content) and not has_directory(content):
        raise _unopened(target)
    soffice = program()
    if soffice is None:
        raise ReadError(
            f"读旧版的二进制 {suffix} 文件要用到 LibreOffice，还没有安装。",
            f"请安装 LibreOffice（Debian、Ubuntu：apt install libreoffice-writer libreoffice-impress），"
            f"或用 Word、WPS 打开后另存为 {target}。",
        )
    with TemporaryDirectory(prefix="xunzhang-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"document{suffix}"
        source.write_bytes(content)
        _run(soffice, folder, "--convert-to", target, "--outdir", str(folder / "out"), str(source))
        try:
            return (folder / "out" / f"document.{target}").read_bytes()
        except FileNotFoundError as error:
            raise _unopened(target) from error


def _unopened(target: str) -> ReadError:
    return ReadError("LibreOffice 打不开这个文件：它已经损坏，或者有密码。", f"请用 Word、WPS 打开后另存为 {target}。")


def _run(soffice: str, folder: Path, *arguments: str) -> None:
    """Run LibreOffice to its end, or to that of its time; its processes are a group, so that all of them end."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *arguments]
    with subprocess.Popen(
        [*_bounded(), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise ReadError(
                f"LibreOffice 用了 {SECONDS} 秒还没有打开它，不读了。", "请用 Word、WPS 打开后另存一份，或把它拆小。"
            ) from error
        finally:
            _end(process)


def _bounded() -> list[str]:
    """Return what ends a command even when our own process was ended before, which comes first otherwise."""
    timeout = shutil.which("timeout") if os.name == "posix" else None
    return [timeout, "--signal=KILL", str(SECONDS + 10)] if timeout else []


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
