"""What the command line prints on a terminal, and the only place that knows ``rich``.

Holds one module for each kind of thing printed; colour and movement only where there is a terminal. Never asks an
index, nor prints what programs read. To add output, write a ``print_…`` that takes the console first, and name it here,
in ``_HOMES`` too; what answers a query is lines (``lines``), so that nobody who searches waits for ``rich``.
"""

from typing import TYPE_CHECKING

from indexer.lazy_names import loader

if TYPE_CHECKING:
    from indexer.cli.terminal.documents import (
        print_context,
        print_documents,
        print_left_out,
        print_outline,
        print_settings,
        print_stats,
    )
    from indexer.cli.terminal.hits import print_diagnosis, print_explanation, print_results, print_warnings
    from indexer.cli.terminal.quotations import print_verification
    from indexer.cli.terminal.reports import (
        copying_bar,
        print_evaluation,
        print_export,
        print_failures,
        print_incomplete,
        print_report,
        print_site_export,
        print_skipped,
        progress_bar,
    )
    from indexer.cli.terminal.safe_console import console

__all__ = [
    "console",
    "copying_bar",
    "print_context",
    "print_diagnosis",
    "print_documents",
    "print_evaluation",
    "print_explanation",
    "print_export",
    "print_failures",
    "print_incomplete",
    "print_left_out",
    "print_outline",
    "print_report",
    "print_results",
    "print_settings",
    "print_site_export",
    "print_skipped",
    "print_stats",
    "print_verification",
    "print_warnings",
    "progress_bar",
]

# Module → the names that are taken from it when they are first asked for.
_HOMES = {
    "indexer.cli.terminal.safe_console": ("console",),
    "indexer.cli.terminal.documents": (
        "print_context",
        "print_documents",
        "print_left_out",
        "print_outline",
        "print_settings",
        "print_stats",
    ),
    "indexer.cli.terminal.hits": ("print_diagnosis", "print_explanation", "print_results", "print_warnings"),
    "indexer.cli.terminal.quotations": ("print_verification",),
    "indexer.cli.terminal.reports": (
        "copying_bar",
        "print_evaluation",
        "print_export",
        "print_failures",
        "print_incomplete",
        "print_report",
        "print_site_export",
        "print_skipped",
        "progress_bar",
    ),
}

if not TYPE_CHECKING:  # where it would let any name pass for one of ours
    __getattr__ = loader(__name__, _HOMES)
