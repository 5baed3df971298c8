"""The only place where errors become exit codes.

0: done, with hits or none; 1: something failed (single files too; the rest is committed); 2: asked in a wrong way.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from indexer.cli import localized_click, messages, stdio, strings
from indexer.cli.opened_folders import opened_indexes
from indexer.cli.strings import say
from indexer.errors import IndexMissing, UsageError, XunzhangError, reason

# Indexes elsewhere that are named where there is none.
_NAMED = 3


class Commands(localized_click.Group):
    """The group of commands; turns errors, those of click too, an interruption and a full disk into exit codes."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line and end the process."""
        stdio.replace_what_is_lacking()
        strings.speak(strings.preferred(os.environ))
        try:
            status = self._status(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read our output has gone
            stdio.discard()
            status = 1
        except OSError as error:
            stdio.discard()
            status = fail(_error(say("error_io", reason=messages.translated(reason(error)))), status=1)
        sys.exit(status)

    def _status(self, *args: Any, **kwargs: Any) -> int:
        try:
            return super().main(*args, **kwargs | {"standalone_mode": False}) or 0
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            return 2
        except click.UsageError as error:
            return fail(_error(localized_click.sentence(error)), status=2)
        except click.Abort:
            return fail(say("interrupted"), status=1)
        except IndexMissing as error:
            return fail(_error(messages.of_error(error)), *_elsewhere(), status=1)
        except XunzhangError as error:
            return fail(_error(messages.of_error(error)), status=2 if isinstance(error, UsageError) else 1)


def _error(message: str) -> str:
    return say("error", message=message.strip())


def _elsewhere() -> list[str]:
    """Where ``open`` has put indexes, one of which may be meant."""
    return [say("opened_index", folder=folder) for folder in opened_indexes()[:_NAMED]]


def fail(*sentences: str, status: int) -> int:
    """Say what went wrong, each sentence in a line; the exit code."""
    for sentence in sentences:
        click.echo(stdio.one_line(sentence), err=True)
    return status
