"""Which language a page speaks: the one chosen by its switch, else the first the browser asks for that there is."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request

from webui import strings
from webui.urls import mount

# The switch's parameter, and the cookie that remembers it, named so that no other of the same host is meant; seconds
# that it does.
PARAMETER = "lang"
COOKIE = "xunzhang_lang"
REMEMBERED = 365 * 24 * 3600


def install(scaffold: Flask | Blueprint) -> None:
    """Let pages speak the reader's language. Programs get Chinese, as from the command line."""

    @scaffold.before_request
    def choose() -> None:
        """Speak this request's language."""
        strings.speak(strings.LANGUAGES[0] if mount.is_for_programs() else _chosen() or _preferred())

    @scaffold.after_request
    def remember(response: Response) -> Response:
        """Keep what the switch chose; caches must not give one reader's language to another."""
        if not mount.is_for_programs() and response.mimetype == "text/html":
            response.vary.update(("Accept-Language", "Cookie"))
            if request.args.get(PARAMETER) in strings.LANGUAGES:
                chosen, path = request.args[PARAMETER], f"{mount.root()}/"
                response.set_cookie(COOKIE, chosen, REMEMBERED, path=path, httponly=True, samesite="Lax")
        return response

    @scaffold.teardown_request
    def forget(_: BaseException | None) -> None:
        """Let the next request of this thread choose for itself."""
        strings.speak(strings.LANGUAGES[0])


def _chosen() -> str | None:
    for language in (request.args.get(PARAMETER), request.cookies.get(COOKIE)):
        if language in strings.LANGUAGES:
            return language
    return None


def _preferred() -> str:
    """Choose by Accept-Language, whose tags may name regions; the first language where it names none that there is."""
    for tag, _ in request.accept_languages:
        if (language := tag.split("-")[0].lower()) in strings.LANGUAGES:
            return language
    return strings.LANGUAGES[0]
