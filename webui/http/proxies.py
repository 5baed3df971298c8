"""Reverse proxies before this site: what they say of the client's own request is believed, if it can be true.

A header that a proxy does not set itself it may pass on as it came from the client, so each value is held to the form
that a proxy could mean. Above all the path: every link of a page begins with it, and ``//evil.example`` is another
host.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.middleware.proxy_fix import ProxyFix

from webui.http.networks import is_address

# Segments of a path (RFC 3986, section 3.3, and UTF-8 as it is), each with a slash before it; none of dots alone.
_PREFIX = re.compile(r"(/(?!\.{1,2}(/|\Z))[\w.~!$&'()*+,;=:@%\x80-\xff-]+)*/?", re.ASCII)
_SCHEME = re.compile(r"https?")


def behind(app: WSGIApplication, count: int) -> WSGIApplication:
    """Put an application behind some reverse proxies, each of which adds its own value to the ``X-Forwarded-`` headers.

    Args:
        app: what is behind them.
        count: how many there are, at least 1.
    """
    return ProxyFix(_Plausible(app), x_for=count, x_proto=count, x_host=count, x_port=0, x_prefix=count)


def is_prefix(path: str) -> bool:
    """Say whether a site can stand below a path: empty, or segments that are not."""
    return path in ("", "/") or _PREFIX.fullmatch(path) is not None


class _Plausible:
    """Takes back what ``ProxyFix`` read of a header, if no proxy can have meant it; ``Host`` is checked elsewhere."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        before = environ["werkzeug.proxy_fix.orig"]
        for name, is_plausible in _CHECKS.items():
            value = environ.get(name, "")
            if value != before[name] and not is_plausible(value):
                environ[name] = before[name] or ""
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "").rstrip("/")
        return self._app(environ, start_response)


def _is_scheme(scheme: str) -> bool:
    return _SCHEME.fullmatch(scheme) is not None


_CHECKS = {"SCRIPT_NAME": is_prefix, "wsgi.url_scheme": _is_scheme, "REMOTE_ADDR": is_address}
