"""Options of the commands that read files."""

from __future__ import annotations

import click
from click.core import ParameterSource

from indexer.cli.localized_click import option
from indexer.cli.strings import say
from indexer.errors import UsageError
from indexer.model import Recognition
from indexer.sources.source_file import MAX_FILE_BYTES, MAX_SECONDS

FOLLOW_LINKS_OPTION = option("--follow-links", is_flag=True, help="option_follow_links")
MAX_FILE_OPTION = option(
    "--max-file-mb",
    type=click.IntRange(1, 1 << 20),
    default=MAX_FILE_BYTES >> 20,
    show_default=True,
    help="option_max_file_mb",
)
MAX_SECONDS_OPTION = option(
    "--max-seconds",
    type=click.FloatRange(0.1, 86400),
    default=MAX_SECONDS,
    show_default=True,
    help="option_max_seconds",
)
OCR_OPTION = option("--ocr", is_flag=True, help="option_ocr")
OCR_LANGUAGE_OPTION = option(
    "--ocr-language",
    default=Recognition().languages,
    show_default=True,
    help="option_ocr_language",
)


def recognition_of(*, ocr: bool, ocr_language: str) -> Recognition | None:
    """What the two options ask for.

    Raises:
        UsageError: a language was typed, and nothing is to be recognised.
    """
    if ocr:
        return Recognition(ocr_language)
    if click.get_current_context().get_parameter_source("ocr_language") is ParameterSource.COMMANDLINE:
        raise UsageError(say("ocr_language_alone"), say("ocr_language_alone_hint", language=ocr_language))
    return None
