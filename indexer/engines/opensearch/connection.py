"""Where a cluster is and how it is spoken to, from arguments or the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from indexer.errors import BadParameter

URL = "XUNZHANG_URL"
USER = "XUNZHANG_USER"
PASSWORD = "XUNZHANG_PASSWORD"
CA = "XUNZHANG_CA"


@dataclass(frozen=True, slots=True)
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
        """Who logs in may stand in an address (``https://user:password@host``), where it must not stay."""
        parts = [urlsplit(url) for url in self.urls]
        for part in parts:
            if part.username and not self.user:
                object.__setattr__(self, "user", unquote(part.username))
                object.__setattr__(self, "password", unquote(part.password or ""))
        bare = (part._replace(netloc=part.netloc.rpartition("@")[2]) for part in parts)
        object.__setattr__(self, "urls", tuple(part.geturl().rstrip("/") for part in bare))

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
            raise BadParameter("没有说 OpenSearch 在哪里。", f"请给出 url=，或设环境变量 {URL}（几个节点用逗号隔开）。")
        return made
