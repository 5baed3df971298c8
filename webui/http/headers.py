"""What every answer carries and every request must pass: its Host, its size."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

from flask import Blueprint, Flask, Response, request

from webui.http.errors import refusal
from webui.urls import mount

# Bytes of a request's body at most: all that is ever sent is a token.
MAX_BODY = 1_000
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^\s,/?#@:\[\]]+)(:[0-9]{0,5})?", re.I)  # RFC 9110, section 7.2

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def install(scaffold: Flask | Blueprint, hosts: Sequence[str] | None) -> None:
    """Guard all answers and requests.

    Args:
        scaffold: an application, or the part of one that this site is.
        hosts: names beside those of the loopback that the Host header may carry; None where others see to that.
    """

    @scaffold.after_request
    def add_headers(response: Response) -> Response:
        """Add the policy to an answer."""
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    @scaffold.before_request
    def check_size() -> Response | None:
        """Refuse what is longer than any request to this site."""
        request.max_content_length = MAX_BODY
        request.max_form_parts = 0
        if mount.is_too_long():
            return refusal("too_long", 414)
        return None

    if hosts is not None:
        _check_hosts(scaffold, hosts)


def _check_hosts(scaffold: Flask | Blueprint, hosts: Sequence[str]) -> None:
    served = frozenset((*LOOPBACK, *(host.lower().strip("[]") for host in hosts)))
    anything = any(_is_wildcard(host) for host in served)

    @scaffold.before_request
    def check_host() -> Response | None:
        """Refuse names this server does not go by, so that a page elsewhere cannot reach it by rebinding a name."""
        header = request.headers.get("Host", "")
        host = _host_name(header)
        if host in served or (anything and _is_address(host)):
            return None
        return refusal("bad_host", 421, host=(host or header)[:100])


def _host_name(header: str) -> str:
    """Read the name in a Host header, empty if it is not one name and perhaps a port (two headers arrive as one)."""
    found = _HOST.fullmatch(header)
    return found["name"].lower().strip("[]") if found else ""


def _is_wildcard(host: str) -> bool:
    """Whether listening on ``host`` means listening on every address of the machine."""
    return _is_address(host) and ipaddress.ip_address(host).is_unspecified


def _is_address(host: str) -> bool:
    """A literal address cannot be rebound, so it is as good as its owner."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
