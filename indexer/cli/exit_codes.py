"""The only place where errors become exit codes.

0: done, with hits or none; 1: something failed (single files too; the rest is committed); 2: asked in a wrong way.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from indexer.cli import click_chinese, stdio
from indexer.errors import UsageError, XunzhangError, reason


class Commands(click_chinese.Group):
    """The group of commands; turns errors, those of click too, an interruption and a full disk into exit codes."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line and end the process."""
        stdio.replace_what_is_lacking()
        try:
            status = self._status(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read our output has gone
            stdio.discard()
            status = 1
        except OSError as error:
            stdio.discard()
            status = fail(f"错误：读写出错：{reason(error)}。", status=1)
        sys.exit(status)

    def _status(self, *args: Any, **kwargs: Any) -> int:
        try:
            return super().main(*args, **kwargs | {"standalone_mode": False}) or 0
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            return 2
        except click.UsageError as error:
            return fail(f"错误：{click_chinese.sentence(error)}", status=2)
        except click.Abort:
            return fail("已中断；上一次提交的内容完好。", status=1)
        except XunzhangError as error:
            return fail(f"错误：{error}", status=2 if isinstance(error, UsageError) else 1)


def fail(*sentences: str, status: int) -> int:
    """Say what went wrong, each sentence in a line; the exit code."""
    for sentence in sentences:
        click.echo(stdio.one_line(sentence), err=True)
    return status
