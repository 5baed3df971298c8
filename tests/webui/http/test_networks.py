"""Which addresses are one client's, and which are proxies' that are trusted."""

from __future__ import annotations

import pytest

from indexer.errors import BadParameter
from webui.http.networks import LOOPBACK, is_within, network_of, parse_networks


def test_a_network_of_ipv6_is_one_client_and_an_address_of_ipv4_another() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1%eth0") != network_of("2001:db8:0:1::1")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1") != network_of("192.0.2.2")
    assert {network_of(each) for each in (None, "", "evil", "192.0.2", "unix:")} == {""}


def test_trusted_are_those_that_are_named() -> None:
    networks = parse_networks(["172.18.0.0/16", "192.0.2.7", " fd00::/8 "])
    assert all(is_within(each, networks) for each in ("172.18.255.1", "::ffff:172.18.0.1", "192.0.2.7", "fd00::1"))
    assert not any(is_within(each, networks) for each in ("172.19.0.1", "192.0.2.8", "fe80::1", "127.0.0.1", "", None))
    assert is_within("127.9.9.9", LOOPBACK) and is_within("::1", LOOPBACK) and not is_within("128.0.0.1", LOOPBACK)


@pytest.mark.parametrize("text", ["", "proxy.example", "1.2.3.4/33", "1.2.3", "*"])
def test_what_is_no_network_is_refused(text: str) -> None:
    with pytest.raises(BadParameter, match="不是 IP 地址或网段"):
        parse_networks([text])
