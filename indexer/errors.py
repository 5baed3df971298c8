"""Everything that can go wrong, as one tree. Only ``cli`` turns these into exit codes, only ``webui`` into HTTP.

    XunzhangError
    ├── UsageError            the caller asked for something that cannot be asked        CLI 2, HTTP 400
    │   ├── QuerySyntaxError  a query the strict parser refuses; has ``position``
    │   ├── QueryTooLong      a query over the limit of code points
    │   ├── BadParameter      an option, filter or parameter out of its range
    │   └── NotFound          no such document, passage or path                          HTTP 404
    ├── ReadError             one file cannot be read; the others go on                  CLI 1
    ├── CannotListen          the server cannot have the address it was told             CLI 1
    ├── WorkersFailed         the processes that should answer die                       CLI 1
    ├── ExtraMissing          a library that an extra brings is not installed            CLI 1
    └── IndexUnavailable           the index cannot be used now                               CLI 1, HTTP 503
        ├── IndexMissing      nothing there yet
        ├── IndexMismatch     built by another format, dictionary or parser
        ├── IndexDamaged      files are missing, or not what was written
        ├── IndexBusy         another build holds the lock
        └── EngineMissing     the engine's library is not installed

Every error carries a ``message`` (one sentence: what is wrong) and a ``hint`` (one sentence: the way out), both in
Chinese, and a stable ``code`` for programs.
"""

from __future__ import annotations

import errno
import re
import shlex

_REASONS = {
    errno.ENOENT: "没有这个文件或目录",
    errno.ENOTDIR: "路径中间有一段不是目录",
    errno.EISDIR: "这是一个目录",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "符号链接绕成了圈",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EAGAIN: "系统给的资源（例如进程数）已用完",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}

_RIGHTS = "请检查文件和目录的权限。"
_FILES = "请调高允许同时打开的文件数（ulimit -n），或少开几个进程。"
_SPACE = "请腾出磁盘空间。"
_WAYS_OUT = {
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: "请换一个可以写的地方，或把磁盘挂载成可写的。",
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EFBIG: "请放宽文件大小的限制（ulimit -f），或换一个磁盘。",
    errno.EIO: "请检查磁盘和它的连接，再试一次。",
    errno.EMFILE: _FILES,
    errno.ENFILE: _FILES,
    errno.ENOMEM: "请腾出内存再试，或放宽对本程序内存的限制。",
}


def reason(error: OSError | UnicodeError) -> str:
    """What the system says is wrong, in Chinese, without a full stop."""
    if isinstance(error, UnicodeError):
        return "不是 UTF-8 文本"
    return _REASONS.get(error.errno or 0) or f"系统错误 {error.errno or type(error).__name__}"


def way_out(error: OSError) -> str:
    """What to do about what the system says is wrong, as a sentence in Chinese."""
    return _WAYS_OUT.get(error.errno or 0, "请检查路径、权限和磁盘。")


class XunzhangError(Exception):
    """Base of all errors of this project."""

    code = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message + self.hint


class UsageError(XunzhangError):
    """The caller asked for something that cannot be asked."""

    code = "usage"


class QuerySyntaxError(UsageError):
    """The strict parser refuses the query.

    Attributes:
        position: code points from the start of the query to the place of the fault.
    """

    code = "query_syntax"

    def __init__(self, message: str, position: int, hint: str = "") -> None:
        super().__init__(message, hint)
        self.position = position


class QueryTooLong(UsageError):
    """The query has more code points than are allowed."""

    code = "query_too_long"


class BadParameter(UsageError):
    """An option, filter or parameter is out of its range."""

    code = "bad_parameter"


class NotFound(UsageError):
    """No such document, passage or path."""

    code = "not_found"


class ReadError(XunzhangError):
    """One file cannot be read."""

    code = "unreadable"


class CannotListen(XunzhangError):
    """The server cannot have the address or port it was told."""

    code = "cannot_listen"


class WorkersFailed(XunzhangError):
    """The processes that should answer die before they can."""

    code = "workers_failed"


class ExtraMissing(XunzhangError, ImportError):
    """A library that an extra brings is not installed; an ``ImportError`` too, for those who guard an import."""

    code = "extra_missing"


class IndexUnavailable(XunzhangError):
    """The index cannot be used now."""

    code = "index_unavailable"


class IndexMissing(IndexUnavailable):
    """There is no index in that folder yet."""

    code = "index_missing"


class IndexMismatch(IndexUnavailable):
    """The index was built by another format, dictionary, segmenter or parser."""

    code = "index_mismatch"


class IndexDamaged(IndexUnavailable):
    """Files of the index are missing, or are not what was written."""

    code = "index_damaged"


class IndexBusy(IndexUnavailable):
    """Another build holds the lock."""

    code = "index_busy"


class EngineMissing(IndexUnavailable):
    """The engine is unknown or its library is not installed."""

    code = "engine_missing"


def rebuild_hint(folder: object, sources: str = "目录") -> str:
    """The one way out of an index that cannot be used: build it anew; the old one stays till then.

    Args:
        folder: where it is.
        sources: what it is made from, as words of a command.
    """
    return f"请重建：xunzhang index {sources} --index {shell_word(folder)} --rebuild"


def shell_word(path: object) -> str:
    """A path as one word of a command, quoted where a shell would take it for anything else."""
    word = str(path)
    return word if re.fullmatch(r"[\w@%+=:,./-]+", word) else shlex.quote(word)
