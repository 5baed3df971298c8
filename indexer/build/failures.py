"""What goes wrong while a file is read → the failure of that file."""

from __future__ import annotations

from indexer.errors import ReadError

# Characters of an error that are told.
_LONGEST = 200


def as_read_error(error: Exception) -> ReadError:
    """What went wrong while a file was read, prepared or analysed, as a failure of that file."""
    if isinstance(error, ReadError):
        return error
    if isinstance(error, MemoryError):
        return ReadError("读它用的内存超过了上限。", "请把它拆小，或者用 --memory 多给一些内存。")
    if isinstance(error, RecursionError):
        return ReadError("嵌套得太深，读不了。", "请把它拆小，或者另存为纯文本。")
    what = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST]
    return ReadError(f"读的时候程序出了错（{what}）。", "其他文件不受影响；请把这个文件和这句话报告给开发者。")
