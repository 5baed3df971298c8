"""A token that all must have who ask: programs in the header ``Authorization``, people in a cookie after signing in.

The cookie holds an expiry and its HMAC under the token, so nothing is kept here, a new token ends all sessions, and the
token itself is in no browser's store. It is ``HttpOnly`` and ``SameSite=Strict``: a page elsewhere cannot use it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

import indexer
from indexer.errors import BadParameter, XunzhangError
from webui.http.json_response import answer_json
from webui.rendering.templates import render
from webui.strings import say
from webui.urls import mount

COOKIE = "xunzhang_session"
# Seconds until one has to sign in again.
SESSION = 7 * 24 * 3600
# Characters of a token at least: nobody guesses 16 random ones.
SHORTEST = 16

# Of the corpus these say nothing, or, the last, how much there is.
_OPEN = ("/sign-in", "/static/", "/widget.js", "/index.json", "/api/v1/openapi.json", "/healthz")
_TOKEN = re.compile(r"[\x21-\x7e]+")


def check_token(token: str) -> str:
    """Check that a token can be sent in a header and not be guessed.

    Raises:
        BadParameter: it is too short, or has other characters than visible ASCII.
    """
    if len(token) < SHORTEST or not _TOKEN.fullmatch(token):
        hint = "可以这样生成：python3 -c 'import secrets; print(secrets.token_urlsafe())'"
        raise BadParameter(f"口令至少要有 {SHORTEST} 个字符，只能是 ASCII 字母、数字和标点，没有空格。", hint)
    return token


def install(scaffold: Flask | Blueprint, token: str | None) -> None:
    """Ask for the token, if there is one, before anything of the corpus is told."""
    if token is None:
        return
    check_token(token)

    @scaffold.before_request
    def ask() -> Response | None:
        """Let through who has the token; a browser asks with OPTIONS before it sends it."""
        if request.method == "OPTIONS" or mount.path().startswith(_OPEN) or _has_header(token) or _has_cookie(token):
            return None
        return _refuse(is_wrong=False)

    @scaffold.after_request
    def keep_private(response: Response) -> Response:
        """Let no cache between here and the reader give the answer to somebody else."""
        if not mount.path().startswith(_OPEN):
            response.cache_control.private = True
            response.vary.update(("Authorization", "Cookie"))
        return response


def add_routes(routes: Blueprint, token: str | None) -> None:
    """Add ``/sign-in``, where there is a token."""
    if token is None:
        return

    @routes.post("/sign-in")
    def sign_in() -> AnyResponse:
        """Give a session to who has the token, and lead on to where one wanted to go."""
        if not _is_same(request.form.get("token", "").strip(), token):
            return _refuse(is_wrong=True)
        response = redirect(_within_site(request.form.get("next", "")), 303)
        response.set_cookie(
            COOKIE,
            _session(token, int(time.time()) + SESSION),
            SESSION,
            path=f"{mount.root()}/",
            secure=request.is_secure,
            httponly=True,
            samesite="Strict",
        )
        return response


def _refuse(*, is_wrong: bool) -> Response:
    if mount.is_for_programs():
        error = XunzhangError(say("no_token"), say("no_token_hint"))
        error.code = "unauthorized"
        response = answer_json(indexer.error_to_dict(error), 401)
    else:
        target = request.form.get("next", "") if is_wrong else f"{request.script_root}{request.full_path}"
        page = render("sign_in.html", status=401, is_wrong=is_wrong, next=_within_site(target))
        response = Response(page, 401, mimetype="text/html")
    response.headers["WWW-Authenticate"] = 'Bearer realm="xunzhang"'
    response.cache_control.no_store = True
    return response


def _within_site(target: str) -> str:
    """Return an address to lead on to, or the first page: nobody is to be sent elsewhere from here."""
    parts, home = urlsplit(target.replace("\\", "/")), f"{mount.root()}/"
    if parts.scheme or parts.netloc or not parts.path.startswith(home) or parts.path.startswith("//"):
        return home
    return target


def _has_header(token: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and _is_same(given.strip(), token)


def _has_cookie(token: str) -> bool:
    given = request.cookies.get(COOKIE, "")
    expiry = given.partition(".")[0]
    if not (expiry.isascii() and expiry.isdigit() and len(expiry) < 12 and int(expiry) > time.time()):
        return False
    return _is_same(given, _session(token, int(expiry)))


def _session(token: str, expiry: int) -> str:
    digest = hmac.new(token.encode(), f"xunzhang session {expiry}".encode(), hashlib.sha256).hexdigest()
    return f"{expiry}.{digest}"


def _is_same(given: str, wanted: str) -> bool:
    """Compare in a time that tells nothing of how much is right."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
