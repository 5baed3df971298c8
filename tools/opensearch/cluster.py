"""Nodes as processes: one OpenSearch each, which make one cluster on the loopback."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import secrets
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from tools.opensearch.problems import CannotStart
from tools.opensearch.program import Program

_HOST = "127.0.0.1"
# Of these each node has two, by chance: another cluster may be about to take those that are free now. What the system
# gives to whoever connects is above them.
_PORTS = range(20_000, 30_000)
# Seconds: from a start till all is green, and from the wish to end till the end, at most; and between two looks.
PATIENCE = 300.0
_LAST_WORDS = 60.0
_LOOK = 0.2
_ANSWER = 10.0
# Conditions of one query: a question of a thousand characters is taken apart into some 4,000.
_MOST_CLAUSES = 16_384
# A port may be taken between the look at it and its use.
_ATTEMPTS = 3
_STATE = "cluster.json"
# Never by a proxy that the environment names.
_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


@dataclass(slots=True)
class Node:
    """One node, whose data and logs are in ``folder``; started again, it goes on with them at the same address.

    Attributes:
        pid: its process; 0 for none.
    """

    folder: Path
    http_port: int
    transport_port: int
    pid: int = 0

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://{_HOST}:{self.http_port}"

    @property
    def log(self) -> Path:
        """What it printed."""
        return self.folder / "log"

    def start(self, program: Program, settings: Mapping[str, object]) -> None:
        """Start its process, which is not ready yet, with settings of OpenSearch beside those of its address."""
        scratch = self.folder / "tmp"
        scratch.mkdir(parents=True, exist_ok=True)
        own = {"http.port": self.http_port, "transport.port": self.transport_port, "node.name": self.folder.name}
        told = [f"{name}={value}" for name, value in (own | dict(settings)).items()]
        command = [*program.command(scratch), str(self.folder), *told]
        log = (os.POSIX_SPAWN_OPEN, 1, str(self.log), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), log, (os.POSIX_SPAWN_DUP2, 1, 2)]
        self.pid = os.posix_spawn(command[0], command, os.environ, file_actions=files, setsid=True)

    @property
    def is_running(self) -> bool:
        """Whether its process is there; another one that has got its number is not its."""
        if not self.pid:
            return False
        try:
            ended, _ = os.waitpid(self.pid, os.WNOHANG)
        except ChildProcessError:  # another process has started it
            return str(self.folder) in _command_of(self.pid)
        return not ended

    def send(self, number: int) -> None:
        """Send its process a signal, such as ``SIGSTOP``, which makes it slow without end, and ``SIGCONT``."""
        if self.is_running:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Let it end in order, for as long as that takes within reason."""
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        self.send(number)
        deadline = time.monotonic() + _LAST_WORDS
        while self.is_running:
            time.sleep(_LOOK)
            if time.monotonic() > deadline:
                self.send(signal.SIGKILL)
        self.pid = 0


