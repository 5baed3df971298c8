"""Where a cluster is and how it is spoken to, from arguments or the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from indexer.errors import BadParameter
from indexer.model.records import record

URL = "XUNZHANG_URL"
USER = "XUNZHANG_USER"
PASSWORD = "XUNZHANG_PASSWORD"
CA = "XUNZHANG_CA"

_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


@record
class Connection:
    """Nodes of one cluster, and what indexes are made with.

    Attributes:
        urls: addresses of nodes, tried in turn.
        user: who logs in, None where nobody has to.
        password: never shown, logged or kept.
        ca: a file of certificates to trust beside the system's.
        timeout_s: seconds that one request may take.
        prefix: what the names of all indices begin with.
        shards: of each index made.
        replicas: of each shard made.
    """

    urls: tuple[str, ...]
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None
    timeout_s: float = 30
    prefix: str = "xunzhang"
    shards: int = 1
    replicas: int = 0

    def __post_init__(self) -> None:
        """Who logs in may stand in an address (``https://user:password@host``), where it must not stay.

        Raises:
            BadParameter: an address or a number that is none, or a prefix that names of indices cannot have.
        """
        parts = list(map(_parts, self.urls))
        for part in parts:
            if part.username and not self.user:
                object.__setattr__(self, "user", unquote(part.username))
                object.__setattr__(self, "password", unquote(part.password or ""))
        bare = (part._replace(netloc=part.netloc.rpartition("@")[2]) for part in parts)
        object.__setattr__(self, "urls", tuple(part.geturl().rstrip("/") for part in bare))
        if not _PREFIX.fullmatch(self.prefix):
            raise BadParameter(f"索引名的前缀不能是“{self.prefix}”。", "请用小写字母、数字、- 和 _，以字母或数字开头。")
        if self.shards < 1 or self.replicas < 0 or self.timeout_s <= 0:
            raise BadParameter("分片至少 1 个，副本不能是负数，超时要大于 0 秒。")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, **settings: Any) -> Connection:
        """The connection that the environment names; ``settings`` that are given and not None count before it.

        Raises:
            BadParameter: neither says where the cluster is.
        """
        urls = tuple(environment.get(URL, "").replace(",", " ").split())
        ca = environment.get(CA)
        said = cls(urls, environment.get(USER) or None, environment.get(PASSWORD) or None, Path(ca) if ca else None)
        made = replace(said, **{name: value for name, value in settings.items() if value is not None})
        if not made.urls:
            raise BadParameter("没有说 OpenSearch 在哪里。", f"请给出地址，或设环境变量 {URL}（几个节点用逗号隔开）。")
        return made


def _parts(url: str) -> SplitResult:
    """The parts of an address of a node."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:  # what is before the last @ may be a password
        shown = url.rpartition("@")[2]
        raise BadParameter(f"这不是 OpenSearch 的地址：{shown}。", "请写成 https://主机:9200 的样子。")
    return parts
