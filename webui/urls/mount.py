"""Where this site stands in the address space of its host, and which of its addresses is requested."""

from __future__ import annotations

from contextvars import ContextVar

from flask import Blueprint, Flask, request, url_for

# Bytes of a request's target at most: a quotation of the longest that are checked, every character of it
# percent-encoded, fits.
MAX_TARGET = 65_536

_root: ContextVar[str] = ContextVar("root", default="")


def install(scaffold: Flask | Blueprint) -> None:
    """Find out for each request below which path the site stands; an application of its own may be mounted too."""

    @scaffold.before_request
    def enter() -> None:
        _root.set(url_for(".home").rstrip("/") if request.blueprint else request.script_root)

    @scaffold.teardown_request
    def leave(_: BaseException | None) -> None:
        _root.set("")


def root() -> str:
    """Return the path below which the site stands, without a slash at its end: ``/search``, empty where it is alone."""
    return _root.get()


def path() -> str:
    """Return the path that is requested, within the site: ``/api/v1/search``."""
    return (request.script_root + request.path).removeprefix(root())


def is_too_long() -> bool:
    """Say whether the address that is requested is longer than any of this site."""
    return len(request.query_string) + len(request.path) > MAX_TARGET


def is_for_programs() -> bool:
    """Say whether programs are answered here, in one language, their errors in JSON, and not people."""
    return path().startswith(("/api/v1/", "/feed.atom", "/healthz", "/opensearch"))