@dataclass(slots=True)
class Cluster:
    """Nodes that make one cluster, in a folder that says so to other processes too.

    Attributes:
        name: tells its nodes from whatever else may answer at their addresses.
    """

    folder: Path
    program: Program
    name: str = field(default_factory=lambda: f"xunzhang-{secrets.token_hex(4)}")
    nodes: list[Node] = field(default_factory=list)

    @property
    def urls(self) -> list[str]:
        """The addresses of all nodes."""
        return [node.url for node in self.nodes]

    def start(self, count: int) -> None:
        """Start so many nodes without any data, and wait till they are one cluster, all green.

        Raises:
            CannotStart: a node ends, or it takes too long; its last words are told.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            self._lay_out(count)
            try:
                for node in self.nodes:
                    self.start_node(node)
                self.wait()
            except CannotStart:
                self.stop()
                if attempt == _ATTEMPTS:
                    raise
            else:
                return

    def start_node(self, node: Node) -> None:
        """Start a node, the first time or again; it is not ready yet."""
        node.start(self.program, self._settings())
        self._save()

    def stop(self) -> None:
        """End all nodes; their logs stay."""
        for node in self.nodes:
            node.send(signal.SIGCONT)
            node.send(signal.SIGTERM)
        for node in self.nodes:
            node.stop()
        self._save()

    def wait(self, patience: float = PATIENCE) -> None:
        """Wait till all nodes that run are one cluster in which every shard is where it belongs.

        Raises:
            CannotStart: a node ends, or it takes longer than ``patience`` seconds.
        """
        running = [node for node in self.nodes if node.pid]
        self.wait_until(lambda: all(self._sees(node, len(running)) for node in running), patience)

    def wait_until(self, true: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait till something is so, looking often.

        Raises:
            CannotStart: a node that should run has ended, or it takes longer than ``patience`` seconds.
        """
        deadline = time.monotonic() + patience
        while not true():
            for node in self.nodes:
                if node.pid and not node.is_running:
                    raise CannotStart(f"OpenSearch 的一个节点自己结束了（记录在 {node.log}）：{_last_words(node.log)}")
            if time.monotonic() > deadline:
                log = self.nodes[0].log
                raise CannotStart(f"等了 {patience:.0f} 秒，OpenSearch 还没有就绪（记录在 {log}）：{_last_words(log)}")
            time.sleep(_LOOK)

    def _sees(self, node: Node, count: int) -> bool:
        """Whether a node sees so many nodes and everything green."""
        about = ask(node.url, "/_cluster/health")
        return (about.get("cluster_name"), about.get("number_of_nodes"), about.get("status")) == (
            self.name,
            count,
            "green",
        )

    def _lay_out(self, count: int) -> None:
        """Make folders and settings of new nodes; those of an earlier attempt go."""
        ports = iter(_free(2 * count))
        self.nodes = [Node(self.folder / f"node{number + 1}", next(ports), next(ports)) for number in range(count)]
        for node in self.nodes:
            shutil.rmtree(node.folder, ignore_errors=True)

    def _settings(self) -> dict[str, object]:
        """What every node is told."""
        settings: dict[str, object] = {
            "cluster.name": self.name,
            "network.host": _HOST,
            "path.repo": self.folder / "snapshots",
            "indices.query.bool.max_clause_count": _MOST_CLAUSES,
            "cluster.routing.allocation.disk.threshold_enabled": "false",  # a disk nearly full makes no test red
        }
        if len(self.nodes) == 1:
            return settings | {"discovery.type": "single-node"}
        return settings | {
            "discovery.type": "zen",
            "discovery.seed_hosts": ",".join(f"{_HOST}:{node.transport_port}" for node in self.nodes),
            "cluster.initial_cluster_manager_nodes": ",".join(node.folder.name for node in self.nodes),
        }

    def _save(self) -> None:
        kept = ("http_port", "transport_port", "pid")
        nodes = [{name: getattr(node, name) for name in kept} | {"folder": str(node.folder)} for node in self.nodes]
        program = {"java": str(self.program.java), "folder": str(self.program.folder), "heap": self.program.heap}
        state = {"name": self.name, "program": program, "nodes": nodes}
        beside = self.folder / f"{_STATE}.new"
        beside.write_text(json.dumps(state), "utf-8")
        beside.replace(self.folder / _STATE)


def load(folder: Path) -> Cluster | None:
    """The cluster that was last started in a folder; None where there was none, or it is not known any more."""
    try:
        state = json.loads((folder / _STATE).read_text("utf-8"))
        nodes = [Node(**each | {"folder": Path(each["folder"])}) for each in state["nodes"]]
        java, jars, heap = (state["program"][name] for name in ("java", "folder", "heap"))
        return Cluster(folder, Program(Path(java), Path(jars), heap), state["name"], nodes)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def ask(url: str, path: str, method: str = "GET", body: Any = None) -> dict[str, Any]:
    """What a node answers, as JSON; nothing where it does not answer in time, or refuses."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data, {"Content-Type": "application/json"}, method=method)
    try:
        with _open(request, timeout=_ANSWER) as response:
            answer = json.load(response)
    except (OSError, ValueError, urllib.error.URLError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _free(count: int) -> list[int]:
    """So many ports that nobody has, by chance."""
    found = list(islice(filter(_is_free, random.sample(_PORTS, len(_PORTS))), count))
    if len(found) < count:
        raise CannotStart(f"本机没有 {count} 个空着的端口。")
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the node does
        try:
            made.bind((_HOST, port))
        except OSError:
            return False
    return True


def _command_of(pid: int) -> str:
    """The command line of a process; empty where there is none, or it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").replace("\0", " ")
    except OSError:
        command = ["ps", "-o", "command=", "-p", str(pid)]
        has_proc = Path("/proc/self").exists()
        return "" if has_proc else subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _last_words(log: Path) -> str:
    """What a node said last that matters."""
    with contextlib.suppress(OSError):
        lines = log.read_text("utf-8", "replace").splitlines()
        told = [line for line in lines if re.search("error|exception|unavailable", line, re.I)] or lines
        return " ".join(told[-3:])[:600]
    return "（没有记录）"
