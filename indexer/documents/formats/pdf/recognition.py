"""Text recognised from the image of a page by the program Tesseract.

The program is called as it is: what a binding (pytesseract) adds are temporary files, what one that is linked
(tesserocr) needs is a compiler, and neither ends a page that takes too long any better.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pypdfium2

from indexer.documents.formats.pdf.characters import is_wide, typed
from indexer.documents.formats.pdf.glyphs import Glyph
from indexer.errors import BadParameter, ReadError
from indexer.model import Recognition

# What Tesseract is made for, and the pixels of the largest page that is drawn so finely.
_DOTS_PER_INCH, _MOST_PIXELS = 300, 30_000_000
_POINTS_PER_INCH = 72
# What Tesseract writes: columns, levels of lines and words, the confidence, of 100, below which a word is dirt.
_COLUMNS, _LINE, _WORD, _LEAST_CONFIDENCE = 12, "4", "5", 30.0
# Points by which a character stands right of the one before it at least.
_LEAST_STEP = 0.1
_INSTALL = (
    "Debian、Ubuntu：sudo apt install tesseract-ocr tesseract-ocr-chi-sim；"
    "macOS：brew install tesseract tesseract-lang；"
    "Windows：装 Tesseract 时勾选中文，并把它的目录加进 PATH。或者去掉 --ocr。"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as Tesseract found it: its box and words with theirs, left, top, width and height in pixels."""

    box: tuple[int, int, int, int]
    words: list[tuple[tuple[int, int, int, int], str]]


def require(recognition: Recognition) -> None:
    """Check that the program and its languages are there.

    Raises:
        BadParameter: one of them is not.
    """
    if _program() is None:
        raise BadParameter("要识别文字，但没有找到 Tesseract。", f"请先安装。{_INSTALL}")
    missing = [name for name in recognition.languages.split("+") if name not in _languages()]
    if missing:
        raise BadParameter(f"Tesseract 没有装语言 {'、'.join(missing)}。", f"请先安装它的语言包。{_INSTALL}")


def recognized(page: pypdfium2.PdfPage, recognition: Recognition) -> list[Glyph]:
    """Return what can be read on the image of a page, as glyphs from its lower left.

    Raises:
        ReadError: the page takes longer than it may, or Tesseract fails.
    """
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, (_MOST_PIXELS / (width * height)) ** 0.5)
    table = _run(_image(page, scale), recognition)
    return [glyph for line in _lines(table) for glyph in _glyphs(line, scale, height)]


def _image(page: pypdfium2.PdfPage, scale: float) -> bytes:
    """A page in grey, as PGM."""
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        pixels = bytes(bitmap.buffer)
        rows = (pixels[start : start + bitmap.width] for start in range(0, len(pixels), bitmap.stride))
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)
    finally:
        bitmap.close()


def _run(image: bytes, recognition: Recognition) -> str:
    """What Tesseract writes of an image, as a table with tabs."""
    command = [_program() or "tesseract", "stdin", "stdout", "-l", recognition.languages]
    command += ["--dpi", str(_DOTS_PER_INCH), "tsv"]
    one_core = os.environ | {"OMP_THREAD_LIMIT": "1"}  # others read beside it
    try:
        done = subprocess.run(command, input=image, capture_output=True, timeout=recognition.page_seconds, env=one_core)
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"识别一页用了 {recognition.page_seconds:g} 秒还没有完。") from error
    except OSError as error:
        raise ReadError("Tesseract 运行不了。", f"请重新安装。{_INSTALL}") from error
    if done.returncode:
        raise ReadError(f"Tesseract 出错了：{' '.join(done.stderr.decode('utf-8', 'replace').split())[:200]}。")
    return done.stdout.decode("utf-8", "replace")


def _lines(table: str) -> Iterator[_Line]:
    """The lines, with the words that are read with some confidence."""
    line: _Line | None = None
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != _COLUMNS or cells[0] not in (_LINE, _WORD):
            continue
        box = (int(cells[6]), int(cells[7]), int(cells[8]), int(cells[9]))
        if cells[0] == _LINE:
            if line and line.words:
                yield line
            line = _Line(box, [])
        elif line and cells[11].strip() and float(cells[10]) >= _LEAST_CONFIDENCE:
            line.words.append((box, cells[11].strip()))
    if line and line.words:
        yield line


def _glyphs(line: _Line, scale: float, height: float) -> Iterator[Glyph]:
    """The characters of a line in its order, each with its share of the width of its word.

    The boxes of words overlap, and their heights say little: all characters are as high as the line.
    """
    top, bottom = height - line.box[1] / scale, height - (line.box[1] + line.box[3]) / scale
    size = max(round(line.box[3] / scale * 2) / 2, 1.0)
    left, before = 0.0, ""
    for (x, _, width, _), word in line.words:
        characters = [found for character in word if (found := typed(ord(character)))]
        shares = [1.0 if is_wide(character) else 0.5 for character in characters]
        right = x / scale
        for character, share in zip(characters, shares, strict=True):
            begin, right = right, right + share / sum(shares) * width / scale
            left = max(begin, left + _LEAST_STEP)
            spaced = begin == x / scale and _is_letter(before) and _is_letter(character)
            yield Glyph(character, left, bottom, max(right, left), top, size, bold=False, spaced=spaced)
            before = character


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _program() -> str | None:
    return shutil.which("tesseract")


@cache
def _languages() -> frozenset[str]:
    try:
        listed = subprocess.run([_program() or "tesseract", "--list-langs"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(listed.stdout.decode("utf-8", "replace").split())
