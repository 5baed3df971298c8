"""What every template may use, and whether a page is rendered whole or as the part that a script swaps in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from urllib.parse import quote, urlencode

from flask import Blueprint, Flask, Response, request
from jinja2 import DictLoader, Environment, PackageLoader
from jinja2.runtime import Context
from markupsafe import Markup, escape

import indexer
from webui import strings
from webui.rendering import highlights, messages
from webui.rendering.escaping import EscapingTemplate
from webui.urls import language, mount, permalinks

# The header by which a script asks for a page without its frame.
PART = "X-Part"
_CHINESE = re.compile("[0-9]*[\u4e00-\u9fff〇][0-9\u4e00-\u9fff〇]*")
# What scripts say; the names of kinds of suggestions are those of the API.
SCRIPT_WORDS = (
    "suggestions",
    "recent",
    "opened",
    "open",
    "saved",
    "filters_kept",
    "forget_one",
    "forget",
    "heading",
    "topic",
    "document",
    "word",
    "copied",
    "copy_failed",
    "find_failed",
    "values_found",
)


_environment: ContextVar[Environment] = ContextVar("environment")


def install(scaffold: Flask | Blueprint, others: Mapping[str, object]) -> None:
    """Set up the templates in an environment of their own, so that those of an application around never meet it.

    Args:
        scaffold: an application, or the part of one that this site is.
        others: what templates may use beside what is common to all sites, by name.
    """
    environment = _make_environment(others)

    @scaffold.before_request
    def enter() -> None:
        _environment.set(environment)

    @scaffold.after_request
    def tell_parts_apart(response: Response) -> Response:
        """Keep no part: going back must never show one alone."""
        if response.mimetype == "text/html":
            response.vary.add(PART)
            if PART in request.headers:
                response.cache_control.no_store = True
        return response


def render(template: str, **context: object) -> str:
    """Render a template of this request's site, whole or as the part that a script swaps in."""
    frame = "part.html" if PART in request.headers else "base.html"
    return _environment.get().get_template(template).render(frame=frame, **context)


class _Context(Context):
    """Calls functions as they are: whether one wants the context need not be asked some 500 times a page, none does."""

    def call(self, function: Callable[..., object], /, *args: object, **values: object) -> object:
        """Call a function or a macro of a template."""
        values.pop("_block_vars", None)  # which Jinja adds for those that want the context
        values.pop("_loop_vars", None)
        return function(*args, **values)


def _make_environment(others: Mapping[str, object]) -> Environment:
    environment = Environment(loader=_read_now(), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.context_class = _Context
    environment.template_class = EscapingTemplate
    environment.globals.update(
        say=strings.say,
        root=mount.root,
        languages=_languages,
        script_words=_script_words,
        warning_text=messages.of_warning,
        role_name=messages.of_role,
        longest_query=indexer.MAX_QUERY,
        typed=_typed,
        mark=highlights.mark,
        mark_parts=highlights.mark_parts,
        write_runs=highlights.write_runs,
        marked=highlights.marked,
        heading_ranges=highlights.heading_ranges,
        cell_ranges=highlights.cell_ranges,
        permalink=indexer.permalink,
        citation=_citation,
        **others,
    )
    environment.filters["breakable"] = highlights.breakable
    environment.filters["tell_chinese"] = _tell_chinese
    return environment


def _read_now() -> DictLoader:
    """Return the templates as they are when the site is made: of a program that is replaced while it serves, new ones
    would ask the old one for what it does not have.
    """
    environment = Environment()
    files = PackageLoader("webui")
    return DictLoader({name: files.get_source(environment, name)[0] for name in files.list_templates()})


def _typed() -> str:
    """What was asked, where it could not be answered: it stays in the box, to be mended there."""
    return "" if mount.is_too_long() else request.args.get("q", "").encode("utf-8", "replace").decode()


def _script_words() -> dict[str, str]:
    """Look up what the scripts of the page say."""
    return {word: strings.say(f"script_{word}") for word in SCRIPT_WORDS}


def _citation(hit: indexer.Hit) -> str:
    """Cite a hit as it stands below a copied passage."""
    return indexer.cite(hit.document, hit.passage, indexer.CITATION_STYLES[0], permalinks.of_passage(hit.passage))


def _tell_chinese(sentence: str) -> Markup:
    """Mark the Chinese examples of a sentence as Chinese, where the sentence itself is in another language."""
    if strings.spoken() == strings.LANGUAGES[0]:
        return escape(sentence)
    return Markup(_CHINESE.sub(r'<span lang="zh">\g<0></span>', str(escape(sentence))))


def _languages() -> Iterator[tuple[str, str, str]]:
    """List tag, name and address of this page in each language; no address for the one that it is in."""
    path, others = _this_page()
    for each in strings.LANGUAGES:
        table = strings.table(each)
        address = f"{path}?{urlencode([*others, (language.PARAMETER, each)])}"
        yield table["html_lang"], table["language_name"], "" if each == strings.spoken() else address


def _this_page() -> tuple[str, list[tuple[str, str]]]:
    r"""Return path and parameters of this page, quoted so that ``/\evil.example`` is no other host.

    Of an address that is too long nothing is repeated, which alone could take seconds: the first page stands for it.
    """
    if mount.is_too_long():
        return f"{mount.root()}/", []
    others = [(name, value) for name, value in request.args.items(multi=True) if name != language.PARAMETER]
    return f"{request.script_root}{quote(request.path, errors='replace')}", others
