"""A token that all must have who ask: programs in the header ``Authorization``, people in a cookie after signing in.

The cookie holds an expiry and its HMAC under the token, so no session is kept here, a new token ends all of them, and
the token itself is in no browser's store. It is ``HttpOnly`` and ``SameSite=Strict``: a page elsewhere cannot use it.
Who sends wrong tokens has to wait before the next is looked at.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import re
import time
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

import indexer
from indexer.errors import BadParameter, XunzhangError
from webui.http import errors
from webui.http.guesses import Guesses
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
# What no address has in it as it is: browsers pass over it, and a header would end there.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


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
    guesses = Guesses()

    @scaffold.before_request
    def ask() -> Response | None:
        """Let through who has the token; a browser asks with OPTIONS before it sends it."""
        given, is_signing_in = _given(), _is_signing_in()
        if request.method == "OPTIONS" or (mount.path().startswith(_OPEN) and not is_signing_in):
            return None
        if given and (seconds := guesses.wait(request.remote_addr)):
            return _too_many_guesses(math.ceil(seconds))
        is_right = _is_same(given, token)
        if given and not is_right:
            guesses.count(request.remote_addr)
        return None if is_right or is_signing_in or _has_cookie(token) else _refuse(is_wrong=False)

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

    @routes.get("/sign-in")
    def asked_to_sign_in() -> AnyResponse:
        """Ask for the token who has come here by himself, and lead on who has a session."""
        return redirect(f"{mount.root()}/") if _has_cookie(token) else _asked("", 200)

    @routes.post("/sign-in")
    def sign_in() -> AnyResponse:
        """Give a session to who has the token, and lead on to where one wanted to go."""
        if not _is_same(_given(), token):
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
        response = _asked(target, 401, is_wrong=is_wrong)
    response.headers["WWW-Authenticate"] = 'Bearer realm="xunzhang"'
    response.cache_control.no_store = True
    return response


def _asked(target: str, status: int, *, is_wrong: bool = False) -> Response:
    """Return the page that asks for the token, to lead on to ``target`` then."""
    page = render("sign_in.html", status=status, is_wrong=is_wrong, next=_within_site(target))
    response = Response(page, status, mimetype="text/html")
    response.cache_control.no_store = True
    return response


def _too_many_guesses(seconds: int) -> Response:
    error = XunzhangError(say("too_many_guesses"), say("too_many_guesses_hint", seconds=seconds))
    error.code = "too_many_guesses"
    response = errors.answer(error, 429)
    response.headers["Retry-After"] = str(seconds)
    response.cache_control.no_store = True
    return response


def _within_site(target: str) -> str:
    """Return an address to lead on to, or the first page: nobody is to be sent elsewhere from here."""
    home = f"{mount.root()}/"
    if _CONTROL.search(target):
        return home
    try:
        parts = urlsplit(target.replace("\\", "/"))
    except ValueError:  # brackets that hold no address of IPv6, and the like
        return home
    if parts.scheme or parts.netloc or not parts.path.startswith(home) or parts.path.startswith("//"):
        return home
    return target


def _is_signing_in() -> bool:
    return request.method == "POST" and mount.path() == "/sign-in"


def _given() -> str:
    """Return the token that a request brings, right or wrong, in the header or to sign in; empty where it has none."""
    if _is_signing_in():
        return request.form.get("token", "").strip()
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else ""


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
