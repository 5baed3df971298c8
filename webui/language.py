"""Which language a page speaks: the one chosen by its switch, else the first the browser asks for that there is."""

from __future__ import annotations

from flask import Flask, Response, request

from webui import strings

# The switch's parameter, and the cookie that remembers it; seconds that it does.
PARAMETER = "lang"
REMEMBERED = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Let pages speak the reader's language. Programs get Chinese, as from the command line."""

    @app.before_request
    def choose() -> None:
        """Speak this request's language."""
        strings.speak(strings.LANGUAGES[0] if _is_for_programs() else _chosen() or _preferred())

    @app.after_request
    def remember(response: Response) -> Response:
        """Keep what the switch chose; caches must not give one reader's language to another."""
        if not _is_for_programs() and response.mimetype == "text/html":
            response.vary.update(("Accept-Language", "Cookie"))
            if request.args.get(PARAMETER) in strings.LANGUAGES:
                response.set_cookie(PARAMETER, request.args[PARAMETER], REMEMBERED, httponly=True, samesite="Lax")
        return response

    @app.teardown_request
    def forget(_: BaseException | None) -> None:
        """The next request of this thread chooses for itself."""
        strings.speak(strings.LANGUAGES[0])


def _is_for_programs() -> bool:
    return request.path.startswith(("/api/", "/healthz"))


def _chosen() -> str | None:
    for source in (request.args, request.cookies):
        if (language := source.get(PARAMETER)) in strings.LANGUAGES:
            return language
    return None


def _preferred() -> str:
    """By Accept-Language, whose tags may name regions; the first language where it names none that there is."""
    for tag, _ in request.accept_languages:
        if (language := tag.split("-")[0].lower()) in strings.LANGUAGES:
            return language
    return strings.LANGUAGES[0]
