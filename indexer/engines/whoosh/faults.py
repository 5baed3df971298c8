"""What can go wrong with the files of an index, and as which error of ours it is told."""

from __future__ import annotations

import errno
import struct
import zlib
from pathlib import Path

from indexer.errors import IndexDamaged, IndexMissing, IndexUnavailable, reason, rebuild_hint, way_out

# What decoding a damaged file raises; that a file is not there is damage too, as its commit names it.
DAMAGE = (
    ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, struct.error, zlib.error,
    FileNotFoundError,
)  # fmt: skip
# What the machine refuses, be the index as it may.
REFUSED = (OSError, MemoryError)


def write_fault(path: Path, error: Exception) -> IndexUnavailable:
    """The error of ours for what writing an index raised."""
    from indexer.engines.whoosh.commits.commit import replaced

    if not path.is_dir():
        return replaced(path)
    refused = _refused(error)
    message = f"索引目录 {path} 写不进去：{reason(refused)}。"
    return IndexUnavailable(message, f"{way_out(refused)}上次提交的内容完好。")


def missing_index(path: Path) -> IndexMissing:
    """The error of ours for a folder without an index."""
    return IndexMissing(f"{path} 里没有索引。", f"请先建索引：xunzhang index 目录 --index {path}")


def read_fault(path: Path, error: Exception) -> IndexUnavailable:
    """The error of ours for what reading an index raised: only what is wrong with its files is damage."""
    if isinstance(error, REFUSED) and not isinstance(error, FileNotFoundError):
        refused = _refused(error)
        return IndexUnavailable(f"索引 {path} 现在读不了：{reason(refused)}。", way_out(refused))
    if not path.is_dir():
        return missing_index(path)
    return IndexDamaged(f"索引 {path} 的文件不完整或已损坏。", rebuild_hint(path))


def _refused(error: Exception) -> OSError:
    """What the system refused; memory, where it was nothing else."""
    return error if isinstance(error, OSError) else OSError(errno.ENOMEM, "")
