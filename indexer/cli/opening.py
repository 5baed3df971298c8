"""The command ``open``: a folder on the page, whatever it takes."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

import indexer
from indexer.cli import exit_codes, messages, settings, stdio
from indexer.cli.index import print_updates
from indexer.cli.localized_click import (
    EMBEDDER_OPTION,
    SYNONYMS_OPTION,
    Command,
    argument,
    command,
    option,
)
from indexer.cli.opened_folders import index_folder
from indexer.cli.reading_options import (
    FOLLOW_LINKS_OPTION,
    MAX_FILE_OPTION,
    MAX_SECONDS_OPTION,
    OCR_LANGUAGE_OPTION,
    OCR_OPTION,
    recognition_of,
)
from indexer.cli.strings import say
from indexer.errors import BadParameter, CannotListen, IndexDamaged, IndexMismatch, XunzhangError

_HOST, _PORT = "127.0.0.1", 8000
# Seconds that the thread which writes may go on while one that answers waits for its turn.
_SWITCHING = 0.001
# Seconds that the update it is at may take to end with the program.
_PATIENCE = 1.0


class _SetInFolder(Command):
    """A command whose settings are looked for from the folder that it is given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take settings for what the command line leaves open."""
        folder = next((Path(each) for each in args if not each.startswith("-") and Path(each).is_dir()), Path.cwd())
        ctx.default_map = settings.defaults(self, settings.load(folder, os.environ))
        return super().parse_args(ctx, args)


@command("open", cls=_SetInFolder)
@argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@option("--userdict", type=click.Path(path_type=Path), help="option_userdict")
@SYNONYMS_OPTION
@EMBEDDER_OPTION
@option("--port", type=click.IntRange(0, 65535), help="option_open_port")
@option("--no-browser", is_flag=True, help="option_no_browser")
@FOLLOW_LINKS_OPTION
@MAX_FILE_OPTION
@MAX_SECONDS_OPTION
@OCR_OPTION
@OCR_LANGUAGE_OPTION
def open_command(
    folder: Path,
    userdict: Path | None,
    synonyms: Path | None,
    embedder: str | None,
    port: int | None,
    max_file_mb: int,
    max_seconds: float,
    ocr_language: str,
    *,
    ocr: bool,
    no_browser: bool,
    follow_links: bool,
) -> None:
    """Index a folder, serve it, and follow its changes."""
    if not folder.is_dir():
        raise BadParameter(say("no_folder", folder=folder), say("no_folder_hint"))
    place = index_folder(folder)
    click.echo(stdio.one_line(say("opening", folder=place)), err=True)
    reading: dict[str, Any] = {
        "follow_links": follow_links,
        "max_file_bytes": max_file_mb << 20,
        "max_seconds": max_seconds,
        "recognition": recognition_of(ocr=ocr, ocr_language=ocr_language),
    }
    sys.setswitchinterval(_SWITCHING)
    with (
        _opened(place, userdict, synonyms, embedder) as writing,
        indexer.open_index(place, synonyms=synonyms, embedder=embedder) as index,
    ):
        watch = writing.watch([folder.absolute()], **reading)
        thread = threading.Thread(target=_follow, args=(watch,), daemon=True)
        thread.start()
        try:
            _serve(index, watch, port, opens_browser=not no_browser)
        finally:
            watch.stop()
            thread.join(_PATIENCE)


def _opened(place: Path, userdict: Path | None, synonyms: Path | None, embedder: str | None) -> indexer.Index:
    """The index that is there, if this program can go on with it, else an empty one in its place."""
    if indexer.exists(place):
        try:
            index = indexer.open_index(place, embedder=embedder)
            index.keep_synonyms(synonyms)
            if index.is_made_with(userdict, synonyms):
                return index
            index.close()
        except (IndexMismatch, IndexDamaged):  # of another version; a cache is made anew
            pass
        shutil.rmtree(place)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # what is in it is nobody else's to read
    return indexer.create_index(place, userdict=userdict, synonyms=synonyms, embedder=embedder)


def _follow(watch: indexer.Watch) -> None:
    try:
        print_updates(watch.run())
    except XunzhangError as error:  # the page says so too
        exit_codes.fail(messages.of_error(error), status=1)


def _serve(index: indexer.Index, watch: indexer.Watch, port: int | None, *, opens_browser: bool) -> None:
    """Serve at a port, without one at the usual or any other."""
    from webui.server import serve

    def announce(address: str, _: bool) -> None:
        click.echo(say("serving", address=address))
        if opens_browser:
            with suppress(webbrowser.Error):
                webbrowser.open(address)

    try:
        serve(index, _HOST, _PORT if port is None else port, announce, originals=True, pictures=True, watch=watch)
    except CannotListen:
        if port is not None:
            raise
        serve(index, _HOST, 0, announce, originals=True, pictures=True, watch=watch)


COMMANDS = (open_command,)
