"""What the command line prints on a terminal, and the only place that knows ``rich``.

Holds one module for each kind of thing printed; colour and movement only where there is a terminal. Never asks an
index, nor prints what programs read. To add output, write a ``print_…`` that takes the console first, and name it here.
"""

from indexer.cli.terminal.console import console
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
