"""What runs the program elsewhere: as far as it can be checked where there is no such place."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml

from indexer.cli import cli, settings
from tests.support import ROOT

COMPOSE = yaml.safe_load((ROOT / "packaging" / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
NODES = {name: service for name, service in SERVICES.items() if name.startswith("opensearch-")}
OURS = {name: service for name, service in SERVICES.items() if name not in NODES}


def test_the_nodes_are_one_cluster_of_the_version_that_is_tested() -> None:
    tested = (ROOT / "tools" / "opensearch" / "pom.xml").read_text("utf-8")
    assert len(NODES) == 3
    for name, node in NODES.items():
        told = node["environment"]
        assert told["node.name"] == name
        assert {
            tuple(told[key].split(",")) for key in ("discovery.seed_hosts", "cluster.initial_cluster_manager_nodes")
        } == {tuple(NODES)}
        assert f"<version>{node['image'].rpartition(':')[2]}." in tested
        (volume,) = node["volumes"]
        assert volume.partition(":")[0] in COMPOSE["volumes"]
    assert len({node["volumes"][0] for node in NODES.values()}) == 3


def test_nothing_but_the_page_can_be_reached_and_that_from_this_machine_only() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"search"}
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["search"]["ports"])
    assert all(node["networks"] == ["cluster"] for node in NODES.values())
    assert COMPOSE["networks"]["cluster"]["internal"] is True


@pytest.mark.parametrize("name", OURS)
def test_ours_are_told_what_the_program_knows(name: str) -> None:
    service = OURS[name]
    command, *words = service["command"]
    cli.commands[command].make_context(command, words)
    known = {settings.variable_of(each) for each in settings.NAMES} | {"XUNZHANG_TOKEN"}
    assert set(service["environment"]) <= known
    assert set(service["depends_on"]) == set(NODES)
    urls = service["environment"].get("XUNZHANG_URL", "")
    assert re.findall(r"http://([\w-]+):9200", urls) in ([], list(NODES))
    assert service["read_only"] is True


def test_ours_are_built_with_extras_that_there_are() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    build = SERVICES["search"]["build"]
    assert (ROOT / "packaging" / build["context"]).resolve() == ROOT
    assert set(build["args"]["EXTRAS"].split(",")) <= set(project["optional-dependencies"])
    assert "opensearch" in build["args"]["EXTRAS"]
    assert "install --no-cache-dir" in dockerfile and '".[$EXTRAS]"' in dockerfile
    assert re.search(r"^ARG EXTRAS=all$", dockerfile, re.M)


def test_files_that_the_image_is_made_of_are_let_into_it() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text("utf-8"), re.M)
    assert {name for line in copied for name in line.split()} == let_in
    assert all((ROOT / name).exists() for name in let_in)


def test_units_run_commands_that_there_are() -> None:
    units = sorted((ROOT / "packaging").glob("*.service"))
    assert len(units) == 2
    for unit in units:
        (line,) = re.findall(r"^ExecStart=\S+/xunzhang (.+)$", unit.read_text("utf-8"), re.M)
        command, *words = line.split()
        cli.commands[command].make_context(command, words)
