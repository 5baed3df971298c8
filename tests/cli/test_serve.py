"""Commands that offer an index to others: what they say when they cannot."""

from __future__ import annotations

import socket

import pytest

from tests.cli.conftest import Run


def test_a_port_in_use_is_said_so(indexed: Run) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        result = indexed("serve", "--port", busy.getsockname()[1])
    assert result.exit_code == 1
    assert "端口已被占用。请换一个端口" in result.stderr


@pytest.mark.parametrize(("host", "says"), [("1.2.3.4", "本机没有这个地址"), ("没有.invalid", "没有这个主机名或地址")])
def test_an_address_that_cannot_be_had_is_no_matter_of_ports(indexed: Run, host: str, says: str) -> None:
    result = indexed("serve", "--host", host, "--port", "0")
    assert result.exit_code == 1
    assert says in result.stderr
    assert "--host" in result.stderr
    assert "--port" not in result.stderr
