"""Addresses of clients: which of them are one client's, and which are those of proxies that are trusted."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from indexer.errors import BadParameter

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
LOOPBACK: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1"))


def parse_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Read addresses and networks, ``192.0.2.1`` or ``172.18.0.0/16``.

    Raises:
        BadParameter: one that is neither.
    """
    return tuple(map(_parse_network, texts))


def is_within(address: str | None, networks: Sequence[Network]) -> bool:
    """Say whether an address is in one of some networks; what is no address is in none."""
    found = _parse_address(address)
    return found is not None and any(found in network for network in networks)


def is_address(text: str) -> bool:
    """Say whether a text is an address of IPv4 or IPv6."""
    return _parse_address(text) is not None


def network_of(address: str | None) -> str:
    """Return what one client holds: an address, or the first 64 bits of IPv6, within which it may take any.

    What is no address is all one client, empty.
    """
    found = _parse_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found or "")


def _parse_network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError as error:
        raise BadParameter(f"“{text}”不是 IP 地址或网段。", "请写成 192.0.2.1 或 172.18.0.0/16。") from error


def _parse_address(text: str | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read an address, one of IPv4 also as IPv6 writes it (``::ffff:192.0.2.1``)."""
    try:
        found = ipaddress.ip_address((text or "").partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found
